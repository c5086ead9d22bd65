"""How far the log is sealed, and proofs of single events, in the page."""

from __future__ import annotations

import html
from base64 import b64decode
from pathlib import Path

import pytest

from adapters.evidence.keyring import make
from adapters.evidence.merkle import included, leaf_hash
from adapters.evidence.notes import checkpoint, opened
from adapters.evidence.packed import check_pack, read_pack
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Signer
from tests.adapters.leeds import note
from tests.houses import tamper
from tests.web.conftest import Browser

PROOF = "/procurements/leeds-2022-1/entries/{}/proof"


@pytest.fixture
def sealer(web: Browser, tmp_path: Path) -> Sealer:
    keys = make(tmp_path / "seal", "council.example/log")
    return Sealer(web.house.log, web.house.database, Signer(keys, tmp_path / "signed"))


def text(web: Browser, path: str) -> str:
    return html.unescape(web.get(path).text)


def test_the_page_says_what_is_sealed_and_what_is_not_yet(web: Browser, sealer: Sealer) -> None:
    web.sign_in("leeds/visiting-auditor")
    assert "Nothing is sealed yet. " in text(web, "/evidence")
    assert web.get("/evidence/checkpoint").status_code == 404
    assert "not sealed yet" not in text(web, "/trail")
    sealer.seal()
    assert "That is all there is." in text(web, "/evidence")
    for _ in range(3):
        note(web.house)
    page = text(web, "/evidence")
    assert "The last 3 are not sealed yet: a change of them would not show." in page
    assert "the last 3 are not sealed yet" in text(web, "/trail")
    latest = web.get("/evidence/checkpoint")
    assert latest.headers["content-type"].startswith("text/plain")
    assert latest.text in page
    said, by = opened(latest.text, sealer.signer.keys.known)
    assert (checkpoint(said).size, len(by)) == (web.house.log.last_position() - 3, 1)


def test_each_event_of_a_timeline_is_proved(web: Browser, sealer: Sealer) -> None:
    sealer.seal()
    web.sign_in("leeds/visiting-auditor")
    page = text(web, "/procurements/leeds-2022-1")
    versions = web.house.procurement("leeds-2022-1").version
    for version in range(1, versions + 1):
        path = PROOF.format(version)
        assert f'href="{path}"' in page
        head, note_ = web.get(path).text.split("\n\n", 1)
        _, extra, index, *proof = head.splitlines()
        one = checkpoint(opened(note_, sealer.signer.keys.known)[0])
        leaf = leaf_hash(b64decode(extra.removeprefix("extra ")))
        place, hashes = int(index.removeprefix("index ")), [b64decode(part) for part in proof]
        assert included(leaf, place, one.size, hashes, one.root)


def test_what_cannot_be_proved_says_why(web: Browser, sealer: Sealer) -> None:
    web.sign_in("leeds/visiting-auditor")
    assert "This is not sealed yet" in text(web, PROOF.format(1))
    sealer.seal()
    for path in PROOF.format(99), PROOF.format(0), PROOF.format(1).replace("leeds", "nowhere"):
        assert web.get(path).status_code == 404
    assert web.get(PROOF.format("x")).status_code == 422
    tamper(web.house, "DELETE FROM sealed_entries")
    assert "have it checked with countersign verify" in text(web, PROOF.format(1))


def test_only_who_is_signed_in_sees_evidence(web: Browser) -> None:
    for path in "/evidence", "/evidence/checkpoint", PROOF.format(1):
        assert "/sign-in" in str(web.get(path).url) or web.get(path).status_code in (401, 403)


def test_a_pack_is_taken_from_the_page_and_is_whole(
    web: Browser, sealer: Sealer, tmp_path: Path
) -> None:
    path = "/procurements/leeds-2022-1/pack.zip"
    web.sign_in("leeds/visiting-auditor")
    web.app.state.log_keys = lambda: sealer.signer.keys.known
    assert web.get(path).status_code == 409
    assert path not in web.get("/procurements/leeds-2022-1").text
    sealer.seal()
    assert path in web.get("/procurements/leeds-2022-1").text
    answer = web.get(path)
    assert answer.headers["content-type"] == "application/zip"
    file = tmp_path / "taken.zip"
    file.write_bytes(answer.content)
    taken = read_pack(file)
    assert check_pack(taken, sealer.signer.keys.known) == []
    (key,) = taken.manifest["keys"]
    assert key in text(web, "/evidence")
    note(web.house)
    assert "try again in a second" in text(web, path)
    assert web.get("/procurements/leeds-2099-1/pack.zip").status_code == 404
