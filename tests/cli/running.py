"""Runs the command line on a folder with a database, as a process of its own or in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from countersign.cli import main

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


def inside(data: Path, *words: str | Path, **settings: str) -> Said:
    """The same in this process, which takes a tenth of the time: where it is asked what commands
    say, and not how they start and end."""
    out, err, code = StringIO(), StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["countersign", *map(str, words)])
        for name, value in {"COUNTERSIGN_DATA": str(data), **settings}.items():
            patch.setenv(name, value)
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
    return Said(code, out.getvalue(), err.getvalue())
