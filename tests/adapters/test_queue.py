"""The queue: one row for an act and a post, so that no case can hold up the others."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from adapters.house import House
from domain.authority import AdoptConstitution
from domain.effects import AwardByLaterDecision
from domain.market import InviteTenders, RecordEvaluation
from domain.withdrawing import WithdrawReport
from tests.adapters.history import CONSTITUTION, FIRST, MONITOR, OPERATIONAL, do
from tests.cases.journey import CRITERIA, LEEDS, REFERENCE, TENDERS, Journey
from tests.scenario import OFFICER


def test_a_post_that_the_rules_name_twice_waits_once(demo: House) -> None:
    twice = 'posts = ["leeds/commissioning-officer", "leeds/commissioning-officer"]'
    deputy = "leeds/deputy-director-integrated-commissioning"
    once = f'posts = ["leeds/commissioning-officer", "{deputy}"]'
    text = CONSTITUTION.replace(once, twice).replace("leeds-2022", "leeds-2023")
    do(demo, MONITOR, AdoptConstitution("leeds", text), FIRST, uuid4())
    leeds = Journey(demo).decide()
    assert leeds.waiting == {("invite-tenders", "commissioning-officer")}
    assert len(demo.views.waiting(REFERENCE)) == 1
    assert demo.runners["queue"].parked() == {}


def test_an_act_that_is_due_for_two_reasons_waits_once(demo: House) -> None:
    leeds = Journey(demo).decide().on(date(2022, 11, 14))
    leeds.do(InviteTenders(LEEDS, date(2022, 12, 5), CRITERIA), OFFICER)
    odd = leeds.report("award", OPERATIONAL, AwardByLaterDecision(OPERATIONAL, "the first"))
    imported = demo.context("leeds", OFFICER, uuid4(), source="the minutes")
    demo.engine.execute(odd, imported)
    report = demo.procurement(REFERENCE).open_report
    assert report
    leeds.do(WithdrawReport(LEEDS, report.id, "It asks for the wrong thing"), OFFICER)
    leeds.on(date(2022, 12, 6)).do(RecordEvaluation(LEEDS, TENDERS, ("a panel",)), OFFICER)
    rows = [one for one in demo.views.waiting(REFERENCE) if one.do == "put-up-report"]
    assert sorted(one.post for one in rows) == [
        "leeds/commissioning-officer",
        "leeds/deputy-director-integrated-commissioning",
    ]
    assert demo.runners["queue"].parked() == {}
