"""Delegated authority over several procurements: one balance for all of them."""

from msgspec.structs import replace

from domain.delegation import AuthorityDelegated, AuthorityExercised
from domain.drawing import Drawn
from domain.reported import Under
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    DECISION_ID,
    REPORT_ID,
    asks,
    but,
    exactly,
    given,
)
from tests.domain.test_shared import ALSO, BOTH, OPENED, REPORT, UNHEARD, about
from tests.domain.wyvern import (
    ALONE,
    AUTHORISE,
    AWARD,
    AWARD_REPORT,
    CLERK,
    DIRECTOR,
    OTHER,
    OTHER_REFERENCE,
    PLAN,
    REFERENCE,
    UNDER,
    awarding,
    deciding,
    delegation,
)
from tests.scenario import step

GRANT = but(REPORT, recommendations=(asks(PLAN), asks(AUTHORISE, "b"), asks(ALONE, "c")))
GRANTED = (*OPENED, GRANT, step(deciding(REPORT_ID, DECISION_ID, "a", "b", "c", also=ALSO), CLERK))
AWARDS = but(
    AWARD_REPORT,
    also=ALSO,
    class_reason="Each award is an operational one",
    recommendations=(
        about(REFERENCE, asks(awarding("200000"))),
        about(OTHER_REFERENCE, asks(awarding("100000"), "b")),
    ),
)
AWARD_BOTH = step(deciding(AWARD_REPORT_ID, AWARD_ID, "a", "b", under=UNDER, also=ALSO), DIRECTOR)


FOR_SEVERAL = asks(replace(ALONE, awards="several"), "c")
GRANT_SEVERAL = but(GRANT, recommendations=(asks(PLAN), asks(AUTHORISE, "b"), FOR_SEVERAL))
GRANTED_SEVERAL = (*OPENED, GRANT_SEVERAL, GRANTED[-1])


def several(*steps: step) -> given:
    """By a delegation that several awards may be made under."""
    return given(*GRANTED_SEVERAL, *steps)


def test_authority_that_is_delegated_over_several_procurements_is_one() -> None:
    *_, event = given(*GRANTED[:-1]).when(GRANTED[-1]).outcome()
    assert event == AuthorityDelegated("wyvern", BOTH, DECISION_ID, "c", ALONE)
    elsewhere = Under(OTHER_REFERENCE, DECISION_ID, "c")
    given(*GRANTED).when(but(AWARD_REPORT, under=elsewhere)).outcome()
    other = but(AWARD_REPORT, procurement=OTHER)
    given(*GRANTED).when(other).outcome()


def test_authority_that_is_about_one_procurement_covers_no_other() -> None:
    asked = (asks(PLAN), asks(AUTHORISE, "b"), about(OTHER_REFERENCE, asks(ALONE, "c")))
    record = given(*OPENED, but(GRANT, recommendations=asked), GRANTED[-1])
    assert delegation(record).procurements == (OTHER_REFERENCE,)
    there = Under(OTHER_REFERENCE, DECISION_ID, "c")
    record.when(but(AWARD_REPORT, procurement=OTHER, under=there)).outcome()
    reason = record.when(but(AWARD_REPORT, under=there)).reason("G1")
    assert reason.startswith("The authority is not about this procurement")


def test_awards_over_several_procurements_draw_on_one_balance() -> None:
    *_, drawn = several(AWARDS).when(AWARD_BOTH).outcome()
    assert drawn == AuthorityExercised(
        AWARD_ID,
        None,
        (
            Drawn(REFERENCE, exactly("200000"), 36, label="a"),
            Drawn(OTHER_REFERENCE, exactly("100000"), 36, label="b"),
        ),
    )
    dearer = about(OTHER_REFERENCE, asks(awarding("100001"), "b"))
    report = but(AWARDS, recommendations=(AWARDS.command.recommendations[0], dearer))  # type: ignore[attr-defined]
    reason = several(report).when(AWARD_BOTH).reason("G1")
    assert reason.startswith("£300,001 is more than was delegated in all, £300,000")


def test_an_award_in_each_of_two_procurements_is_two_awards() -> None:
    one = but(AWARDS, recommendations=(asks(awarding("150000")),))
    award = but(AWARD, also=ALSO)
    reason = given(*GRANTED, one).when(award).reason("G1")
    assert reason == "The authority is to award one contract, and no more than one"
    *_, drawn = several(one).when(award).outcome()
    assert isinstance(drawn, AuthorityExercised)
    assert [one.procurement for one in drawn.drawn] == list(BOTH)


def test_authority_is_exercised_over_procurements_that_are_on_record() -> None:
    more = (*ALSO, UNHEARD)
    several(AWARDS).when(but(AWARD_BOTH, also=more)).then_refused("C1")
    given(*GRANTED).when(but(AWARDS, also=more)).then_refused("C1")


def test_a_decision_names_every_procurement_that_its_report_awards_in() -> None:
    alone = step(deciding(AWARD_REPORT_ID, AWARD_ID, "a", "b", under=UNDER), DIRECTOR)
    here, there = asks(awarding("200000")), asks(awarding("100000"), "b")
    other_first = but(
        AWARDS, recommendations=(about(OTHER_REFERENCE, here), about(REFERENCE, there))
    )
    (refusal,) = several(other_first).when(alone).then_refused("C1")
    assert OTHER_REFERENCE in refusal.reason
