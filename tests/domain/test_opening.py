from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement, ProcurementAbandoned
from domain.assessing_conflicts import RecordConflictsAssessment
from domain.governing import commencement
from domain.market import InviteTenders
from domain.opening import NoteOnSource, ProcurementOpened, SourceNoteMade
from domain.procurement import Procurement
from domain.terms import ExistingContract, Framework, Mixed, Reading
from domain.thresholds import below_threshold, threshold_of
from domain.values import Amount, Term, When, procurement_id
from tests.domain import herefordshire
from tests.domain.cases import (
    AUTHORISE,
    AUTHORISED,
    AWARD_LATER,
    CRITERIA,
    OPEN,
    PHASES,
    RM6187,
    SIGNED,
    acts,
    asks,
    but,
    exactly,
    given,
    up_to,
)
from tests.scenario import CASE, CLERK, DEPUTY_DIRECTOR, DIRECTOR, REFERENCE, step

ABANDON = step(AbandonProcurement(CASE, "The NHS withdrew its money"), by=DEPUTY_DIRECTOR)
CONTRADICTION = step(
    NoteOnSource(
        CASE,
        "contradiction",
        "How the award is decided",
        "The recommendation is what the Director is asked to decide",
        (Reading("a significant operational decision", "(b)"), Reading("an admin DDN", "6")),
        used=1,
    ),
    by=CLERK,
)


def test_a_need_opens_a_procurement() -> None:
    given().when(OPEN).then(
        ProcurementOpened(
            "leeds",
            REFERENCE,
            "Delivery partner",
            "Advice on a community health and wellbeing service",
            "Consultancy",
            "pcr2015",
            up_to("400000"),
            Term(date(2023, 1, 2), 24),
            PHASES,
            RM6187,
            (),
            "",
        )
    )


def test_value_term_and_phases_need_not_be_known_yet() -> None:
    case = given(but(OPEN, value=Amount("unknown"), term=None, phases=(), framework=None))
    assert case.procurement().value == Amount("unknown")
    assert case.procurement().authority == "leeds"


def test_a_procurement_is_opened_once() -> None:
    given(OPEN).when(OPEN).then_refused("C2")


def test_a_procurement_is_known_by_its_reference() -> None:
    other = procurement_id("leeds-2022-10")
    reason = given().when(but(OPEN, procurement=other)).reason("C1")
    assert reason == "leeds-2022-9 is not the reference of this procurement"


def test_a_reference_is_minted_by_the_authority_that_opens() -> None:
    reason = given().when(OPEN._replace(by=herefordshire.OFFICER)).reason("C1")
    assert reason == "A reference of this authority starts with herefordshire-"


@pytest.mark.parametrize(
    ("regime", "day", "says"),
    [
        ("pa2023", date(2025, 2, 23), "The Procurement Act 2023 governs what began on 24 February"),
        ("pcr2015", date(2025, 2, 24), "The 2015 Regulations govern only what began before 24"),
        ("psr2023", date(2023, 12, 31), "The Provider Selection Regime governs what began on 1"),
    ],
)
def test_no_law_governs_what_did_not_begin_in_its_time(regime: str, day: date, says: str) -> None:
    early = but(OPEN, regime=regime, framework=None).at(day)
    assert given().when(early).reason("P1").startswith(says)


@pytest.mark.parametrize(
    ("regime", "day"),
    [("pcr2015", date(2025, 2, 23)), ("pa2023", date(2025, 2, 24)), ("psr2023", date(2024, 1, 1))],
)
def test_each_law_governs_what_began_in_its_time(regime: str, day: date) -> None:
    subject = "health-care" if regime == "psr2023" else "services"
    given(but(OPEN, regime=regime, subject=subject, framework=None).at(day))


def test_health_care_has_a_law_of_its_own() -> None:
    day, health = date(2024, 1, 1), but(OPEN, subject="health-care", framework=None)
    reason = given().when(health.at(day)).reason("P1")
    assert reason.endswith("choose the Provider Selection Regime")
    given().when(but(health, regime="pa2023").at(date(2025, 2, 24))).then_refused("P1")
    given().when(health.at(date(2023, 12, 31))).outcome()
    given().when(but(OPEN, subject="health-care").at(day)).outcome()
    for subject in "services", "goods", "light-touch":
        other = but(health, regime="psr2023", subject=subject).at(day)
        reason = given().when(other).reason("P1")
        assert reason.startswith("The Provider Selection Regime governs health care services: say")


