"""A check of a live house, on both stores: also while somebody writes."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy.exc import OperationalError

from adapters.database import Unavailable
from adapters.evidence.findings import Kind
from adapters.evidence.verifying import Verified, verify
from adapters.house import PROJECTIONS, House
from tests.adapters.evidence.sealing import NAME, Sealed
from tests.adapters.leeds import note
from tests.houses import again


@pytest.fixture
def sealed(demo: House, tmp_path: Path) -> Sealed:
    found = Sealed(demo, tmp_path)
    found.goes_on(90)
    demo.catch_up()
    return found


def verified(sealed: Sealed) -> Verified:
    return verify(sealed.house, sealed.keys.known, NAME, [sealed.last()])


def test_a_whole_house_is_whole_and_nothing_is_left_behind(sealed: Sealed) -> None:
    found = verified(sealed)
    assert (found.findings, found.unchecked) == ([], [])
    for one in PROJECTIONS:
        with pytest.raises((Unavailable, OperationalError)), sealed.house.database.read() as db:
            db.exec_driver_sql(f"SELECT * FROM {one.table.name}_shade")


@pytest.mark.parametrize(
    ("model", "change"),
    [
        ("trail", "UPDATE trail SET sentence = 'Another' WHERE position = 9"),
        ("trail", "DELETE FROM trail WHERE position = 9"),
        ("procurements", "INSERT INTO procurements SELECT * FROM procurements LIMIT 0"),
        ("queue", "DELETE FROM queue"),
    ],
    ids=["changed", "gone", "same", "emptied"],
)
def test_a_read_model_that_says_something_else_is_named(
    sealed: Sealed, model: str, change: str
) -> None:
    with sealed.house.database.write() as db:
        db.exec_driver_sql(change)
    found = [(one.kind, model in one.said) for one in verified(sealed).findings]
    assert found == ([] if "LIMIT 0" in change else [(Kind.READ_MODEL, True)])


def test_what_is_not_signed_yet_is_said_not_to_be_checked(sealed: Sealed) -> None:
    note(sealed.house)
    found = verified(sealed)
    assert (found.findings, found.unchecked) == ([], ["the last 1 are not under a signature yet"])


def test_nobody_is_accused_while_somebody_writes(sealed: Sealed) -> None:
    over = Event()

    def write() -> None:
        house = again(sealed.house)
        while not over.is_set():
            note(house)
            house.catch_up()
            sealed.sealer.seal()
            over.wait(0.02)
        house.close()

    writing = Thread(target=write)
    writing.start()
    try:
        for _ in range(5):
            assert verified(sealed).findings == []
    finally:
        over.set()
        writing.join()


def test_a_paper_that_is_gone_is_found_with_the_entry_that_names_it(sealed: Sealed) -> None:
    with sealed.house.database.write() as db:
        (digest,) = db.exec_driver_sql("SELECT min(digest) FROM documents").one()
        db.exec_driver_sql("DELETE FROM documents")
    found = verified(sealed).findings
    assert {one.kind for one in found} == {Kind.PAPER}
    assert all(one.position > 0 for one in found)
    assert f"the paper {digest[:12]}… is missing" in [one.said for one in found]


def test_the_sealers_own_file_is_no_word_of_somebody_else(sealed: Sealed) -> None:
    own = sealed.last()._replace(elsewhere=False)
    found = verify(sealed.house, sealed.keys.known, NAME, [own])
    assert found.findings == []
    (said,) = found.unchecked
    assert said.startswith("nobody else’s checkpoint was given")
