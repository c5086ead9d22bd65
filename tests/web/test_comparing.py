"""Two records that differ in nothing but a closed figure look the same to who may not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.house import House
from projections.questions import QUESTIONS
from tests.cases.nottingham import REFERENCE, Nottingham
from tests.cli.running import inside
from tests.copying import copied
from tests.houses import file_of
from tests.web.conftest import Browser
from tests.web.test_canary import AUDITOR, BUYING, SEES, STRANGER, pages

LITTLE, MUCH, PRICE = "7000000", "7900000", "7543219.83"
RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|\d\d:\d\d(:[\d.]+)?")
"""Ids, digests and times of day."""
PARTS = 4
"""In which command lines are tried, side by side."""
Both = tuple[House, House]


def the_same(said: str) -> str:
    return RANDOM.sub("#", said)


@pytest.fixture
def both(demo_file: Path, tmp_path: Path) -> Iterator[Both]:
    """An award of one price waits for its decision: above one budget, and within the other."""
    houses = []
    for budget in LITTLE, MUCH:
        folder = tmp_path / budget
        folder.mkdir()
        house = House(copied(demo_file, folder))
        walk = Nottingham(house).to_evaluation("Umber Lapwing Trust", PRICE)
        walk.put_up_award(walk.award()).consult().enter(budget)
        house.catch_up()
        houses.append(house)
    yield houses[0], houses[1]
    for house in houses:
        house.close()


def seen(house: House, post: str) -> list[tuple[str, str]]:
    web = Browser(house).sign_in(post)
    return sorted((the_same(path), the_same(said)) for path, said in pages(web).items())


@pytest.mark.parametrize("post", [AUDITOR, BUYING, STRANGER])
def test_no_page_differs_for_who_may_not_see_the_figure(both: Both, post: str) -> None:
    little, much = (seen(one, post) for one in both)
    assert len(little) > 50
    assert little == much


def test_who_may_see_it_is_told_that_the_award_is_not_covered(both: Both) -> None:
    case = f"/procurements/{REFERENCE}"
    for house, covered in zip(both, (False, True), strict=True):
        report = house.procurement(REFERENCE).open_report
        assert report
        page = Browser(house).sign_in(SEES).get(f"{case}/reports/{report.id}/decide").text
        assert ("is not covered" not in page) is covered


@pytest.mark.parametrize("part", range(PARTS))
def test_no_command_line_differs(both: Both, part: int) -> None:
    posts = [one.id for one in both[0].rules("nottingham").offices.posts]
    asked = [("procurements",), ("delegations",), ("show", REFERENCE), ("history", REFERENCE)]
    asked += [("queue", "--as", post) for post in posts]
    asked += [("questions", name) for name in QUESTIONS]
    asked += [("queue", "--as", SEES, "--at", "2199-01-01")]
    asked += [("replay", REFERENCE, "--at", "2199-01-01", "--since", since) for since in "04"]
    for words in asked[part::PARTS]:
        for as_json in (), ("--json",):
            little, much = (inside(file_of(one).parent, *words, *as_json).out for one in both)
            assert the_same(little) == the_same(much), words
