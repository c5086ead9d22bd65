"""Who may act but not see closed figures learns nothing of them by trying amounts (D9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import pytest
from msgspec.inspect import type_info
from msgspec.structs import replace

from domain.acts import Act
from domain.answers import Answer
from domain.authority import Rules
from domain.case_command import ProcurementCommand
from domain.closed import ClosedPart, Exemption
from domain.deciding import why_not_weigh
from domain.effects import ApproveBudget, AwardContract, Effect
from domain.messages import Aggregate, Command, by_tag
from domain.suggesting import version_before
from domain.values import Amount, Closed
from projections.standing import NOBODY
from tests import scenario
from tests.domain import cases, wyvern
from tests.domain.cases import asks, but, closed_to_all_but, exactly, up_to
from tests.domain.test_extension import report
from tests.scenario import OFFICER, rules, step

TRIED = ("1", "249999.99", "250000", "250000.01", "9999999")
FIGURE = Amount("exempt", closed=Closed("250000"))
NAMES = ("Alpha", "Beta", "Gamma", "Tenderer 1", "Tenderer 2")
AGAIN, TWICE = UUID(int=51), UUID(int=52)
Steps = tuple[step, ...]
Tries = list[tuple[Steps, step]]
"""Records with a closed figure, each with an act that would be compared with it."""


def reading(one: step, *posts: str) -> Rules:
    """The rules of the actor's council, where these posts see closed parts."""
    found = rules(one.by.post.partition("/")[0])
    closed = closed_to_all_but(*posts)
    return replace(found, constitution=replace(found.constitution, closed=closed))


def everybody(one: step) -> tuple[str, ...]:
    return tuple(post.id for post in rules(one.by.post.partition("/")[0]).offices.posts)


def told(tries: Tries, *readers: str) -> set[tuple[tuple[str, str], ...]]:
    """The different answers to all tries."""
    found = set()
    for steps, one in tries:
        made = scenario.given(*steps, rules_=reading(one, *everybody(one)))
        record: Mapping[UUID, Aggregate] = made.concerned(one.command)
        refusals = one.command.why_not(record, one.context(reading(one, *readers)))
        found.add(tuple((refusal.rule, refusal.reason) for refusal in refusals))
    return found


def tried(steps: Iterable[step], one: step, effects: Iterable[Effect]) -> Tries:
    """A report that asks for each of these."""
    return [(tuple(steps), but(one, recommendations=(asks(each),))) for each in effects]


def amended(steps: Iterable[step], one: step, *ways: Iterable[Effect]) -> Tries:
    """A decision that agrees to each of these instead of what was asked for."""
    return [
        (tuple(steps), but(one, answers=tuple(instead(n, each) for n, each in enumerate(effects))))
        for effects in zip(*ways, strict=True)
    ]


def instead(n: int, effect: Effect) -> Answer:
    return Answer("ab"[n], "agreed-as-amended", "Tried", "Otherwise", effect)


def priced(award: AwardContract) -> list[AwardContract]:
    return [replace(award, amount=exactly(one)) for one in TRIED]


def to(award: AwardContract) -> list[AwardContract]:
    return [replace(award, supplier=one) for one in NAMES]


def imported(steps: Iterable[step]) -> Steps:
    return tuple(one._replace(source="the minutes") for one in steps)


def agreed(one: step) -> step:
    return but(one, answers=(Answer("a", "agreed"),))


DIRECT = wyvern.DIRECT
ASKED = wyvern.reported(wyvern.awarding("1"))
TWO = but(ASKED, recommendations=(asks(wyvern.awarding("1")), asks(wyvern.TO_BETA, "b")))
BUDGET = wyvern.granted(wyvern.WITHIN_THE_BUDGET, ApproveBudget(FIGURE))
ALONE, SEVERAL = wyvern.ALONE, replace(wyvern.ALONE, awards="several")
CAP = wyvern.granted(replace(ALONE, cap=FIGURE))
DRAWN = (*wyvern.SEVERAL, wyvern.reported(replace(DIRECT, amount=FIGURE)), wyvern.AWARD)
AWARD_AGAIN = but(wyvern.AWARD, report=AGAIN, decision=TWICE)
HEARD = (wyvern.ASK, wyvern.HEALTH_AGREES, wyvern.FAMILIES_AGREES)
CONSULTED = (*wyvern.GRANTED, wyvern.reported(replace(DIRECT, amount=FIGURE)), *HEARD)
VALUE = but(wyvern.OPEN, value=FIGURE)
BOTH = but(wyvern.STRATEGY, also=(wyvern.OTHER_REFERENCE,))

