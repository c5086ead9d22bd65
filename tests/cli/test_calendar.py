"""Correcting the calendar on the command line."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.house import House
from tests.cli.conftest import Run
from tests.web.conftest import Browser
from tests.web.test_standstill import OFFICER, awarded, turn_to

MONITOR = "leeds/monitoring-officer"
DAY = ("calendar", "correct", "leeds", "2026-05-13", "--as", MONITOR)
ENGLAND = ("--where", "england-and-wales")
WHY = ("--because", "Proclaimed on 6 May 2026")


@pytest.fixture
def standing(demo: House) -> str:
    """A procurement of Leeds under the Act whose standstill runs to 15 May 2026."""
    web = Browser(demo)
    with web.client:
        page = awarded(web, "claimed")
        web.sign_in(OFFICER)
        web.fill(f"{page}/do/send-assessment-summaries")
        web.fill(f"{page}/do/send-award-notices")
        turn_to(web, date(2026, 5, 11))
    return page.rpartition("/")[2]


def test_a_correction_says_which_cases_it_touches(run: Run, demo: House, standing: str) -> None:
    answer = run(*DAY, *ENGLAND, "--name", "Jubilee", *WHY)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"leeds has adopted it.\nIt touches {standing}.\n"
    stood = demo.procurement(standing).standstill
    assert stood
    assert stood.count
    assert stood.count.last_day == date(2026, 5, 18)
    assert "Jubilee (England and Wales)" in [one.why for one in stood.count.days]
    assert "ends not with 15 May 2026 but with Monday 18 May" in run("history", standing).out
    again = run(*DAY, *ENGLAND, *WHY)
    assert again.out.endswith(f"It touches {standing}.\n")
    back = demo.procurement(standing).standstill
    assert back
    assert back.count
    assert back.count.last_day == date(2026, 5, 15)


@pytest.mark.usefixtures("standing", "unchanged")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("leeds", "2026-5-13", "--as", MONITOR, *ENGLAND, *WHY), "is no day such as"),
        (("leeds", "2026-05-13", "--as", MONITOR, "--where", "wales", *WHY), "is not one of"),
        (("leeds", "2026-05-13", "--as", MONITOR, *ENGLAND, "--because", ""), "because"),
        (
            ("leeds", "2026-05-13", "--as", MONITOR, *ENGLAND, *WHY),
            "C2: Wednesday 13 May 2026 is a",
        ),
        (
            ("leeds", "2026-05-16", "--as", MONITOR, *ENGLAND, "--name", "X", *WHY),
            "D7: Saturday 16 May",
        ),
        (("leeds", "2026-05-13", "--as", OFFICER, *ENGLAND, "--name", "X", *WHY), "G1: "),
        (
            ("nowhere", "2026-05-13", "--as", MONITOR, *ENGLAND, "--name", "X", *WHY),
            "There are no rules of",
        ),
    ],
)
def test_what_is_no_correction_is_said(run: Run, words: tuple[str, ...], says: str) -> None:
    answer = run("calendar", "correct", *words)
    assert answer.code == 2
    assert says in answer.err
