"""The cases as the command line shows them, asked once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import countersign
from tests.copying import copied

Show = Callable[[str], Any]


@pytest.fixture(scope="session")
def show(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Show:
    """``countersign show REF --json`` on the demonstration."""
    folder = tmp_path_factory.mktemp("shown")
    copied(demo_file, folder)
    known: dict[str, Any] = {}

    def shown(reference: str) -> Any:
        if reference not in known:
            known[reference] = countersign(folder, "show", reference, "--json").json
        return known[reference]

    return shown
