"""Who may call a decision in, until when, and when it then takes effect: as each council says."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from domain.authority import Rules
from domain.call_in_rule import CallIn, Requesters
from domain.called_in import Requester
from domain.deadlines import Period
from domain.reading import Mistaken
from domain.reading_constitution import read_constitution
from tests.domain.cases import (
    AWARD,
    AWARD_REPORT,
    CALL_IN,
    DECISION_ID,
    EVALUATED,
    KEY_DECIDED,
    NO_ACTION,
    NOTICES,
    REFERRED_BACK,
    REPORT_ID,
    SIGNATURE,
    TENDER,
    acts,
    but,
    given,
    leeds,
    members,
)
from tests.scenario import CLERK, texts

LAST = date(2022, 12, 20)
MIDDAY: dict[str, Any] = {"closes_at": "12:00", "takes_effect": "at-closing"}
MIXED = (
    Requesters(members=2, of="scrutiny"),
    Requesters(members=1, of="scrutiny-chair"),
    Requesters(members=1, of="ward"),
)


def ruled(**fields: Any) -> Rules:
    rule = leeds().constitution.call_in
    assert rule
    return leeds(call_in=replace(rule, **fields))


def called(*asked: Requester, **fields: Any) -> Any:
    return given(*KEY_DECIDED, rules_=ruled(**fields)).when(but(CALL_IN, members=asked))


@pytest.mark.parametrize(
    "asked",
    [
        members("1", "2", "3"),
        members("1", "2", as_="scrutiny"),
        (*members("1", as_="scrutiny-chair"), *members("2", as_="scrutiny")),
        members("1", as_="scrutiny-chair"),
        members("1", as_="ward"),
    ],
)
def test_any_of_several_groups_may_ask(asked: tuple[Requester, ...]) -> None:
    called(*asked, members=3, or_by=MIXED).outcome()


def test_too_few_of_every_kind_are_told_all_of_them() -> None:
    asked = (*members("1"), *members("2", as_="scrutiny"))
    assert called(*asked, members=3, or_by=MIXED).reason("D10") == (
        "A call-in needs 3 different members, 2 members of the scrutiny committee, 1 chair of the "
        "scrutiny committee or 1 member for a ward that it affects: these are 2 members"
    )
    reason = called(*members("1", "2", "3"), members=3, of="scrutiny").reason("D10")
    assert reason == "A call-in needs 3 members of the scrutiny committee, not 0"


def test_no_member_of_the_executive_asks() -> None:
    asked = (*members("1", "2", "3", "4"), *members("9", as_="executive"))
    assert called(*asked).reason("D10") == "9 sits on the executive, which calls no decision in"


def test_they_may_have_to_be_of_several_groups() -> None:
    asked = tuple(Requester(str(n), group="Red") for n in range(4))
    assert called(*asked, groups=2).reason("D10") == (
        "A call-in needs 4 different members of at least 2 political groups, not of 1"
    )
    called(*asked[:3], Requester("3", group="Blue"), groups=2).outcome()


def test_grounds_are_those_of_the_list() -> None:
    limited = ruled(grounds=("outside the budget", "no consultation"))
    record = given(*KEY_DECIDED, rules_=limited)
    known = "the grounds are “outside the budget” and “no consultation”"
    reason = record.when(CALL_IN).reason("D10")
    assert reason == f"Name the ground that the call-in rests on: {known}"
    wrong = but(CALL_IN, on_grounds=("too dear",))
    reason = record.when(wrong).reason("D10")
    assert reason == f"“too dear” is no ground for a call-in here: {known}"
    record.when(but(CALL_IN, on_grounds=("no consultation",))).outcome()
    reason = given(*KEY_DECIDED).when(wrong).reason("D10")
    assert reason == "“too dear” is no ground for a call-in here: say it in words"


def test_a_decision_may_have_to_be_called_in_whole() -> None:
    record = given(*KEY_DECIDED, rules_=ruled(in_parts=False))
    reason = record.when(but(CALL_IN, resolutions=("b",))).reason("D10")
    assert reason == "A decision is called in as a whole here: single resolutions are not"
    record.when(but(CALL_IN, resolutions=("a", "b"))).outcome()


def test_a_window_may_close_at_a_time_of_its_last_day() -> None:
    five = given(*KEY_DECIDED, rules_=ruled(closes_at="17:00"))
    at = CALL_IN.at(date(2022, 12, 21))
    five.when(but(at, received=datetime(2022, 12, 20, 17, 0, tzinfo=UTC))).outcome()
    late = but(at, received=datetime(2022, 12, 20, 17, 30, tzinfo=UTC))
    (refusal,) = five.when(late).raised()
    assert refusal.reason == (
        "The call-in is late: the window closed at 5 pm on Tuesday 20 December 2022, and it was "
        "received at 5.30 pm"
    )


def test_the_time_is_londons() -> None:
    summer = but(CALL_IN, received=datetime(2022, 12, 14, 1, 0, tzinfo=UTC))
    found = given(*KEY_DECIDED, summer).procurement().decisions[DECISION_ID].called_in
    assert found
    assert (found.on, found.received) == (date(2022, 12, 14), summer.command.received)  # type: ignore[attr-defined]


def test_it_was_received_before_now_and_after_the_window_opened() -> None:
    record = given(*KEY_DECIDED)
    early = but(CALL_IN, received=datetime(2022, 12, 12, 9, 0, tzinfo=UTC))
    (refusal,) = record.when(early).raised()
    assert refusal.reason == (
        "It was received before the window for call-in opened, on Tuesday 13 December 2022"
    )
    coming = but(CALL_IN, received=datetime(2022, 12, 14, 23, 0, tzinfo=UTC))
    (refusal,) = record.when(coming).raised()
    assert refusal.rule == "C1"
    other_day = but(CALL_IN, received=datetime(2022, 12, 13, 9, 0, tzinfo=UTC))
    (refusal,) = record.when(other_day._replace(source="a letter")).raised()
    assert refusal.reason == "An imported call-in was received on the day of its step"


def test_scrutiny_and_the_decision_maker_have_their_days() -> None:
    timed = ruled(scrutiny_meets=Period(20), decider_reconsiders=Period(20))
    waiting = acts(*KEY_DECIDED, CALL_IN, on=date(2022, 12, 15), rules_=timed)
    act = waiting[f"close-call-in {DECISION_ID}"]
    assert (act.due, act.due_because) == (date(2023, 1, 16), "scrutiny has to meet by then")
    back = (*KEY_DECIDED, CALL_IN, REFERRED_BACK)
    act = acts(*back, on=date(2023, 1, 6), rules_=timed)[f"take-decision {REPORT_ID}"]
    assert act.due == date(2023, 2, 2)


def test_a_call_in_is_withdrawn_in_writing() -> None:
    spoken = but(NO_ACTION, outcome="withdrawn", note=" ")
    reason = given(*KEY_DECIDED, CALL_IN).when(spoken).reason("D10")
    assert reason.startswith("A call-in is withdrawn in writing")


def test_what_takes_effect_at_closing_has_none_in_the_morning() -> None:
    record = given(*KEY_DECIDED, rules_=ruled(**MIDDAY))
    assert record.procurement().decisions[DECISION_ID].effective == LAST
    tender = but(TENDER.at(LAST), closes=date(2023, 1, 31))
    (refusal,) = record.when(tender).raised()
    assert refusal.reason == (
        "The decision that authorises this procurement takes effect today at midday, when the "
        "window for call-in closes"
    )
    early = given(*KEY_DECIDED, rules_=ruled(closes_at="08:00", takes_effect="at-closing"))
    early.when(tender).outcome()


def test_nobody_signs_before_the_window_has_closed() -> None:
    classes = tuple(replace(one, call_in=True) for one in leeds().constitution.classes)
    rule = ruled(**MIDDAY).constitution.call_in
    midday = leeds(classes=classes, call_in=rule)
    tender = but(TENDER.at(date(2022, 11, 22)), closes=date(2022, 12, 13))
    wednesday = date(2022, 12, 14)
    steps = [*EVALUATED[:3], tender, EVALUATED[4].at(wednesday), NOTICES.at(wednesday)]
    steps += [AWARD_REPORT.at(wednesday), AWARD.at(date(2022, 12, 15))]
    record = given(*steps, rules_=midday)
    refusals = record.when(SIGNATURE.at(date(2022, 12, 22))).raised()
    assert "The award takes effect today at midday, when the window for call-in closes" in [
        one.reason for one in refusals
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('takes_effect = "at-closing"', "call_in.takes_effect: is “at-closing”: say with"),
        ("lapses = true", "call_in.lapses: is true: say with “scrutiny_meets”"),
        ('grounds = ["a", "a"]', "call_in.grounds: are each there once"),
        ('closes_at = "25:00"', "call_in.closes_at"),
        ("or_by = [{ members = 0 }]", "call_in.or_by[1].members"),
    ],
)
def test_a_rule_that_does_not_fit_together_is_told(line: str, says: str) -> None:
    text, _ = texts("leeds")
    with pytest.raises(Mistaken) as caught:
        read_constitution(text.replace("members = 4", f"members = 4\n{line}"))
    assert says in str(caught.value)


def test_its_words_tell_times_of_day() -> None:
    from domain.wording import clock

    assert [clock(one) for one in ("12:00", "17:00", "16:30", "09:05", "00:00")] == [
        "midday",
        "5 pm",
        "4.30 pm",
        "9.05 am",
        "12 am",
    ]


def test_rules_of_councils_are_rules_of_call_in() -> None:
    rule = leeds().constitution.call_in
    assert isinstance(rule, CallIn)
    assert rule.ways == (Requesters(members=4),)
    assert CLERK.post == "leeds/democratic-services"
