"""A witness: signs what goes on from what it saw, whoever asks, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from adapters.database import Unavailable
from adapters.evidence.asking import Away
from adapters.evidence.cosigning import Cosigner
from adapters.evidence.findings import Anchor, Kind
from adapters.evidence.merkle import among, consistency, leaf_hash, root
from adapters.evidence.notes import COSIGNATURE, Checkpoint, new_key, opened, signed
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Refusal, Signer
from adapters.evidence.witness import Asked, Witness
from adapters.evidence.witnesses import Witnessed
from adapters.house import House
from countersign.witnessing import serving
from tests.adapters.evidence.sealing import NAME, Sealed
from tests.houses import tamper
from tests.tools.ports import free_port

LOG, WITNESS = new_key(NAME), new_key("audit.example/witness", COSIGNATURE)
AT = among([leaf_hash(bytes([n])) for n in range(64)])
OTHER = among([leaf_hash(bytes([n, 1])) for n in range(64)])
NOW = 1_790_000_000


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(WITNESS, [LOG.public], tmp_path)


def asked(old: int, new: int, at: object = AT, proof: list[bytes] | None = None) -> str:
    assert callable(at)
    shown = consistency(old, new, at) if proof is None else proof
    return Asked(old, shown, signed(Checkpoint(NAME, new, root(new, at)).text(), [LOG])).text()


def test_it_signs_what_goes_on_from_what_it_saw_with_the_time(witness: Witness) -> None:
    for old, new in (0, 5), (5, 5), (5, 33), (33, 64):
        reply = witness.add(asked(old, new), NOW + new)
        assert reply.status == 200
        note = signed(Checkpoint(NAME, new, root(new, AT)).text(), [LOG])
        assert opened(note + reply.body, [WITNESS.public])[1] == {WITNESS.public: NOW + new}
        assert witness.seen(NAME) == Checkpoint(NAME, new, root(new, AT))


def test_it_says_what_it_has_seen_to_who_thinks_otherwise(witness: Witness) -> None:
    witness.add(asked(0, 33), NOW)
    for body in asked(0, 40), asked(20, 40), asked(34, 40), asked(33, 33, OTHER):
        reply = witness.add(body, NOW)
        assert (reply.status, reply.body, reply.media) == (409, "33\n", "text/x.tlog.size")
    assert witness.seen(NAME).size == 33


def test_another_history_is_not_signed_whatever_the_proof(witness: Witness) -> None:
    witness.add(asked(0, 33), NOW)
    for at, proof in (OTHER, None), (AT, []), (AT, consistency(32, 40, AT)):
        assert witness.add(asked(33, 40, at, proof), NOW).status == 422
    assert witness.seen(NAME).size == 33


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("old\n\n", 400),
        ("old -1\n\na\n1\n", 400),
        (asked(0, 5).replace("old 0", "old 6"), 400),
        (asked(0, 5).replace("old 0", "old 0\n***"), 400),
        ("old 0\n" + "AAAA\n" * 64 + asked(0, 5).removeprefix("old 0\n"), 400),
        (asked(0, 5).replace(NAME, "another/log"), 404),
        (asked(0, 5).replace("\n5\n", "\n6\n"), 403),
    ],
    ids=range(8),
)
def test_what_is_no_request_is_refused(witness: Witness, body: str, status: int) -> None:
    assert witness.add(body, NOW).status == status
    assert witness.seen(NAME).size == 0


def test_a_memory_that_was_spoilt_is_not_gone_on_from(witness: Witness) -> None:
    witness.add(asked(0, 5), NOW)
    file = witness.file(NAME)
    kept = file.read_text()
    for spoilt in "", kept.replace("\n5\n", "\n4\n"), kept.replace(WITNESS.name, "another/name"):
        file.write_text(spoilt)
        with pytest.raises(Unavailable, match="is spoilt"):
            witness.add(asked(5, 6), NOW)


class Audit(NamedTuple):
    sealed: Sealed
    witness: Witness
    url: str
    cosigner: Cosigner

    def kept(self) -> Anchor:
        return Anchor("The witness", self.witness.seen(NAME))


@pytest.fixture
def audit(demo: House, tmp_path: Path) -> Iterator[Audit]:
    """A sealed house, and a witness that answers elsewhere."""
    (tmp_path / "witness").mkdir()
    sealed = Sealed(demo, tmp_path)
    one = Witness(WITNESS, sealed.keys.known, tmp_path / "witness")
    with serving(one, "127.0.0.1", free_port()) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        cosigner = Cosigner(demo.database, demo.seals, [Witnessed(url, WITNESS.public)])
        yield Audit(sealed, one, url, cosigner)
        server.shutdown()
        thread.join()


def test_what_is_sealed_is_cosigned_as_it_goes_on(audit: Audit) -> None:
    assert audit.cosigner.cosign() == 0, "nothing is sealed"
    for upto in 90, 300, 600:
        audit.sealed.goes_on(upto)
        assert audit.cosigner.cosign() == 1
        assert audit.cosigner.cosign() == 0
        latest = audit.sealed.house.seals.latest()
        assert latest
        _, by = opened(latest.note, [*audit.sealed.keys.known, WITNESS.public])
        assert len(by) == 2
    assert audit.sealed.found(audit.kept()) == []
    ((name, size, _),) = audit.sealed.house.seals.witnessed()
    assert (name, size) == (WITNESS.name, 600)


def test_who_forgot_what_the_witness_has_seen_is_told_and_goes_on(audit: Audit) -> None:
    audit.sealed.goes_on(90)
    audit.cosigner.cosign()
    tamper(audit.sealed.house, "DELETE FROM sealed_cosignatures")
    audit.sealed.goes_on(300)
    assert audit.cosigner.cosign() == 1


def test_a_history_signed_anew_is_found_by_the_witness_alone(audit: Audit) -> None:
    """With the key of the log, and every file of the sealer."""
    sealed = audit.sealed
    sealed.goes_on(300)
    audit.cosigner.cosign()
    tamper(sealed.house, "UPDATE sealed_entries SET entry = ? WHERE position = 1", b"{}")
    for name in "entries", "tiles", "checkpoints", "cosignatures":
        tamper(sealed.house, f"DELETE FROM sealed_{name}")
    edit = "UPDATE stored_events SET state = ? WHERE originator_version = 2"
    tamper(sealed.house, edit, b"[]")
    sealed.signer.file.unlink()
    Sealer(sealed.house.log, sealed.house.database, Signer(sealed.keys, sealed.signer.file)).seal()
    assert sealed.found(sealed.last()) == [], "by itself it is whole"
    assert sealed.found(audit.kept()) == [(1, Kind.FORKED)]
    with pytest.raises(Refusal, match="does not sign 300 entries: 409"):
        audit.cosigner.cosign()


def test_a_witness_that_is_away_or_another_stops_nothing_else(audit: Audit) -> None:
    audit.sealed.goes_on(90)
    nobody = Witnessed(f"http://127.0.0.1:{free_port()}", WITNESS.public)
    impostor = Witnessed(audit.url, new_key("audit.example/witness", COSIGNATURE).public)
    right = Witnessed(audit.url, WITNESS.public)
    house = audit.sealed.house
    with pytest.raises(Away, match="does not answer") as said:
        Cosigner(house.database, house.seals, [nobody, impostor, right]).cosign()
    assert "signs with another key" in str(said.value)
    assert audit.witness.seen(NAME).size == 90
    ((name, size, _),) = house.seals.witnessed()
    assert (name, size) == (WITNESS.name, 90)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [("/", b"", 404), ("/add-checkpoint", b"\xff", 400), ("/add-checkpoint", b"x" * 70_000, 413)],
    ids=["elsewhere", "no text", "too long"],
)
def test_odd_requests_are_answered(audit: Audit, path: str, body: bytes, status: int) -> None:
    with pytest.raises(HTTPError) as found:
        urlopen(Request(audit.url + path, body))
    assert found.value.code == status
    found.value.close()
