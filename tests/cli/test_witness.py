"""The witness as a program of its own, asked by a worker."""

from __future__ import annotations

import os
from pathlib import Path

from adapters.evidence.notes import checkpoint, opened, public_key
from adapters.house import House
from tests.cli.conftest import Run
from tests.cli.running import PROGRAM
from tests.cli.test_processes import process, soon
from tests.houses import file_of
from tests.tools.ports import free_port


def test_what_a_worker_seals_is_cosigned_by_a_witness_elsewhere(
    run: Run, demo: House, tmp_path: Path
) -> None:
    data, own = file_of(demo).parent, tmp_path / "own"
    own.mkdir()
    log = run("seal", "key", "council.example/log").out.strip()
    key = run("witness", "key", "audit.example/witness", "--to", own / "key").out.strip()
    (own / "state").mkdir()
    port = str(free_port())
    serve = [PROGRAM, "witness", "serve", "--key", str(own / "key"), "--log", log]
    serve += ["--state", str(own / "state"), "--port", port]
    os.environ["COUNTERSIGN_WITNESSES"] = f"{key} http://127.0.0.1:{port}"
    try:
        with process(own, *serve), process(data, PROGRAM, "worker"):
            soon(lambda: any((own / "state").iterdir()))
    finally:
        del os.environ["COUNTERSIGN_WITNESSES"]
    (kept,) = (own / "state").iterdir()
    text, by = opened(kept.read_text(), [public_key(log), public_key(key)])
    assert len(by) == 2
    assert checkpoint(text).size == demo.log.last_position()
    assert run("verify", "--checkpoint", kept).code == 0
    assert "audit.example/witness" in run("seal", "status").out


def test_what_a_witness_cannot_work_with_is_said(run: Run, tmp_path: Path) -> None:
    log = run("seal", "key", "council.example/log").out.strip()
    key = tmp_path / "key"
    run("witness", "key", "audit.example/witness", "--to", key)
    assert "is there already" in run("witness", "key", "a", "--to", key).err
    assert run("witness", "key", "two words", "--to", tmp_path / "b").err.startswith("NAME: ")
    there = ["--state", tmp_path]
    serve = ["witness", "serve", "--log", log]
    assert "cannot be read" in run(*serve, "--key", tmp_path / "c", *there).err
    assert "is no folder" in run(*serve, "--key", key, "--state", key).err
    other = ["witness", "serve", "--log", "nothing", "--key", key, *there]
    assert run(*other).err == "--log: this is no key of signed notes\n"
    (tmp_path / "d").write_text("nothing")
    assert run(*serve, "--key", tmp_path / "d", *there).code == 2