HEALTH = but(OPEN, subject="health-care", regime="psr2023", framework=None).at(date(2026, 1, 5))


def mixed(health: str, rest: str, *, separable: bool = False) -> Mixed:
    return Mixed(Decimal(health), Decimal(rest), separable)


def test_health_care_with_something_else_goes_by_what_is_worth_more_and_cannot_be_had_apart() -> (
    None
):
    most, half = mixed("60", "40"), mixed("50", "50")
    apart = mixed("60", "40", separable=True)
    given().when(but(HEALTH, mixed=most)).outcome()
    no = "The Provider Selection Regime does not govern it: "
    reason = given().when(but(HEALTH, mixed=half)).reason("P1")
    assert reason == f"{no}health care is not worth more than the rest"
    reason = given().when(but(HEALTH, mixed=apart)).reason("P1")
    assert reason == f"{no}the rest could reasonably be supplied under a separate contract"
    act = but(HEALTH, regime="pa2023", subject="light-touch")
    given().when(but(act, mixed=half)).outcome()
    given().when(but(act, mixed=apart)).outcome()
    reason = given().when(but(act, mixed=most)).reason("P1")
    assert reason.endswith("choose the Provider Selection Regime")
    reason = given().when(but(act, mixed=half, subject="health-care")).reason("P1")
    assert reason == (
        "The law of health care does not govern it (health care is not worth more than the rest): "
        "choose light touch, or what else is bought for the most part"
    )
    given().when(but(HEALTH, mixed=most, subject="services")).then_refused("P1")
    given().when(but(OPEN, mixed=most)).outcome()
    assert given(but(HEALTH, mixed=most)).procurement().mixed == most


def test_the_day_of_commencement_decides_where_it_was_before_the_opening() -> None:
    before, today = date(2025, 2, 23), date(2025, 3, 3)
    old = but(OPEN, framework=None, commenced=before).at(today)
    given().when(old).outcome()
    given().when(but(old, regime="pa2023")).then_refused("P1")
    given().when(but(old, commenced=None)).then_refused("P1")
    found = given(old).procurement()
    assert (found.commenced, found.began) == (before, before)
    assert commencement(found) == "23 February 2025, before it was opened here"
    reason = given().when(but(old, regime="pa2023", commenced=date(2025, 3, 4))).reason("P1")
    assert reason == "4 March 2025 has yet to come: leave out when it commences"


def test_a_framework_has_a_commencement_of_its_own() -> None:
    since, today = date(2025, 3, 1), date(2025, 6, 2)
    young = replace(RM6187, since=since, until=date(2029, 2, 28))
    opened = but(OPEN, framework=young).at(today)
    given().when(opened).then_refused("P1")
    given().when(but(opened, regime="pa2023")).outcome()
    older = replace(young, commenced=date(2024, 10, 1))
    given().when(but(opened, framework=older)).outcome()
    given().when(but(opened, framework=older, regime="pa2023")).then_refused("P1")
    late = replace(young, commenced=date(2025, 3, 2))
    reason = given().when(but(opened, framework=late, regime="pa2023")).reason("P1")
    assert reason == "Nothing is called off before the framework commenced, on 2 March 2025"
    found = given(but(opened, framework=older)).procurement()
    assert commencement(found) == "1 October 2024, with the procurement of its framework"
    assert threshold_of(found) == Decimal(214_904)
    unknown = given(but(opened, regime="pa2023")).procurement()
    said = "With its framework. When is not on record: its first day, 1 March 2025, stands in"
    assert commencement(unknown) == said


INVITE = step(InviteTenders(CASE, date(2026, 2, 9), CRITERIA), on=date(2026, 1, 12))


