"""Houses to test in: an empty one, and the demonstration as it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.house import House
from countersign.demo.load import load
from tests.copying import copied


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty house on a file of its own."""
    found = House(tmp_path / "countersign.db")
    yield found
    found.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the demonstration, loaded once."""
    file = tmp_path_factory.mktemp("demo") / "countersign.db"
    found = House(file)
    for _ in load(found):
        pass
    found.close()
    return file


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[House]:
    """The demonstration, in a copy of its own."""
    found = House(copied(demo_file, tmp_path))
    yield found
    found.close()
