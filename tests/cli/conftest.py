"""The command line, run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from adapters.house import House

PROGRAM = str(Path(sys.executable).with_name("countersign"))


class Said(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(demo: House) -> Run:
    """Runs ``countersign`` with these words on a copy of the demonstration."""
    environment = {**os.environ, "COUNTERSIGN_DATA": str(demo.database.file.parent)}

    def call(*words: str | Path) -> Said:
        command = [PROGRAM, *(str(one) for one in words)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return call


def digest(house: House) -> str:
    """Everything that the log holds, in one line."""
    return sha256(repr(house.log.tail(0, 10_000)).encode()).hexdigest()


@pytest.fixture
def unchanged(demo: House) -> Iterator[None]:
    """What this test does leaves the log as it was."""
    before = digest(demo)
    yield
    assert digest(demo) == before
