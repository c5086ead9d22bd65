"""Runs the command line as a process of its own, on a folder with a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

PROGRAM = str(Path(sys.executable).with_name("countersign"))


class Said(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)


def countersign(data: Path, *words: str | Path, **settings: str) -> Said:
    """Runs ``countersign`` with these words. However it ends, it is not in a traceback."""
    environment = {**os.environ, "COUNTERSIGN_DATA": str(data), **settings}
    command = [PROGRAM, *(str(one) for one in words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)
