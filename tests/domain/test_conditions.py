"""What a resolution is subject to is met before the award, or before the signature (P7, L3)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.acts import Act
from domain.answers import Answer
from domain.conditioned import Condition
from domain.conditions import ConditionMet, RecordConditionMet
from domain.delegating import RevokeAuthority
from domain.effects import AwardContract
from domain.values import When
from projections.sentences import sentence
from tests.domain import cases
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    DECISION_ID,
    UNHEARD_OF,
    asks,
    but,
    given,
)
from tests.domain.wyvern import (
    ALONE,
    AUTHORISE,
    AWARD,
    AWARD_REPORT,
    CABINET,
    CASE,
    CLERK,
    DIRECT,
    LAWYER,
    MANAGER,
    OPEN,
    OTHER,
    OTHER_REFERENCE,
    PART,
    PLAN,
    REFERENCE,
    RESOLVED,
    SIGNATURE,
    STRATEGY,
    UNDER,
    awarded_in,
    deciding,
    granted,
    plan,
    reported,
    wyvern,
)
from tests.scenario import DAY, step

FUNDED, BOND = "the department confirms the funding", "the supplier lodges a bond"
FUNDING, LODGED = Condition(FUNDED), Condition(BOND, "before-signature", LAWYER.post)
KEPT = Condition("on the best terms achievable", "in-every-award")
SUBJECT = granted(replace(ALONE, conditions=(FUNDING, KEPT, LODGED), awards="several"))
SHOWN = step(RecordConditionMet(CASE, DECISION_ID, "c", 1, "Letter of 3 November"), CLERK)
BOND_SHOWN = but(SHOWN, condition=3, evidence="The bond is in the safe")._replace(by=LAWYER)
MET = ConditionMet(DECISION_ID, "c", 1, FUNDED, "Letter of 3 November")


def test_a_condition_is_met_once_with_what_shows_it() -> None:
    given(*SUBJECT).when(SHOWN).then(MET)
    record = given(*SUBJECT, SHOWN)
    (met,) = record.procurement("wyvern-2022-1").met.values()
    assert (met.on, met.evidence) == (When(DAY), "Letter of 3 November")
    assert record.when(SHOWN).reason("C2") == "It is on record that this condition is met"
    assert sentence(MET) == (
        f"Condition 1 of resolution (c) is met, “{FUNDED}”: Letter of 3 November."
    )


@pytest.mark.parametrize(
    "which",
    [
        {"decision": UNHEARD_OF},
        {"label": "a"},
        {"condition": 4},
        {"condition": 2},
    ],
)
def test_nothing_else_is_met(which: dict[str, Any]) -> None:
    reason = given(*SUBJECT).when(but(SHOWN, **which)).reason("C1")
    assert reason == "There is no such condition to be met"


def test_the_post_that_the_resolution_names_shows_it_or_whom_the_constitution_names() -> None:
    reason = given(*SUBJECT).when(BOND_SHOWN._replace(by=CLERK)).reason("G1")
    assert reason == "This is for Legal Services to do, not for Democratic Services"
    given(*SUBJECT).when(BOND_SHOWN).outcome()
    reason = given(*SUBJECT).when(SHOWN._replace(by=MANAGER)).reason("G1")
    assert reason == "This is for Democratic Services to do, not for Commissioning Manager"


def test_nothing_is_awarded_under_authority_before_its_condition_is_met() -> None:
    reason = given(*SUBJECT, AWARD_REPORT).when(AWARD).reason("P7")
    assert reason == f"Condition 1 of resolution (c) is not met yet: “{FUNDED}”"
    given(*SUBJECT, AWARD_REPORT, SHOWN).when(AWARD).outcome()
    refuse = deciding(AWARD_REPORT_ID, AWARD_ID, answers=(Answer("a", "deferred", "No money"),))
    record = given(*SUBJECT, AWARD_REPORT)
    record.when(AWARD._replace(command=replace(refuse, under=UNDER))).outcome()


def test_nor_in_a_part_of_the_plan_that_it_is_about() -> None:
    report, decision = awarded_in(OTHER_REFERENCE, 1, DIRECT)
    reason = given(*SUBJECT, *PART, report).when(decision).reason("P7")
    assert reason == f"Condition 1 of resolution (c) in wyvern-2022-1 is not met yet: “{FUNDED}”"
    given(*SUBJECT, *PART, SHOWN, report).when(decision).outcome()


def test_nothing_is_signed_before_every_condition_is_met_and_all_are_told_at_once() -> None:
    imported = tuple(one._replace(source="the minutes") for one in (AWARD_REPORT, AWARD))
    reasons = [
        one.reason for one in given(*SUBJECT, *imported).when(SIGNATURE).then_refused("P7", "P7")
    ]
    assert reasons == [
        f"Condition 1 of resolution (c) is not met yet: “{FUNDED}”",
        f"Condition 3 of resolution (c) is not met yet: “{BOND}”",
    ]
    awarded = (*SUBJECT, SHOWN, AWARD_REPORT, AWARD)
    assert BOND in given(*awarded).when(SIGNATURE).reason("P7")
    given(*awarded, BOND_SHOWN).when(SIGNATURE).outcome()


def test_nor_where_the_authority_was_given_in_another_procurement() -> None:
    steps = (*SUBJECT, *PART, SHOWN, *awarded_in(OTHER_REFERENCE, 1, DIRECT))
    there = but(SIGNATURE, procurement=OTHER)
    reason = given(*steps).when(there).reason("P7")
    assert reason == f"Condition 3 of resolution (c) in wyvern-2022-1 is not met yet: “{BOND}”"
    given(*steps, BOND_SHOWN).when(there).outcome()


# An approval with conditions (L3), without delegated authority.


def strategy(*conditions: Condition) -> tuple[step, ...]:
    asked = asks(PLAN), asks(replace(AUTHORISE, conditions=conditions), "b")
    return OPEN, but(STRATEGY, recommendations=asked), RESOLVED


def to_the_cabinet(award: AwardContract = DIRECT) -> tuple[step, step]:
    put_up = reported(award, under=None, decision_class="cabinet", to=CABINET)
    return put_up, step(deciding(AWARD_REPORT_ID, AWARD_ID, "a"), CLERK)


def test_what_is_procured_subject_to_a_condition_is_not_awarded_before() -> None:
    report, decision = to_the_cabinet()
    approved = (*strategy(FUNDING, replace(LODGED, shown_by=None)), report)
    reason = given(*approved).when(decision).reason("P7")
    assert reason == f"Condition 1 of resolution (b) is not met yet: “{FUNDED}”"
    shown = but(SHOWN, label="b")
    given(*approved, shown).when(decision).outcome()
    reason = given(*approved, shown, decision).when(SIGNATURE).reason("P7")
    assert reason == f"Condition 2 of resolution (b) is not met yet: “{BOND}”"
    given(*approved, shown, decision, but(shown, condition=2)).when(SIGNATURE).outcome()


def test_an_award_is_subject_to_what_is_met_before_the_signature() -> None:
    report, decision = to_the_cabinet(replace(DIRECT, conditions=(LODGED,)))
    steps = (*strategy(), report, decision)
    reason = given(*steps).when(SIGNATURE).reason("P7")
    assert reason == f"Condition 1 of resolution (a) is not met yet: “{BOND}”"
    shown = but(BOND_SHOWN, decision=AWARD_ID, label="a", condition=1)
    given(*steps, shown).when(SIGNATURE).outcome()
    early, _ = to_the_cabinet(replace(DIRECT, conditions=(FUNDING,)))
    reason = given(*strategy()).when(early).reason("L3")
    assert reason == "What an award is subject to is met before the signature"


@pytest.mark.parametrize(
    ("conditions", "rule", "says"),
    [
        ((FUNDING, FUNDING), "C2", "A condition is there twice"),
        (
            (replace(FUNDING, shown_by="wyvern/nobody"),),
            "C1",
            "There is no post “wyvern/nobody”: a post shows that a condition is met",
        ),
    ],
)
def test_a_condition_is_there_once_and_has_a_post(
    conditions: tuple[Condition, ...], rule: str, says: str
) -> None:
    report = plan(replace(ALONE, conditions=conditions))
    assert given(OPEN).when(report).reason(rule) == says


def test_somebody_has_to_show_it() -> None:
    duties = wyvern().constitution.duties
    without = wyvern(duties=tuple(one for one in duties if one.act != "record-condition-met"))
    report = plan(replace(ALONE, conditions=(KEPT, LODGED, FUNDING)))
    reason = given(OPEN, rules_=without).when(report).reason("G1")
    assert reason == (
        f"No rule of Wyvern Council says who shows that “{FUNDED}” is met: name a post"
    )


def acts(*steps: step) -> dict[str, Act]:
    return cases.acts(*steps, reference=REFERENCE)


def test_it_waits_for_who_shows_it_while_anything_rests_on_it() -> None:
    offered = acts(*SUBJECT)
    first = offered[f"record-condition-met {DECISION_ID} c 1"]
    assert first.title == f"Show that what resolution (c) is subject to is met: “{FUNDED}”"
    assert (first.posts, first.queued) == ((CLERK.post,), True)
    third = offered[f"record-condition-met {DECISION_ID} c 3"]
    assert (third.posts, third.whose) == ((LAWYER.post,), "resolution (c) names who does")
    assert f"record-condition-met {DECISION_ID} c 2" not in offered
    assert first.do not in {one.do for one in acts(*SUBJECT, SHOWN, BOND_SHOWN).values()}
    revoked = step(RevokeAuthority(CASE, DECISION_ID, "c", "Minute 7"), CLERK)
    assert first.do not in {one.do for one in acts(*SUBJECT, revoked).values()}


def test_once_the_contract_is_signed_nobody_waits_for_what_its_award_was_subject_to() -> None:
    report, decision = to_the_cabinet(replace(DIRECT, conditions=(LODGED,)))
    signed = SIGNATURE._replace(source="the file")
    offered = acts(*strategy(), report, decision, signed)
    assert not offered[f"record-condition-met {AWARD_ID} a 1"].awaited
