"""Every test of the adapters is run on both stores, unless it says which."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.house import House
from tests import postgres
from tests.copying import copied
from tests.tools.postgres import QUICK, Server, server

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("kind", ["postgres"], indirect=True)


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def quick() -> Iterator[Server]:
    with server(**QUICK) as found:
        yield found


@pytest.fixture(scope="session")
def empty_database(quick: Server) -> str:
    return postgres.emptied(quick)


@pytest.fixture(scope="session")
def demo_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("key") / "countersign.key"


@pytest.fixture(scope="session")
def demo_database(quick: Server, empty_database: str, demo_key: Path) -> str:
    return postgres.shown(quick, empty_database, demo_key)


@pytest.fixture
def house(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """An empty house of its own, in either store."""
    if kind == "sqlite":
        found = House(tmp_path / "countersign.db")
        yield found
        found.close()
        return
    quick: Server = request.getfixturevalue("quick")
    name = quick.made(request.getfixturevalue("empty_database"))
    with postgres.opened(quick, name, tmp_path / "countersign.key") as found:
        yield found
    quick.drop(name)


@pytest.fixture
def demo(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """The demonstration, in a copy of its own, in either store."""
    if kind == "sqlite":
        found = House(copied(request.getfixturevalue("demo_file"), tmp_path))
        yield found
        found.close()
        return
    quick: Server = request.getfixturevalue("quick")
    name = quick.made(request.getfixturevalue("demo_database"))
    key = shutil.copy(request.getfixturevalue("demo_key"), tmp_path)
    with postgres.opened(quick, name, Path(key)) as found:
        yield found
    quick.drop(name)
