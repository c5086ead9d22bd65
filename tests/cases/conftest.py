"""A case as the command line shows it, and as the read models hold it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.house import House

Show = Callable[[str], dict[str, Any]]


@pytest.fixture
def show(demo: House) -> Show:
    """``countersign show REF --json``, run as a person runs it."""

    def run(reference: str) -> dict[str, Any]:
        program = Path(sys.executable).with_name("countersign")
        data = {**os.environ, "COUNTERSIGN_DATA": str(demo.database.file.parent)}
        command = [str(program), "show", reference, "--json"]
        done = subprocess.run(command, env=data, capture_output=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return run
