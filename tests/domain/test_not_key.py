"""A decision that was not treated as key: scrutiny has it reported to the council (D1)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from domain.authority import Rules
from domain.messages import Actor
from domain.not_key import (
    ReportedToCouncil,
    ReportToCouncil,
    ReportToCouncilRequired,
    RequireReportToCouncil,
    owed,
)
from domain.undertakings import DischargeUndertaking, outstanding
from domain.values import When
from tests.domain.cases import (
    DECISION,
    DECISION_ID,
    KEY_DECISION,
    KEY_REPORT,
    NOTICE,
    OPEN,
    REPORT,
    UNHEARD_OF,
    acts,
    but,
    given,
    leeds,
)
from tests.scenario import CASE, CLERK, DIRECTOR, OFFICER, holder, step

CHAIR = holder("leeds/chair-of-scrutiny")
WHY, REPLY = "It changes care in three wards", "No service is cut in any ward"
DUE = date(2023, 1, 11)
REQUIRED = step(RequireReportToCouncil(CASE, DECISION_ID, WHY, DUE), CHAIR, date(2022, 12, 1))
TOLD = step(ReportToCouncil(CASE, DECISION_ID, REPLY), CLERK, date(2023, 1, 11))
DECIDED = (OPEN, REPORT, DECISION)
SILENT = leeds(scrutiny=None)


@pytest.mark.parametrize("by", [CHAIR, CLERK])
def test_scenario_25_scrutiny_may_demand_a_report_by_a_day(by: Actor) -> None:
    told = ("leeds/democratic-services", "leeds/council")
    event = ReportToCouncilRequired(DECISION_ID, WHY, DUE, *told)
    given(*DECIDED).when(REQUIRED._replace(by=by)).then(event)


def test_the_report_waits_for_who_owes_it_until_it_says_why_it_was_not_key() -> None:
    (one,) = outstanding(given(*DECIDED, REQUIRED).procurement())
    assert (one.by, one.to, one.due) == ("leeds/democratic-services", "leeds/council", When(DUE))
    offered = acts(*DECIDED, REQUIRED, on=date(2022, 12, 2))
    act = offered[f"report-to-council {owed(DECISION_ID)}"]
    assert (act.queued, act.due, act.posts) == (True, DUE, ("leeds/democratic-services",))
    assert act.title == (
        "Report back: on “Authority to procure”: the decision, its reasons, who took it, and why "
        "it was not key"
    )
    given(*DECIDED, REQUIRED).when(TOLD).then(ReportedToCouncil(DECISION_ID, REPLY))
    found = given(*DECIDED, REQUIRED, TOLD).procurement()
    assert outstanding(found) == []
    assert found.discharged == {owed(DECISION_ID): When(date(2023, 1, 11))}


def test_it_is_offered_to_scrutiny_and_nobody_waits_for_it() -> None:
    offered = acts(*DECIDED, on=date(2022, 12, 1))[f"require-report-to-council {DECISION_ID}"]
    assert (offered.queued, offered.posts) == (False, (CHAIR.post, CLERK.post))
    for steps in ((*DECIDED, REQUIRED), (OPEN, NOTICE, KEY_REPORT, KEY_DECISION)):
        later = acts(*steps, on=date(2022, 12, 14))
        assert not any(one.startswith("require-report") for one in later)
    silent = acts(*DECIDED, rules_=SILENT)
    assert not any(one.startswith("require-report") for one in silent)
    duties = tuple(
        one for one in leeds().constitution.duties if one.act != "require-report-to-council"
    )
    alone = acts(*DECIDED, rules_=leeds(duties=duties))
    assert alone[f"require-report-to-council {DECISION_ID}"].posts == (CHAIR.post,)


def test_a_key_decision_takes_no_such_report() -> None:
    key = given(OPEN, NOTICE, KEY_REPORT, KEY_DECISION)
    assert key.when(REQUIRED.at(date(2022, 12, 14))).reason("D1") == (
        "The decision was treated as key: a report is required only of one that was not"
    )


def test_a_decision_that_is_not_of_the_executive_takes_none_either() -> None:
    """Regulation 18 is about executive decisions; where no rule says which it is, it may be."""

    def of(executive: bool | None) -> Rules:
        classes = leeds().constitution.classes
        return leeds(
            classes=tuple(replace(one, executive=executive, call_in=False) for one in classes)
        )

    record = given(*DECIDED, rules_=of(False))
    assert record.when(REQUIRED).reason("D1") == (
        "The decision is not one of the executive, and such a report is asked of that"
    )
    offered = acts(*DECIDED, rules_=of(False))
    assert not any(one.startswith("require-report") for one in offered)
    given(*DECIDED, rules_=of(None)).when(REQUIRED).outcome()


def test_it_is_required_once_of_a_decision_that_there_is_by_a_day_still_to_come() -> None:
    given(*DECIDED, REQUIRED).when(REQUIRED).then_refused("C2")
    given(*DECIDED).when(but(REQUIRED, decision=UNHEARD_OF)).then_refused("C1")
    past = but(REQUIRED, due=date(2022, 12, 1))
    assert given(*DECIDED).when(past).reason("D1") == (
        "1 December 2022 is no day by which to report: name one still to come"
    )


def test_it_is_for_who_speaks_for_scrutiny_by_the_councils_rule() -> None:
    (refusal,) = given(*DECIDED).when(REQUIRED._replace(by=OFFICER)).then_refused("G1")
    assert refusal.reason.startswith("This is for Chair of the Scrutiny Board or Democratic")
    assert given(*DECIDED, rules_=SILENT).when(REQUIRED).reason("D1") == (
        "No rule of Leeds City Council says who requires such a report"
    )
    told = REQUIRED._replace(source="the minutes")
    found = given(*DECIDED, told, rules_=SILENT).procurement()
    assert [one.by for one in found.undertakings] == [CHAIR.post]
    assert [one.irregularity.rule for one in found.irregularities] == ["D1"]


def test_it_is_reported_once_where_it_was_required_by_who_owes_it() -> None:
    given(*DECIDED).when(TOLD).then_refused("C1")
    given(*DECIDED, REQUIRED, TOLD).when(TOLD).then_refused("C2")
    given(*DECIDED, REQUIRED).when(TOLD._replace(by=DIRECTOR)).then_refused("G1")
    told = TOLD._replace(by=DIRECTOR, source="the minutes")
    assert given(*DECIDED, REQUIRED).when(told).irregularities() == ["G1"]
    duties = tuple(one for one in leeds().constitution.duties if one.act[:9] != "discharge")
    given(*DECIDED, REQUIRED).under(leeds(duties=duties)).when(TOLD).outcome()


def test_nothing_less_than_the_reason_is_done_with_it() -> None:
    short = step(DischargeUndertaking(CASE, owed(DECISION_ID), "Done"), CLERK, DUE)
    assert given(*DECIDED, REQUIRED).when(short).reason("D1") == (
        "The report to the council says why the decision was not key"
    )
