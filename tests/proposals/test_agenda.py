"""A proposal that asks for clear days before a meeting bars what was decided sooner."""

from __future__ import annotations

from pathlib import Path

from domain.agenda import Agenda
from projections.findings import Barred
from projections.rulebook import compare
from tests.domain import wyvern
from tests.domain.test_recommending import PUT_UP, SCRUTINISED
from tests.proposals.proposing import on_record, proposal, run, unlike
from tests.scenario import rules

FIVE = Agenda(clear_days=5, standing="illustrative", where="a test")
ASKED = proposal("wyvern", agenda=FIVE)
REASON = "The report is published 5 clear days before {} meets: publish it first"


def test_a_decision_without_an_agenda_would_have_been_barred(tmp_path: Path) -> None:
    with on_record(tmp_path / "c.db", "wyvern", *wyvern.STARTED) as house:
        expected = Barred("D6", REASON.format("Cabinet"), FIVE.provenance)
        assert expected in unlike(run(house, ASKED), Barred)


def test_so_would_a_recommendation(tmp_path: Path) -> None:
    with on_record(tmp_path / "c.db", "wyvern", *PUT_UP, SCRUTINISED) as house:
        (barred,) = unlike(run(house, ASKED), Barred)
        assert barred == Barred("D6", REASON.format("Scrutiny Committee"), FIVE.provenance)


def test_the_rule_is_told_as_added() -> None:
    (change,) = compare(rules("wyvern").constitution, ASKED, str)
    assert change.sentence == (
        "Agenda is added: how long before a meeting a report is out: 5 clear working days "
        "(illustrative: a test)."
    )
