"""The sealer: follows the log, whoever writes and whatever ends."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest

from adapters.database import Unavailable
from adapters.evidence.findings import Kind
from adapters.evidence.keyring import Keyring, keyring, make, read
from adapters.evidence.merkle import Frontier, consistent, included, leaf_hash
from adapters.evidence.notes import Checkpoint, Malformed, checkpoint, new_key, opened
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Refusal, Signer
from adapters.house import House
from tests.adapters.evidence.sealing import NAME, Sealed
from tests.adapters.leeds import note
from tests.houses import again, tamper


@pytest.fixture
def sealed(demo: House, tmp_path: Path) -> Sealed:
    return Sealed(demo, tmp_path)


def rows(house: House) -> list[list[tuple[object, ...]]]:
    """What does not depend on who signed, and when."""
    tables = ("sealed_entries", "position, entry"), ("sealed_tiles", "level, number, hashes, root")
    return [
        tamper(house, f"SELECT {columns} FROM {name} ORDER BY 1, 2") for name, columns in tables
    ]


def test_every_event_has_an_entry_and_the_last_checkpoint_is_about_all(sealed: Sealed) -> None:
    sealed.goes_on(300)
    report = sealed.report(sealed.last())
    assert (report.events, report.signed, report.checkpoints, report.findings) == (300, 300, 1, [])
    assert sealed.sealer.seal() == 0, "nothing is new"
    assert sealed.report().checkpoints == 1


def test_what_is_not_sealed_yet_is_said_to_be_so(sealed: Sealed) -> None:
    sealed.goes_on(100)
    note(sealed.house)
    report = sealed.report(sealed.last())
    assert (report.events, report.signed, report.findings) == (101, 100, [])


def test_it_is_the_same_tree_however_often_it_was_gone_on_with(
    sealed: Sealed, tmp_path: Path
) -> None:
    random = Random(3)
    for upto in sorted(random.sample(range(90, 700), 12)):
        sealed.goes_on(upto)
    kept = rows(sealed.house)
    for name in "sealed_entries", "sealed_tiles", "sealed_checkpoints":
        tamper(sealed.house, f"DELETE FROM {name}")
    Sealer(sealed.house.log, sealed.house.database, Signer(sealed.keys, tmp_path / "anew")).seal()
    assert rows(sealed.house) == kept


def test_tiles_of_tiles_are_kept_and_checked(demo: House, tmp_path: Path) -> None:
    """Of four hashes each, so that there are several levels of them."""
    sealed = Sealed(demo, tmp_path, height=2)
    for upto in 75, 90, 131, 300:
        sealed.goes_on(upto)
        assert sealed.found(sealed.last()) == []
        frontier = Frontier()
        for (one,) in tamper(demo, ENTRIES):
            frontier.add(leaf_hash(bytes(one)))
        last = sealed.last().checkpoint
        assert (last.size, last.root) == (upto, frontier.root())
    assert max(tamper(demo, "SELECT level FROM sealed_tiles")) == (3,)
    ((raw,),) = tamper(demo, f"SELECT hashes FROM sealed_tiles {UPPER}")
    tamper(demo, f"UPDATE sealed_tiles SET hashes = ? {UPPER}", bytes(32) + bytes(raw)[32:])
    found = sealed.found(sealed.last())
    assert found[0] == (129, Kind.TILE)
    assert {kind for _, kind in found} == {Kind.TILE}
    tamper(demo, f"DELETE FROM sealed_tiles {UPPER}")
    assert sealed.found(sealed.last()) == [(129, Kind.TILE)]


UPPER = "WHERE level = 2 AND number = 2"
ENTRIES = "SELECT entry FROM sealed_entries ORDER BY position"


def test_an_entry_is_proved_by_the_latest_checkpoint(sealed: Sealed) -> None:
    sealed.goes_on(600)
    note(sealed.house)
    seals = sealed.house.seals
    for position in 1, 17, 256, 257, 512, 599, 600:
        found = seals.inclusion(position)
        assert found
        text, by = opened(found.checkpoint.note, sealed.keys.known)
        one = checkpoint(text)
        assert by
        leaf = leaf_hash(found.entry)
        assert included(leaf, position - 1, one.size, found.proof, one.root)
    assert seals.inclusion(601) is None, "it is not sealed yet"
    assert seals.inclusion(0) is None


def test_each_checkpoint_goes_on_from_those_before(sealed: Sealed) -> None:
    roots = []
    for upto in 80, 255, 256, 257, 512, 600:
        sealed.goes_on(upto)
        latest = sealed.house.seals.latest()
        assert latest
        roots.append(checkpoint(opened(latest.note, sealed.keys.known)[0]))
    for n, new in enumerate(roots):
        for old in roots[: n + 1]:
            proof = sealed.house.seals.consistency(old.size, new.size)
            assert consistent(old.size, new.size, old.root, new.root, proof)
    with pytest.raises(ValueError, match="there are 600 entries and not 601"):
        sealed.house.seals.consistency(80, 601)


def test_several_sealers_beside_a_writer_make_one_tree(sealed: Sealed) -> None:
    def work(n: int) -> None:
        house = again(sealed.house)
        one = Sealer(house.log, house.database, Signer(sealed.keys, sealed.folder / f"signed-{n}"))
        for _ in range(15):
            one.seal() if n else note(house)
        house.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, n) for n in range(4)]:
            done.result()
    sealed.sealer.seal()
    assert sealed.report().findings == []
    assert sealed.report().signed == sealed.house.log.last_position()


class Dies(Signer):
    """Signs, keeps what it signed, and does not come to give it away."""

    def sign(self, *asked: object) -> NoReturn:
        super().sign(*asked)  # type: ignore[arg-type]
        raise MemoryError


def test_what_was_signed_and_never_stored_is_signed_again_and_nothing_else(sealed: Sealed) -> None:
    sealed.goes_on(100)
    dying = Dies(sealed.keys, sealed.signer.file)
    note(sealed.house)
    with pytest.raises(MemoryError):
        Sealer(sealed.house.log, sealed.house.database, dying).seal()
    assert sealed.report().signed == 100
    for _ in range(3):
        note(sealed.house)
    sealed.sealer.seal()
    assert sealed.report(sealed.last()).findings == []
    assert sealed.report().signed == 104


def test_an_older_copy_of_the_store_is_not_sealed(sealed: Sealed) -> None:
    sealed.goes_on(100)
    later = Signer(sealed.keys, sealed.signer.file)
    ahead = Checkpoint(NAME, 120, b"r" * 32)
    with pytest.raises(Refusal):
        later.sign(ahead, lambda _: [])
    other = Signer(sealed.keys, sealed.folder / "elsewhere")
    other.sign(ahead, lambda _: [])
    os.replace(other.file, sealed.signer.file)
    with pytest.raises(Refusal, match="an older copy was put back"):
        sealed.sealer.seal()


def test_after_a_rotation_both_sign_and_the_old_one_still_tells(sealed: Sealed) -> None:
    sealed.goes_on(100)
    (old,), new = sealed.keys.signing, new_key(NAME)
    both = keyring(f"{old.text()}\n{new.text()}\n")
    retired = keyring(f"{new.text()}\n{old.public.text()}\n")
    for keys, upto in (both, 110), (retired, 120):
        sealed.sealer.signer = sealed.signer = Signer(keys, sealed.signer.file)
        sealed.goes_on(upto)
    report = sealed.report(sealed.last(), keys=retired)
    assert (report.findings, report.checkpoints) == ([], 3)
    with_new_only = sealed.report(keys=Keyring((new,)))
    assert [one.position for one in with_new_only.findings] == [100]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no private key"),
        (new_key("a").public.text(), "no private key"),
        (f"{new_key('a').text()}\n{new_key('b').text()}", "all have its name"),
        ("PRIVATE+KEY+nothing", "no base64|no key"),
    ],
    ids=["nothing", "a public one", "two names", "no key"],
)
def test_keys_that_are_none_are_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        keyring(text)
    (tmp_path / "keys").write_text(text)
    with pytest.raises(Unavailable, match="is no file of keys"):
        read(tmp_path / "keys")


def test_a_key_file_is_read_by_its_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    made = make(file, NAME)
    assert read(file) == made
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(Unavailable, match="cannot be made"):
        make(file, NAME)
    with pytest.raises(Unavailable, match="cannot be read"):
        read(tmp_path / "nothing")


def test_what_it_signed_last_has_to_be_readable_and_its_own(sealed: Sealed) -> None:
    sealed.goes_on(100)
    signed = sealed.signer.file.read_text()
    for spoilt in "", signed.replace("\n100\n", "\n99\n"), signed.replace(NAME, "another/log"):
        sealed.signer.file.write_text(spoilt)
        with pytest.raises(Unavailable, match="is not the last signed checkpoint"):
            sealed.sealer.seal()