def test_what_has_not_commenced_does_so_with_the_invitation_under_the_law_of_that_day() -> None:
    alone = {"framework": None, "commenced": None}
    opened = date(2025, 2, 3)
    steps = tuple(one.at(opened) for one in (but(OPEN, **alone), *AUTHORISED[1:]))
    reason = given(*steps).when(INVITE).reason("P1")
    assert reason == (
        "The 2015 Regulations govern only what began before 24 February 2025, and this commences "
        "with the invitation: open it again"
    )
    found = given(*steps).procurement()
    stands_in = "Not on record: the day on which it was opened, 3 February 2025, stands in"
    assert commencement(found) == stands_in
    assert commencement(Procurement()) == "Not yet"
    begun = (but(steps[0], commenced=opened), *steps[1:])
    given(*begun).when(INVITE).outcome()
    call_off = (OPEN.at(opened), *steps[1:])
    given(*call_off).when(but(INVITE, closes=date(2025, 8, 25)).at(date(2025, 8, 1))).outcome()
    wrong = but(steps[0], regime="psr2023")._replace(source="a file")
    again = given(wrong, *steps[1:]).when(INVITE._replace(source="a file"))
    assert "P1" not in again.irregularities()


def test_the_threshold_is_that_of_the_day_of_the_invitation_once_there_is_one() -> None:
    """£175,000 with VAT is £210,000: below what the Act governs in 2025, and above it in 2026."""
    fields = {"regime": "pa2023", "framework": None, "phases": (), "term": None}
    opened = but(OPEN, value=exactly("175000"), **fields).at(date(2025, 12, 1))
    asked = replace(AUTHORISE, up_to=exactly("175000"))
    report = but(AUTHORISED[1], recommendations=(asks(asked), asks(AWARD_LATER, "b")))
    steps = (opened, report.at(date(2025, 12, 1)), AUTHORISED[2].at(date(2025, 12, 1)))
    given(*steps).when(INVITE.at(date(2025, 12, 31))).outcome()
    given(*steps).when(INVITE).then_refused("G5")
    waits = acts(*steps, on=INVITE.on)["record-conflicts-assessment"]  # type: ignore[arg-type]
    assert waits.queued
    assert not acts(*steps, on=date(2025, 12, 31))["record-conflicts-assessment"].queued
    assessed = step(RecordConflictsAssessment(CASE, none_found=True), on=date(2026, 1, 12))
    after = given(*steps, assessed, INVITE).procurement()
    assert commencement(after) == "12 January 2026, with the invitation to tender"
    assert threshold_of(after) == Decimal(207_720)
    assert not below_threshold(after)
    assert below_threshold(given(*steps).procurement())


def test_a_call_off_stays_for_life_under_the_law_of_its_framework() -> None:
    late = OPEN.at(date(2025, 8, 23))
    given(late)
    given().when(but(late, regime="pa2023")).then_refused("P1")


def test_the_phases_cost_no_more_than_the_whole() -> None:
    reason = given().when(but(OPEN, value=up_to("399999.99"))).reason("T3")
    assert reason == "The phases come to £400,000, the whole to £399,999.99"


def test_yearly_amounts_are_added_up_over_the_term() -> None:
    yearly = Amount("up-to", Decimal(200000), per="year")
    half = replace(PHASES[1], amount=Amount("up-to", Decimal(125000), per="year"))
    given(but(OPEN, value=yearly, phases=(PHASES[0], half)))
    dearer = replace(half, amount=Amount("up-to", Decimal("125000.01"), per="year"))
    reason = given().when(but(OPEN, value=yearly, phases=(PHASES[0], dearer))).reason("T3")
    assert reason == "The phases come to £400,000.02, the whole to £400,000"
    given(but(OPEN, value=yearly, phases=(PHASES[0], dearer), term=None))


def test_a_phase_whose_cost_is_not_known_adds_nothing_to_the_sum() -> None:
    unknown = replace(PHASES[1], amount=Amount("unknown"))
    given(but(OPEN, phases=(*PHASES, unknown)))


def test_nothing_is_called_off_before_a_framework_begins() -> None:
    begins = date(2022, 11, 15)
    young = Framework("RM1", "Consultancy", "Lot 1", begins, date(2026, 11, 14))
    (refusal,) = given().when(but(OPEN, framework=young)).then_refused("E4")
    assert refusal.reason == "Framework RM1 begins on 15 November 2022"
    assert refusal.cured_on == begins
    given(but(OPEN, framework=young).at(begins))


