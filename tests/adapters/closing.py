"""A procurement whose value is closed, opened by real commands; and where its value might be."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from adapters.house import House
from adapters.log import Stored
from adapters.postgres import Postgres
from domain.messages import Context
from domain.opening import OpenProcurement
from domain.values import Amount, Closed, When, procurement_id
from tests.houses import file_of, tamper
from tests.scenario import DAY, OFFICER

FIGURE = "1250000"
DATABASE = "SELECT oid FROM pg_database WHERE datname = current_database()"
ONE, OTHER = "leeds-2022-2", "leeds-2022-3"


def opening(figure: str | None = FIGURE, reference: str = ONE) -> OpenProcurement:
    case = procurement_id(reference)
    value = Amount("exempt", closed=Closed(figure))
    return OpenProcurement(
        case, reference, "Advice", "Needed", "Advice", "pcr2015", value, council_reference="AW-5"
    )


def officer(house: House, command_id: UUID | None = None) -> Context:
    return house.context("leeds", OFFICER, command_id or uuid4(), When(DAY))


def opened(house: House, figure: str = FIGURE, reference: str = ONE) -> UUID:
    """The stream of a procurement of this closed value."""
    house.engine.execute(opening(figure, reference), officer(house))
    return procurement_id(reference)


def spellings(text: str) -> Iterator[bytes]:
    """A text as it is, in hexadecimal digits, and in Base64 wherever it may begin there."""
    plain = text.encode()
    yield plain
    yield plain.hex().encode()
    for before in range(3):
        after = -(before + len(plain)) % 3
        whole = b64encode(b"\0" * before + plain + b"\0" * after)
        yield whole[4 if before else 0 : -4 if after else None]


def kept(house: House) -> bytes:
    """All that lies in the files of a house, the write-ahead log included, but for its key."""
    if isinstance(house.database, Postgres):
        tamper(house, "CHECKPOINT")
        ((data,), (of,)) = tamper(house, "SHOW data_directory") + tamper(house, DATABASE)
        folders = [Path(data) / "base" / str(of), Path(data) / "pg_wal"]
    else:
        folders = [file_of(house).parent]
    files = [
        one
        for folder in folders
        for one in folder.rglob("*")
        if one.is_file() and one.suffix != ".key"
    ]
    assert any(one.suffix == ".db-wal" or one.parent.name == "pg_wal" for one in files)
    return b"".join(one.read_bytes() for one in files)


def states(house: House, stream: UUID) -> list[Stored]:
    """The events of a stream as they lie in the store."""
    return house.log.stored(stream, house.log.last_position())
