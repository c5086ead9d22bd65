"""Sealing, proving and verifying on the command line."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

from adapters.evidence.findings import Kind
from adapters.evidence.merkle import included, leaf_hash
from adapters.evidence.notes import checkpoint, new_key, opened, public_key
from adapters.house import House
from tests.cli.conftest import Run
from tests.houses import file_of, tamper
from tests.tools.stamping import stamping

EDIT = "UPDATE stored_events SET state = ? WHERE rowid = 20"


def test_where_nothing_is_sealed_yet_that_is_said(run: Run) -> None:
    said = run("verify")
    assert said.code == 0
    assert "Not checked: nothing is sealed yet" in said.out
    assert run("seal", "status").out.startswith("Nothing is sealed; ")


def test_what_is_whole_is_said_to_be_with_what_could_not_be_checked(run: Run, demo: House) -> None:
    last = demo.log.last_position()
    assert run("seal", "now").out == f"{last} entries sealed.\n"
    checked = run("verify").out
    assert checked.startswith(f"Whole: {last} entries under 1 checkpoint.\n")
    assert "Not checked: nobody else’s checkpoint was given" in checked
    status = run("seal", "status").out
    assert status.startswith(f"{last} entries sealed at ")
    assert "That is all there is." in status
    key = (file_of(demo).parent / "countersign.seal").read_text()
    (file_of(demo).parent / "countersign.seal").rename(file_of(demo).parent / "away")
    assert run("verify").err == "--key: names the key of this log, since none is set\n"
    (file_of(demo).parent / "away").rename(file_of(demo).parent / "countersign.seal")
    public = run("verify", "--key", "nothing")
    assert (public.code, public.err) == (2, "--key: this is no key of signed notes\n")
    assert key.startswith("PRIVATE+KEY+countersign.invalid/")


def test_each_kind_of_finding_ends_with_a_number_of_its_own(run: Run, demo: House) -> None:
    run("seal", "now")
    tamper(demo, "UPDATE procurements SET title = 'Another' WHERE reference = 'leeds-2022-1'")
    said = run("verify")
    assert said.code == Kind.READ_MODEL
    assert "the read model procurements does not show what the log says: 2 rows differ" in said.out
    tamper(demo, "UPDATE documents SET body = 'Another'")
    assert run("verify").code == Kind.PAPER
    tamper(demo, EDIT, b"[]")
    said = run("verify", "--json")
    assert said.code == Kind.CHANGED
    told = json.loads(said.out)
    assert told["findings"][0]["kind"] == "changed"
    assert told["findings"][0]["entry"] == 20
    assert (told["signed"], told["checkpoints"]) == (demo.log.last_position(), 1)


def test_a_history_that_was_signed_anew_shows_by_a_checkpoint_that_was_kept(
    run: Run, demo: House, tmp_path: Path
) -> None:
    run("seal", "now")
    folder = file_of(demo).parent
    kept = tmp_path / "kept"
    kept.write_text((folder / "countersign.signed").read_text())
    tamper(demo, EDIT, b"[]")
    for name in "entries", "tiles", "checkpoints":
        tamper(demo, f"DELETE FROM sealed_{name}")
    (folder / "countersign.signed").unlink()
    assert run("seal", "now").code == 0, "the forger has the key, and the sealer’s own file"
    assert "“kept” has seen" in run("verify", "--checkpoint", kept).out
    assert run("verify", "--checkpoint", kept).code == Kind.FORKED
    public = opened(kept.read_text(), [])[0].splitlines()[0]
    assert public.startswith("countersign.invalid/")


def test_nothing_is_sealed_that_contradicts_what_was(run: Run, demo: House) -> None:
    run("seal", "now")
    tamper(demo, EDIT, b"[]")
    for name in "entries", "tiles", "checkpoints":
        tamper(demo, f"DELETE FROM sealed_{name}")
    said = run("seal", "now")
    assert said.code == 2
    assert "Nothing was sealed: the first" in said.err
    assert "are not those that were signed" in said.err


def test_an_entry_is_proved_to_whoever_has_the_public_key(run: Run, demo: House) -> None:
    assert "is not sealed yet" in run("seal", "proof", "leeds-2022-1", "--version", "1").err
    run("seal", "now")
    said = run("seal", "proof", "leeds-2022-1", "--version", "2")
    head, note = said.out.split("\n\n", 1)
    form, extra, index, *proof = head.splitlines()
    assert form == "c2sp.org/tlog-proof@v1"
    entry = b64decode(extra.removeprefix("extra "))
    assert json.loads(entry)["version"] == "2"
    keys = (file_of(demo).parent / "countersign.seal").read_text()
    assert "PRIVATE" in keys
    one = checkpoint(opened(note, [])[0])
    place, hashes = int(index.removeprefix("index ")), [b64decode(part) for part in proof]
    assert included(leaf_hash(entry), place, one.size, hashes, one.root)
    many = run("seal", "proof", "leeds-2022-1", "--version", "99")
    assert (many.code, many.err) == (2, "C1: leeds-2022-1 has no entry 99; it has 6.\n")


def test_a_key_is_made_once_and_says_its_public_part(run: Run) -> None:
    said = run("seal", "key", "council.example/log")
    assert public_key(said.out.strip()).name == "council.example/log"
    assert run("seal", "key", "council.example/log").code == 2
    assert run("seal", "key", "two words").err == (
        "NAME: the name of a key holds no spaces and no plus sign\n"
    )


def test_what_is_no_checkpoint_of_this_log_is_refused(
    run: Run, demo: House, tmp_path: Path
) -> None:
    run("seal", "now")
    (tmp_path / "kept").write_text("nothing")
    assert run("verify", "--checkpoint", tmp_path / "kept").err.endswith("no signed note\n")
    assert "cannot be read" in run("verify", "--checkpoint", tmp_path / "away").err
    key = new_key("another/log").public.text()
    kept = file_of(demo).parent / "countersign.signed"
    said = run("verify", "--key", key, "--checkpoint", kept)
    assert (said.code, "is not signed with a key of this log" in said.err) == (2, True)


def test_the_evidence_is_taken_away_and_checked_elsewhere(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "pack.zip"
    early = run("export", "nottingham-2017-1", "--to", pack)
    assert (early.code, "not all of it is sealed yet" in early.err) == (2, True)
    assert not pack.exists()
    run("seal", "now")
    assert run("export", "nottingham-2017-1", "--to", pack).code == 0
    said = run("verify", pack)
    assert said.code == 0
    assert "Whole. Events: " in said.out
    assert said.out.endswith("Replayed: every stream adds up to what the pack says.\n")
    assert "cannot be written: File exists" in run("export", "--all", "--to", pack).err
    other = tmp_path / "away" / "pack.zip"
    assert "cannot be written" in run("export", "--all", "--to", other).err
    for words in (["export", "--to", other], ["export", "x", "--all", "--to", other]):
        assert run(*words).err.startswith("REF: names a procurement, or --all")
    assert "There is no procurement" in run("export", "x", "--to", other).err
    assert run("verify", tmp_path / "away").code == 2


def test_what_is_sealed_is_stamped_and_the_stamp_is_checked(
    run: Run, demo: House, tmp_path: Path
) -> None:
    assert "COUNTERSIGN_TIMESTAMP_URL" in run("seal", "stamp").err
    with stamping(datetime(2026, 11, 27, 9, 30, tzinfo=UTC)) as authority:
        roots, file = tmp_path / "roots.pem", tmp_path / "first.tsr"
        asks = {"COUNTERSIGN_TIMESTAMP_URL": authority.url}
        said = run("seal", "stamp", **asks)
        assert said.code == 2
        assert "COUNTERSIGN_TIMESTAMP_ROOTS names no certificates" in said.err
        roots.write_bytes(b"nothing")
        asks["COUNTERSIGN_TIMESTAMP_ROOTS"] = str(roots)
        assert "holds no certificates" in run("seal", "stamp", **asks).err
        roots.write_bytes(authority.pem())
        said = run("seal", "stamp", **asks)
        assert (said.code, said.err) == (2, "C1: Nothing is sealed yet that could be stamped.\n")
        run("seal", "now")
        last = demo.log.last_position()
        said = run("seal", "stamp", "--to", str(file), **asks)
        assert said.out == f"{last} entries stamped at 2026-11-27 09:30:00 UTC.\n"
        assert file.read_bytes()[:1] == b"0"
        assert "is there already" in run("seal", "stamp", "--to", str(file), **asks).err
        checked = run("verify", **asks)
        assert f"Time-stamped: {last} entries were there at 2026-11-27 09:30:00 UTC." in checked.out
        tamper(demo, "UPDATE sealed_stamps SET stamp = ?", b"0")
        assert run("verify", **asks).code == Kind.STAMP
        authority.status = 500
        said = run("seal", "stamp", **asks)
    assert (said.code, "gives no time stamp: 500" in said.err) == (2, True)