def test_nothing_is_called_off_after_a_framework_ended() -> None:
    (refusal,) = given().when(OPEN.at(date(2025, 8, 24))).then_refused("E4")
    assert refusal.reason == "Framework RM6187 ended on 23 August 2025: no call-off now"
    assert refusal.cured_on is None


def test_a_procurement_may_be_abandoned_until_a_contract_is_signed() -> None:
    given(*AUTHORISED).when(ABANDON).then(ProcurementAbandoned("The NHS withdrew its money"))
    given(*SIGNED).when(ABANDON).then_refused("C2")


def test_the_director_may_abandon_it_too() -> None:
    given(OPEN).when(ABANDON._replace(by=DIRECTOR)).outcome()


@pytest.mark.parametrize("one", [ABANDON, CONTRADICTION, AUTHORISED[1]])
def test_nothing_more_happens_in_an_abandoned_procurement(one: step) -> None:
    reason = given(OPEN, ABANDON).when(one).reason("C2")
    assert reason == "The procurement was abandoned: The NHS withdrew its money"


@pytest.mark.parametrize("one", [ABANDON, CONTRADICTION, AUTHORISED[1]])
def test_nothing_happens_in_a_procurement_that_was_never_opened(one: step) -> None:
    given().when(one).then_refused("C1")


def test_a_contradiction_in_the_source_is_kept_with_the_reading_in_use() -> None:
    case = given(OPEN)
    note = CONTRADICTION.command
    assert isinstance(note, NoteOnSource)
    case.when(CONTRADICTION).then(
        SourceNoteMade(note.kind, note.about, note.readings, 1, note.because)
    )
    (kept,) = given(OPEN, CONTRADICTION).procurement().notes
    assert (kept.kind, kept.used, kept.readings) == ("contradiction", 1, note.readings)


def test_a_silence_needs_no_reading() -> None:
    silence = but(CONTRADICTION, kind="silence", readings=(), used=None)
    given(OPEN).when(silence).outcome()


def test_a_contradiction_has_at_least_two_readings() -> None:
    one = but(CONTRADICTION, readings=(Reading("an admin DDN", "6"),))
    given(OPEN).when(one).then_refused("C1")


@pytest.mark.parametrize("used", [0, 3, -1])
def test_the_reading_in_use_is_one_of_those_given(used: int) -> None:
    reason = given(OPEN).when(but(CONTRADICTION, used=used)).reason("C1")
    assert reason == f"There is no reading {used}"


PART_REFERENCE = "leeds-2022-10"
PART = but(
    OPEN,
    procurement=procurement_id(PART_REFERENCE),
    reference=PART_REFERENCE,
    part_of=REFERENCE,
)


def test_a_procurement_may_carry_out_the_plan_of_another() -> None:
    assert given(OPEN, PART).procurement(PART_REFERENCE).part_of == REFERENCE


def test_the_plan_that_is_carried_out_is_on_record() -> None:
    wanted = "There is no procurement with the plan that it should be part of"
    assert given().when(PART).reason("C1") == wanted
    assert given().when(but(OPEN, part_of=REFERENCE)).reason("C1") == wanted


def test_a_plan_is_carried_out_by_the_authority_that_approved_it() -> None:
    foreign = but(PART, part_of=herefordshire.REFERENCE)
    reason = given(herefordshire.OPEN).when(foreign).reason("C1")
    assert reason == "herefordshire-2017-9 is another authority's"


def test_what_carries_out_a_plan_has_no_parts_of_its_own() -> None:
    third = procurement_id("leeds-2022-11")
    part = but(PART, procurement=third, reference="leeds-2022-11", part_of=PART_REFERENCE)
    reason = given(OPEN, PART).when(part).reason("C1")
    assert reason == "leeds-2022-10 is itself part of leeds-2022-9: name that one"


def test_contracts_that_are_to_be_replaced_are_kept_with_their_options() -> None:
    term = Term(date(2017, 10, 1), 36, (24,))
    ends = When(date(2022, 9, 30))
    old = ExistingContract("Advice", ends, "Bold", exactly("100"), term, extended=1)
    (kept,) = given(but(OPEN, existing=(old,))).procurement().existing
    assert kept == old
