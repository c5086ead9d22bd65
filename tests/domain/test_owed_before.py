"""The notices before a contract: UK2 to UK6, each with what asks for it (P8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement import EngageMarket
from domain.market import TendersInvited
from domain.noticed import Noticed
from domain.owed_before import before_the_contract
from domain.publishing import NoticePublished
from domain.values import When
from tests.domain import laws, wyvern
from tests.domain.cases import (
    AUTHORISE,
    CRITERIA,
    EVALUATION,
    NOTICES,
    RM6187,
    TENDER,
    WITHOUT_COMPETITION,
    acts,
    asks,
    but,
    exactly,
    given,
    up_to,
)
from tests.domain.laws import ASSESSED
from tests.domain.owing import in_wyvern, owed_by, publish, said
from tests.domain.timetables import days, of
from tests.scenario import DIRECTOR, step

OPENED, INVITED = date(2026, 9, 14), date(2026, 9, 14)
CLOSES = date(2026, 10, 12)
NEWER = replace(RM6187, since=date(2025, 3, 1), until=date(2028, 1, 1))
AUTHORISED = laws.authorised("pa2023")
INVITE = but(TENDER.at(INVITED), closes=CLOSES)
SMALL = {"value": up_to("150000"), "phases": ()}


def opened(**fields: Any) -> tuple[step, ...]:
    """Authorised in a procurement that was opened otherwise."""
    first, report, *others = AUTHORISED
    if value := fields.get("value"):
        free = replace(AUTHORISE, up_to=value)
        asked = report.command.recommendations[1:]  # type: ignore[attr-defined]
        report = but(report, recommendations=(asks(free), *asked))
    return (but(first, **fields), report, *others)


ENGAGED = step(EngageMarket(wyvern.CASE, "soft-market-test", "Who could do it"), wyvern.MANAGER)


def sounded(**fields: Any) -> tuple[step, ...]:
    """The market was engaged at Wyvern, by a plan that allows it."""
    value = fields.get("value", up_to("400000"))
    authorise = replace(wyvern.AUTHORISE, up_to=value)
    steps = (
        but(wyvern.OPEN, regime="pa2023", **fields),
        but(wyvern.STRATEGY, recommendations=(asks(wyvern.PLAN), asks(authorise, "b"))),
        wyvern.RESOLVED,
        ENGAGED,
        in_wyvern(ASSESSED),
    )
    return tuple(one.at(OPENED) for one in steps)


AT_WYVERN = step(
    replace(INVITE.command, procurement=wyvern.CASE, criteria=CRITERIA), wyvern.MANAGER, INVITED
)
UK2 = in_wyvern(publish("UK2", INVITED, identifier="2026/S 000-000002"))
FIRST = (
    "The preliminary market engagement notice (UK2) goes first: publish it, or say why the "
    "tender notice does without"
)


def at_wyvern(*steps: step) -> dict[str, str]:
    return said(*steps, on=INVITED, reference=wyvern.REFERENCE)


def test_who_engaged_the_market_says_so_before_tenders_are_invited() -> None:
    assert given(*sounded()).when(AT_WYVERN).reason("P8") == FIRST
    assert at_wyvern(*sounded())["UK2"] == "not published yet"
    given(*sounded(), UK2).when(AT_WYVERN).outcome()
    assert at_wyvern(*sounded(), UK2, AT_WYVERN)["UK2"] == "published 14 September 2026"


def test_or_the_tender_notice_says_why_not() -> None:
    reasons = but(AT_WYVERN, no_engagement_notice="It was before the Act was known")
    given(*sounded()).when(reasons).outcome()
    found = at_wyvern(*sounded(), reasons)
    assert found["UK2"] == "not published: It was before the Act was known"
    waiting = acts(*sounded(), reasons, on=INVITED, reference=wyvern.REFERENCE)
    assert "publish-notice UK2" not in waiting


def test_of_an_imported_invitation_the_notice_is_not_in_the_record() -> None:
    imported = AT_WYVERN._replace(source="the tender notice")
    assert given(*sounded()).when(imported).irregularities() == ["P8"]
    assert at_wyvern(*sounded(), imported)["UK2"] == "not in the record"
    reason = given(*sounded(), imported).when(UK2).reason("P8")
    assert reason == (
        "The preliminary market engagement notice (UK2) comes before the tender notice, or that "
        "one says why not: tenders were invited"
    )


def test_the_notice_waits_in_the_queue_of_whoever_publishes_notices() -> None:
    waiting = acts(*sounded(), on=INVITED, reference=wyvern.REFERENCE)["publish-notice UK2"]
    title = "Publish the preliminary market engagement notice (UK2)"
    assert (waiting.title, waiting.queued, waiting.since) == (title, True, OPENED)
    assert waiting.posts == (wyvern.MANAGER.post, wyvern.BUYER.post)


@pytest.mark.parametrize("fields", [{"framework": NEWER}, {"value": up_to("150000")}])
def test_a_call_off_and_what_is_below_the_threshold_need_no_such_notice(fields: Any) -> None:
    steps = sounded(term=None, **fields)
    assert "UK2" not in owed_by(*steps, on=INVITED, reference=wyvern.REFERENCE)
    given(*steps).when(AT_WYVERN).outcome()


def test_without_engagement_there_is_nothing_to_say() -> None:
    assert "UK2" not in owed_by(*AUTHORISED, on=INVITED)
    given(*AUTHORISED).when(publish("UK2", INVITED)).then_refused("C1")


def test_a_planned_procurement_notice_is_nobodys_duty() -> None:
    act = acts(*AUTHORISED, on=INVITED)["publish-notice UK3"]
    assert (act.title, act.awaited) == ("Publish the planned procurement notice (UK3)", False)
    assert "UK3" not in said(*AUTHORISED, on=INVITED)
    assert "publish-notice UK3" not in acts(*AUTHORISED, INVITE, on=INVITED)
    given(*AUTHORISED, INVITE).when(publish("UK3", INVITED)).then_refused("C1")


def test_one_that_qualifies_leaves_ten_days_to_tender_in_a_timetable() -> None:
    terms = replace(AUTHORISE, tender_days=0)
    first, report, *others = AUTHORISED
    asked = report.command.recommendations[1:]  # type: ignore[attr-defined]
    steps = (first, but(report, recommendations=(asks(terms), *asked)), *others)
    announced = (*steps, publish("UK3", INVITED))
    for later, least in (39, 25), (40, 10), (365, 10), (366, 25):
        day = INVITED + timedelta(days=later)
        found = days(of(*announced, day=day))
        assert (found["closed"] - found["invited"]).days == least
    row = owed_by(*announced, on=INVITED)["UK3"]
    assert row.because == ("it allows 10 days to tender from 24 October 2026 to 14 September 2027")


@pytest.mark.parametrize(
    ("later", "because"),
    [
        (39, "it was not published 40 days to 12 months ahead: it shortened nothing"),
        (40, "it was published 40 days to 12 months ahead: 10 days to tender were enough"),
    ],
)
def test_once_tenders_are_invited_it_is_said_whether_it_qualified(later: int, because: str) -> None:
    day = INVITED + timedelta(days=later)
    invite = but(INVITE.at(day), closes=day + timedelta(days=25))
    steps = (*AUTHORISED, publish("UK3", INVITED), invite)
    assert owed_by(*steps, on=day)["UK3"].because == because


def test_tenders_are_invited_by_the_tender_notice() -> None:
    before = owed_by(*AUTHORISED, on=INVITED)["UK4"]
    assert (before.because, before.since, before.waits) == ("tenders are invited", OPENED, True)
    named = but(INVITE, identifier="2026/S 000-000004")
    event = TendersInvited(CLOSES, CRITERIA, True, "2026/S 000-000004", "")
    given(*AUTHORISED).when(named).then(event)
    done = owed_by(*AUTHORISED, named, on=INVITED)["UK4"].done
    assert done == Noticed("UK4", When(INVITED), "", "2026/S 000-000004")


def test_it_is_put_on_record_by_the_invitation_and_nothing_else() -> None:
    reason = given(*AUTHORISED).when(publish("UK4", INVITED)).reason("C1")
    assert reason == "The tender notice (UK4) is put on record with the invitation to tender"
    assert "publish-notice UK4" not in acts(*AUTHORISED, on=INVITED)


def test_above_the_threshold_a_competition_is_advertised() -> None:
    chosen = but(INVITE, advertised=False)
    reason = given(*AUTHORISED).when(chosen).reason("P8")
    assert reason == "A competition above the threshold is advertised by a tender notice (UK4)"
    given(*opened(**SMALL)).when(chosen).outcome()
    given(*opened(framework=NEWER)).when(chosen).outcome()
    given(*laws.authorised("pcr2015")).when(chosen).outcome()


def in_december(**fields: Any) -> tuple[step, ...]:
    """Opened and authorised in December 2025, to be invited under the thresholds of 2026."""
    return tuple(one.at(date(2025, 12, 1)) for one in opened(term=None, phases=(), **fields))


AFTER_NEW_YEAR = but(TENDER.at(date(2026, 2, 2)), closes=date(2026, 3, 30))
BETWEEN = up_to("175000")
"""£210,000 with VAT: below the threshold of 2025, and above that of 2026."""


def test_what_the_day_of_the_invitation_puts_above_the_threshold_is_advertised() -> None:
    steps = in_december(value=BETWEEN)
    chosen = but(AFTER_NEW_YEAR, advertised=False)
    reason = given(*steps).when(chosen).reason("P8")
    assert reason == "A competition above the threshold is advertised by a tender notice (UK4)"
    given(*steps).when(chosen.at(date(2025, 12, 8))).outcome()
    found = owed_by(*steps, AFTER_NEW_YEAR, on=date(2026, 2, 2))["UK4"]
    assert found.done == Noticed("UK4", When(date(2026, 2, 2)))


def test_a_concession_above_the_threshold_of_that_day_has_its_tender_notice() -> None:
    december = in_december(value=up_to("4416666"), subject="concession")
    steps = tuple(one._replace(source="the file") for one in december)
    assert owed_by(*steps, on=date(2025, 12, 31)) == {}
    assert owed_by(*steps, on=date(2026, 1, 1))["UK4"].waits
    assert owed_by(*steps, AFTER_NEW_YEAR, on=date(2026, 2, 2))["UK4"].done


def test_who_engaged_the_market_says_so_by_the_threshold_of_the_invitation() -> None:
    steps = tuple(
        one.at(date(2025, 12, 1)) for one in sounded(value=BETWEEN, term=None, framework=None)
    )
    invite = but(AT_WYVERN.at(date(2026, 2, 2)), closes=date(2026, 3, 30))
    assert given(*steps).when(invite).reason("P8") == FIRST
    uk2 = UK2.at(date(2026, 2, 2))
    given(*steps, uk2).when(invite).outcome()
    in_time = but(invite.at(date(2025, 12, 8)), closes=date(2026, 1, 30))
    given(*steps).when(in_time).outcome()


def test_below_the_threshold_only_what_is_advertised_has_a_tender_notice() -> None:
    steps = opened(**SMALL)
    before = owed_by(*steps, on=INVITED)["UK4"]
    assert before.because == "tenders are invited, if by advertisement"
    assert "UK4" in said(*steps, INVITE, on=INVITED)
    chosen = but(INVITE, advertised=False)
    assert said(*steps, chosen, on=INVITED) == {}


@pytest.mark.parametrize(
    ("value", "subject", "there"),
    [
        ("24999.99", "services", False),
        ("25000", "services", True),
        ("150000", "concession", False),
    ],
)
def test_below_30_000_with_vat_and_for_small_concessions_nothing_is_published(
    value: str, subject: str, there: bool
) -> None:
    found = given(*opened(**SMALL)).procurement()
    case = replace(found, value=up_to(value), subject=subject)
    codes = [one.notice.code for one in before_the_contract(case)]
    assert codes == (["UK4"] if there else [])


def test_a_call_off_under_a_framework_has_no_tender_notice_but_its_award_notice() -> None:
    steps = opened(framework=NEWER)
    assert said(*steps, INVITE, on=INVITED) == {}
    evaluated = (*steps, INVITE, EVALUATION.at(date(2026, 10, 13)))
    assert list(said(*evaluated, on=CLOSES)) == ["UK6"]


def direct(**fields: Any) -> tuple[step, ...]:
    """Awarded without competition, and without a word of it."""
    award = replace(WITHOUT_COMPETITION, **fields)
    return tuple(one for one in laws.awarded("pa2023", award) if one != laws.TRANSPARENCY)


DECIDED = date(2026, 10, 13)


@pytest.mark.parametrize("process", ["ordinary", "extreme-urgency", "protecting-life"])
def test_a_direct_award_is_announced_before_it_is_made(process: Any) -> None:
    steps = direct(process=process)
    reason = given(*steps).when(NOTICES.at(DECIDED)).reason("P8")
    assert reason == "The transparency notice (UK5) goes first: the award is without competition"
    assert said(*steps, on=DECIDED)["UK5"] == "not published yet"
    uk5 = publish("UK5", DECIDED)
    given(*steps).when(uk5).then(NoticePublished("UK5", "", ""))
    given(*steps, uk5).when(NOTICES.at(DECIDED)).outcome()
    assert given(*steps, uk5).when(uk5).reason("C2") == (
        "The transparency notice (UK5) has been published"
    )


def test_it_may_be_announced_as_soon_as_a_report_asks_for_it() -> None:
    *before, _ = direct()
    waiting = acts(*before, on=DECIDED)["publish-notice UK5"]
    assert waiting.queued
    given(*before).when(publish("UK5", DECIDED)).outcome()
    given(*AUTHORISED).when(publish("UK5", DECIDED)).then_refused("C1")


def test_an_imported_direct_award_without_its_notice_is_irregular_once() -> None:
    told = NOTICES.at(DECIDED)._replace(source="the award notice")
    steps = direct(process="extreme-urgency")
    assert given(*steps).when(told).irregularities() == ["P8"]
    assert said(*steps, told, on=DECIDED)["UK5"] == "not in the record"
    signed = laws.SIGNATURE.at(DECIDED)
    given(*steps, told).when(signed).outcome()
    found = said(*steps, told, signed, on=DECIDED)
    assert (found["UK5"], found["UK6"]) == ("not in the record", "published 13 October 2026")
    assert "publish-notice UK5" not in acts(*steps, told, signed, on=DECIDED)


@pytest.mark.parametrize("fields", [{"framework": NEWER}, {"value": up_to("150000")}])
def test_call_offs_and_small_direct_awards_are_not_announced_before(fields: Any) -> None:
    *_, report, decision = direct(amount=exactly("140000"))
    steps = (*opened(phases=(), **fields), report, decision)
    assert "UK5" not in owed_by(*steps, on=DECIDED)
    given(*steps).when(NOTICES.at(DECIDED)).outcome()


def test_the_award_notice_comes_before_the_signature() -> None:
    steps = laws.evaluated("pa2023")
    one = owed_by(*steps, on=DECIDED)["UK6"]
    assert one.waits
    assert one.notice.due == "before the contract is signed"
    told = laws.told("pa2023", date(2026, 11, 19))
    assert said(*told, on=date(2026, 11, 19))["UK6"] == "published 19 November 2026"


def test_an_imported_contract_without_an_award_notice_shows_that() -> None:
    signed = laws.SIGNATURE.at(DECIDED)._replace(source="the contract")
    steps = (*laws.awarded("pa2023"), signed)
    assert said(*steps, on=DECIDED)["UK6"] == "not in the record"


@pytest.mark.parametrize("regime", ["pcr2015", "psr2023"])
def test_other_laws_ask_for_none_of_these(regime: Any) -> None:
    steps = laws.awarded(regime)
    assert owed_by(*steps, on=DECIDED) == {}
    reason = given(*steps).when(publish("UK5", DECIDED)).reason("C1")
    assert reason == "Only the Procurement Act 2023 asks for this notice"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("UK1", "The pipeline notice (UK1) is the authority's, not that of one procurement"),
        ("UK8", "The contract payment notice (UK8) is the authority's, not that of one "),
        ("UK13", "The dynamic market notice: intention (UK13) is asked of a dynamic market of "),
        ("UK11", "Nothing here asks for the contract termination notice (UK11)"),
    ],
)
def test_what_is_no_notice_of_this_case_is_not_published_in_it(code: str, reason: str) -> None:
    assert given(*AUTHORISED).when(publish(code, INVITED)).reason("C1").startswith(reason)


def test_who_publishes_award_notices_publishes_the_others_unless_somebody_is_named() -> None:
    record = given(*direct())
    by_another = publish("UK5", DECIDED)._replace(by=DIRECTOR)
    assert record.when(by_another).reason("G1").startswith("This is for ")