LEEDS = replace(cases.AWARD_TO_ALPHA, amount=FIGURE)
AUTHORISE = cases.AUTHORISE
UP_TO = but(cases.REPORT, recommendations=(asks(replace(AUTHORISE, up_to=FIGURE)),))
AUTHORISED = (cases.OPEN, UP_TO, agreed(cases.DECISION), cases.TENDER, cases.EVALUATION)
EXEMPT = but(
    cases.EVALUATION,
    exemption=Exemption("Their prices", 3),
    tenders=(replace(cases.ALPHA, price=FIGURE.figure), cases.BETA),
)
EVALUATED = (*cases.AUTHORISED, cases.TENDER, EXEMPT)
AWARDED = (
    *EVALUATED,
    cases.NOTICES,
    but(cases.AWARD_REPORT, recommendations=(asks(replace(LEEDS, supplier="Tenderer 1")),)),
    cases.AWARD,
)
PATHS: Mapping[str, Tries] = {
    "award put up, closed budget": tried(BUDGET, ASKED, priced(DIRECT)),
    "award put up, closed value": tried(
        (VALUE, *imported(wyvern.GRANTED_ALONE[1:])), ASKED, priced(DIRECT)
    ),
    "award put up, closed authority": tried(AUTHORISED, cases.AWARD_REPORT, priced(LEEDS)),
    "award put up, closed offer": tried(EVALUATED, cases.AWARD_REPORT, priced(LEEDS)),
    "award put up, closed names": tried(EVALUATED, cases.AWARD_REPORT, to(LEEDS)),
    "authority put up, closed value": tried(
        (but(cases.OPEN, value=FIGURE, phases=()),),
        cases.REPORT,
        [replace(AUTHORISE, up_to=up_to(one)) for one in TRIED],
    ),
    "plan put up for another procurement too, closed value": [
        (
            (VALUE, but(wyvern.OPEN_OTHER, value=up_to(one))),
            but(BOTH, recommendations=(asks(wyvern.PLAN),)),
        )
        for one in TRIED
    ],
    "award decided, closed budget": amended((*BUDGET, ASKED), wyvern.AWARD, priced(DIRECT)),
    "award decided, closed cap": amended((*CAP, ASKED), wyvern.AWARD, priced(DIRECT)),
    "award decided, closed amount drawn before": amended(
        (*DRAWN, but(ASKED, report=AGAIN)), AWARD_AGAIN, priced(DIRECT)
    ),
    "award decided, closed amount that consultees know": amended(
        CONSULTED, wyvern.AWARD, priced(DIRECT)
    ),
    "awards decided together, closed budget": amended(
        (*wyvern.granted(SEVERAL, ApproveBudget(FIGURE)), TWO),
        wyvern.AWARD,
        priced(DIRECT),
        [wyvern.TO_BETA] * len(TRIED),
    ),
    "contract signed, closed award": [
        (AWARDED, but(cases.SIGNATURE, amount=exactly(one))) for one in TRIED
    ],
    "contract signed, closed names": [
        (AWARDED, but(cases.SIGNATURE, amount=FIGURE, supplier=one)) for one in NAMES
    ],
}


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_tried_who_may_not_see_the_figure_is_told_the_same(path: str) -> None:
    tries = PATHS[path]
    actor = tries[0][1].by
    other = next(one for one in everybody(tries[0][1]) if one.endswith("/democratic-services"))
    assert other != actor.post
    ((refusal,),) = told(tries, other)
    assert refusal == (
        "D9",
        "This is compared with closed figures (Part 2), so it is for those who may see them: "
        "Democratic Services",
    )


@pytest.mark.parametrize("path", PATHS)
def test_who_may_see_the_figure_is_told_what_stands_against_each(path: str) -> None:
    tries = PATHS[path]
    answers = told(tries, tries[0][1].by.post)
    assert len(answers) > 1
    assert not any(rule == "D9" for one in answers for rule, _ in one)


def test_where_nobody_may_see_closed_figures_nobody_may_do_it() -> None:
    steps, one = PATHS["award put up, closed budget"][0]
    found = rules("wyvern")
    nobody = replace(found, constitution=replace(found.constitution, closed=None))
    record = cases.given(*steps).under(nobody).when(one)
    (refusal,) = scenario.given.then_refused(record, "D9")
    assert refusal.reason == (
        "This is compared with closed figures (Part 2), and no rule of Wyvern Council says who "
        "may see them"
    )


@pytest.mark.parametrize(
    "path", ["award decided, closed cap", "plan put up for another procurement too, closed value"]
)
def test_nobody_of_another_council_tries_figures(path: str) -> None:
    """Who sees closed parts at home is told that it is another authority's, and no more."""
    elsewhere = [(steps, one._replace(by=OFFICER)) for steps, one in PATHS[path]]
    seen = reading(elsewhere[0][1], OFFICER.post)
    found = set()
    for steps, one in elsewhere:
        record = scenario.given(*steps, rules_=reading(steps[0], *everybody(steps[0]))).record
        refusals = one.command.why_not({**one.command.concerns(), **record}, one.context(seen))
        found.add(tuple(refusal.rule for refusal in refusals))
    assert len(found) == 1
    assert set(*found) == {"C1"}


