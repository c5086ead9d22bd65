"""Audit packs: what is in them can be checked by somebody who has nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from adapters.evidence.findings import Finding, Kind
from adapters.evidence.notes import Malformed
from adapters.evidence.packed import check_pack, read_pack
from adapters.evidence.packing import NotSealed, pack
from adapters.evidence.replaying import replayed
from adapters.evidence.script import script
from adapters.house import House
from domain.values import procurement_id
from tests.adapters.closing import ONE, opened, spellings
from tests.adapters.evidence.sealing import Sealed
from tests.adapters.leeds import note
from tests.houses import tamper
from web.pack import report

NOTTINGHAM = "nottingham-2017-1"
SECRET = "918273645"
DORSET = "joint-public-health-board-2020-1"


@pytest.fixture
def sealed(demo: House, tmp_path: Path) -> Sealed:
    found = Sealed(demo, tmp_path)
    found.sealer.seal()
    return found


def packed(sealed: Sealed, reference: str | None = None, name: str = "pack.zip") -> Path:
    file = sealed.folder / name
    pack(sealed.house, reference, sealed.keys.known, report, file)
    return file


def found(sealed: Sealed, file: Path) -> list[Finding]:
    return check_pack(read_pack(file), sealed.keys.known)


def changed(file: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """The same pack, with one of its files changed; without it where nothing is left of it."""
    other = file.with_name("changed.zip")
    with ZipFile(file) as old, ZipFile(other, "w") as new:
        for one in old.namelist():
            body = change(old.read(one)) if one == name else old.read(one)
            if body is not None:
                new.writestr(one, body)
    return other


def lines(change: Callable[[list[dict[str, str]]], object]) -> Callable[[bytes], bytes]:
    def of(body: bytes) -> bytes:
        every = [json.loads(one) for one in body.splitlines()]
        change(every)
        return "".join(json.dumps(one) + "\n" for one in every).encode()

    return of


@pytest.mark.parametrize("reference", [None, NOTTINGHAM, DORSET, "leeds-2022-1"])
def test_what_is_whole_is_said_to_be_and_adds_up_to_the_same(
    sealed: Sealed, reference: str | None
) -> None:
    file = packed(sealed, reference)
    assert found(sealed, file) == []
    assert [*replayed(read_pack(file))] == []
    again = packed(sealed, reference, "again.zip")
    assert again.read_bytes() == file.read_bytes(), "the same record makes the same bytes"


def test_the_script_in_it_needs_nothing_of_ours(sealed: Sealed, tmp_path: Path) -> None:
    file = packed(sealed)
    away = tmp_path / "away"
    away.mkdir()
    (away / "verify.py").write_bytes(ZipFile(file).read("verify.py"))
    key = sealed.keys.known[0].text()
    command = [sys.executable, "-I", "verify.py", str(file), key]
    done = subprocess.run(command, cwd=away, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Whole. Events: ")
    assert "whether the key" not in done.stdout, "it was named"
    assert "adapters" not in [line.split()[1] for line in script().splitlines() if "import" in line]
    spoilt = changed(file, "events.jsonl", lines(lambda every: every[9].update(state="W10=")))
    command[3] = str(spoilt)
    done = subprocess.run(command, cwd=away, capture_output=True, text=True)
    assert done.returncode == Kind.CHANGED
    assert "event 10, version" in done.stdout


@pytest.mark.parametrize("reference", [None, NOTTINGHAM])
def test_whatever_is_changed_in_it_is_found(sealed: Sealed, reference: str | None) -> None:
    file = packed(sealed, reference)
    every = {
        "another state": lines(lambda of: of[3].update(state="W10=")),
        "another stream": lines(lambda of: of[3].update(stream="0" * 36)),
        "another number": lines(lambda of: of[3].update(version="9")),
        "another kind": lines(lambda of: of[3].update(kind="another/1")),
        "another place": lines(lambda of: of[3].update(position="1")),
        "one less": lines(lambda of: of.pop(3)),
        "one twice": lines(lambda of: of.append(of[3])),
    }
    for what, change in every.items():
        assert found(sealed, changed(file, "events.jsonl", change)), what
    paper = next(one for one in ZipFile(file).namelist() if one.startswith("papers/"))
    (one,) = found(sealed, changed(file, paper, lambda body: body + b" "))
    assert one.kind == Kind.PAPER
    (one,) = found(sealed, changed(file, "checkpoint.txt", lambda body: body.replace(b"l", b"k")))
    assert one.kind == Kind.CHECKPOINT


def test_what_the_events_add_up_to_is_held_against_what_the_pack_says(sealed: Sealed) -> None:
    def other(body: bytes) -> bytes:
        said = json.loads(body)
        said["states"][str(procurement_id(NOTTINGHAM))] = "0" * 64
        return json.dumps(said).encode()

    file = changed(packed(sealed, NOTTINGHAM), "manifest.json", other)
    assert found(sealed, file) == []
    (one,) = replayed(read_pack(file))
    assert (one.kind, str(procurement_id(NOTTINGHAM)) in one.said) == (Kind.STATE, True)


def test_what_is_closed_is_in_no_pack_and_once_erased_every_proof_still_holds(
    sealed: Sealed,
) -> None:
    stream = opened(sealed.house, SECRET)
    sealed.sealer.seal()
    before = packed(sealed, ONE)
    with ZipFile(before) as files:
        every = b"".join(files.read(one) for one in files.namelist())
    assert not [one for one in spellings(SECRET) if one in every]
    sealed.house.keys.erase(stream)
    after = packed(sealed, ONE, "after.zip")
    assert sealed.found(sealed.last()) == []
    for file in before, after:
        assert found(sealed, file) == []
        assert [*replayed(read_pack(file))] == []
    assert read_pack(after).manifest["states"] == read_pack(before).manifest["states"]


def test_what_is_not_sealed_yet_is_not_packed(sealed: Sealed) -> None:
    note(sealed.house)
    with pytest.raises(NotSealed):
        packed(sealed)
    assert not (sealed.folder / "pack.zip").exists()
    sealed.sealer.seal()
    assert found(sealed, packed(sealed)) == []


def test_a_paper_that_was_tampered_with_or_removed_shows_in_the_pack(sealed: Sealed) -> None:
    tamper(sealed.house, "UPDATE documents SET body = ?", b"Another")
    assert {one.kind for one in found(sealed, packed(sealed, NOTTINGHAM))} == {Kind.PAPER}
    tamper(sealed.house, "DELETE FROM documents")
    (one,) = found(sealed, packed(sealed, NOTTINGHAM, "without.zip"))
    assert one.said.endswith("is missing")


@pytest.mark.parametrize("body", [b"", b"PK", b"nothing at all"])
def test_what_is_no_pack_is_refused(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "pack.zip"
    file.write_bytes(body)
    with pytest.raises(Malformed, match="no audit pack"):
        read_pack(file)
    with ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("manifest.json", '{"form": "another"}')
    with pytest.raises(Malformed, match="another form"):
        read_pack(tmp_path / "other.zip")


def test_which_papers_there_have_to_be_the_events_say_and_nothing_else(sealed: Sealed) -> None:
    file = packed(sealed, NOTTINGHAM)
    paper = next(one for one in ZipFile(file).namelist() if one.startswith("papers/"))
    (one,) = found(sealed, changed(file, paper, lambda _: None))
    assert (one.kind, one.said.endswith("is missing")) == (Kind.PAPER, True)
    assert one.position > 0
    with ZipFile(file, "a") as more:
        more.writestr("papers/" + "0" * 64, b"Another")
    (one,) = found(sealed, file)
    assert (one.kind, one.said.endswith("is named by no event")) == (Kind.PAPER, True)


def without(name: str) -> Callable[[bytes], bytes]:
    return lambda body: json.dumps({**json.loads(body), name: None}).encode()


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("manifest.json", lambda _: b"{}"),
        ("manifest.json", lambda _: b"5"),
        *(("manifest.json", without(name)) for name in ("all", "keys", "streams", "states")),
        ("manifest.json", without("leaves")),
        ("events.jsonl", lines(lambda of: of[0].update(position="x"))),
        ("events.jsonl", lines(lambda of: of[0].update(state="not base64"))),
        ("events.jsonl", lines(lambda of: of[0].pop("kind"))),
        ("events.jsonl", lambda _: b"5"),
        ("events.jsonl", lambda _: b"[" * 100_000),
        ("manifest.json", lambda _: None),
    ],
    ids=range(13),
)
def test_what_is_no_pack_is_said_to_be_none(
    sealed: Sealed, file: str, change: Callable[[bytes], bytes | None]
) -> None:
    for reference in None, NOTTINGHAM:
        other = changed(packed(sealed, reference, f"{reference}.zip"), file, change)
        with pytest.raises(Malformed):
            read_pack(other)


@pytest.mark.parametrize("state", [b"5", b"[]", b"[1]", b'[1,{"capsule":5}]', b"[" * 100_000])
def test_a_decision_that_says_something_else_is_a_finding(sealed: Sealed, state: bytes) -> None:
    def other(of: list[dict[str, str]]) -> None:
        one = next(each for each in of if each["kind"].startswith("decision-taken/"))
        one["state"] = b64encode(state).decode()

    file = packed(sealed, NOTTINGHAM)
    assert Kind.CHANGED in {
        one.kind for one in found(sealed, changed(file, "events.jsonl", lines(other)))
    }