def test_what_stands_against_a_report_is_shown_to_who_may_see_what_it_is_compared_with() -> None:
    procurement = cases.given(*BUDGET, ASKED).procurement(wyvern.REFERENCE)
    found = procurement.open_report
    assert found
    for reader, told_by in (wyvern.DIRECTOR, []), (wyvern.CLERK, ["D9"]), (NOBODY, ["D9"]):
        context = ASKED._replace(by=reader).context(reading(ASKED, wyvern.DELEGATE))
        refusals = why_not_weigh(found, [procurement], context)
        assert [one.rule for one in refusals] == told_by
        plan = replace(found, recommendations=(asks(wyvern.PLAN),))
        assert list(why_not_weigh(plan, [procurement], context)) == []


def test_a_fact_is_imported_by_whoever_has_the_duty() -> None:
    steps, one = PATHS["award put up, closed budget"][-1]
    record = cases.given(*steps).under(reading(one, wyvern.HEALTH))
    irregular = record.when(one._replace(source="the minutes")).irregularities()
    assert "D9" not in irregular
    assert "P7" in irregular


@pytest.mark.parametrize("closed", [None, Closed(None)])
def test_a_figure_that_is_not_known_or_was_erased_is_compared_with_nothing(
    closed: Closed | None,
) -> None:
    unknown = Amount("exempt", closed=closed)
    steps = wyvern.granted(wyvern.WITHIN_THE_BUDGET, ApproveBudget(unknown))
    assert all(rule != "D9" for one in told([(steps, ASKED)], wyvern.HEALTH) for rule, _ in one)


def test_a_closed_paper_alone_keeps_nobody_from_acting() -> None:
    paper = ClosedPart("Appendix 2", Exemption("Their prices", 3), Closed("Not for everybody"))
    opened, *rest = wyvern.GRANTED_ALONE
    steps = (opened, *imported((but(rest[0], closed=(paper,)), *rest[1:])))
    assert told([(steps, ASKED)], wyvern.HEALTH) == {()}


def test_what_has_no_amount_is_for_those_who_have_the_duty() -> None:
    """An option to extend is taken up whatever the price, which is closed."""
    figure = replace(DIRECT, amount=FIGURE, extensions=(24, 24))
    signed = but(wyvern.SIGNATURE, amount=FIGURE)
    steps = (*wyvern.GRANTED_ALONE, wyvern.reported(figure), wyvern.AWARD, signed)
    assert told([(steps, report(1))], wyvern.HEALTH) == {()}


def test_who_sees_closed_parts_in_one_post_may_act_in_another() -> None:
    """What somebody knows they know in each of their posts: the manager deputises as Director."""
    assert wyvern.DEPUTY_DIRECTOR.person == wyvern.MANAGER.person
    answers = told(PATHS["award put up, closed budget"], wyvern.DELEGATE)
    assert not any(rule == "D9" for one in answers for rule, _ in one)


def test_every_command_that_carries_amounts_says_whether_they_are_compared() -> None:
    """These give figures that are on nobody's record yet, and ask nothing about those that are."""
    gives = {"open-procurement", "enter-exempt-figure", "record-evaluation"}
    kinds = by_tag(Command).items()
    amounts = {
        tag for tag, kind in kinds if re.search("Amount|ScoredTender", repr(type_info(kind)))
    }
    compared = {
        tag
        for tag, kind in kinds
        if issubclass(kind, ProcurementCommand) and kind.compares is not ProcurementCommand.compares
    }
    assert compared == {
        "pass-on-authority",
        "put-up-report",
        "take-decision",
        "sign-contract",
    }
    assert amounts == gives | compared


def offered(figure: str, rules_: Rules) -> tuple[dict[str, Act], str]:
    """What Leeds is offered next, and what a new report would say, with this closed authority."""
    up_to = replace(AUTHORISE, up_to=replace(FIGURE, closed=Closed(figure)))
    opened, _, *rest = AUTHORISED
    steps = (opened, but(UP_TO, recommendations=(asks(up_to),)), *rest)
    day = date(2022, 12, 7)
    case = cases.given(*steps, rules_=rules_).procurement()
    gateway = rules_.constitution.gateways[0]
    before = version_before(gateway, case)
    assert before
    (draft,) = before.recommendations
    return cases.acts(*steps, on=day, rules_=rules_), draft.text


def test_what_is_offered_next_says_nothing_of_a_closed_figure() -> None:
    """A price of £380,000 may be above what was authorised: nobody waits for another report."""
    rules_ = reading(UP_TO, *everybody(UP_TO))
    small, large = offered("1", rules_), offered("399999", rules_)
    assert small == large
    again = small[0]["put-up-report procurement"]
    assert (again.title, again.awaited) == ("Put up a new version of “Authority to procure”", False)
    assert small[1].endswith("Set the authority at what was offered, £380,000.")
