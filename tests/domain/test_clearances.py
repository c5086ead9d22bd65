"""A report is cleared by finance, legal and others, version by version, before it is decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.acts import next_acts
from domain.clearance_rule import ClearanceRule
from domain.clearances import ClearanceGiven, GiveClearance, Standing, clearances_of
from domain.report_acts import PublishReport
from domain.reported import Clearance
from domain.values import When
from domain.withdrawing import WithdrawReport
from projections.cleared import cleared
from projections.rulebook import compare
from projections.rulebook_clearances import of_which
from projections.sentences import sentence
from tests import scenario
from tests.domain import cases
from tests.domain.cases import AWARD_REPORT_ID, DECISION_ID, REPORT_ID, UNHEARD_OF, acts, but, given
from tests.domain.wyvern import (
    AWARD,
    AWARD_REPORT,
    BUYER,
    CASE,
    CLERK,
    DEPUTY_DIRECTOR,
    GRANTED_ALONE,
    LAWYER,
    MANAGER,
    OPEN,
    OPEN_OTHER,
    OTHER,
    OTHER_REFERENCE,
    REFERENCE,
    RESOLVED,
    STRATEGY,
    wyvern,
)
from tests.scenario import DAY, holder, rules, step


def takes(kind: str, *posts: str, **limits: tuple[str, ...]) -> ClearanceRule:
    given_by = tuple(f"wyvern/{one}" for one in posts)
    return ClearanceRule(
        kind=kind, given_by=given_by, standing="illustrative", where="a test", **limits
    )


FINANCE = takes("finance", "head-of-procurement")
LEGAL = takes("legal", "legal-services")
MONITORING = takes("monitoring-officer", "democratic-services")
EQUALITY = takes("equality", "commissioning-manager", "legal-services")
ALL = wyvern(clearances=(FINANCE, LEGAL, MONITORING, EQUALITY))
SECOND = but(STRATEGY, report=AWARD_REPORT_ID)
WITHDRAWN = step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"), MANAGER)


def clear(kind: str, by: object, outcome: str = "cleared", report: UUID = REPORT_ID) -> step:
    return step(GiveClearance(CASE, report, kind, outcome, "The figures hold"), by)  # type: ignore[arg-type]


BY_FINANCE, BY_LEGAL = clear("finance", BUYER), clear("legal", LAWYER)
BY_MONITORING, BY_EQUALITY = clear("monitoring-officer", CLERK), clear("equality", LAWYER)
EVERY = (BY_FINANCE, BY_LEGAL, BY_MONITORING, BY_EQUALITY)
WAITING = (OPEN, STRATEGY)


def test_a_report_is_decided_once_every_clearance_of_the_constitution_is_given() -> None:
    """Rule L2."""
    given(*WAITING, *EVERY, rules_=ALL).when(RESOLVED).outcome()
    given(*WAITING).when(RESOLVED).outcome()


def test_every_clearance_that_is_missing_is_named_with_who_gives_it() -> None:
    refusals = given(*WAITING, BY_LEGAL, rules_=ALL).when(RESOLVED).then_refused("L2", "L2", "L2")
    assert [one.reason for one in refusals] == [
        "The finance clearance is not on record: it is for Head of Procurement to give",
        "The monitoring officer clearance is not on record: it is for Democratic Services to give",
        "The equality clearance is not on record: "
        "it is for Commissioning Manager or Legal Services to give",
    ]
    assert {one.provenance for one in refusals} == {"illustrative: a test"}


def test_comments_do_not_stand_against_a_decision_and_a_refusal_does() -> None:
    finance = wyvern(clearances=(FINANCE,))
    with_comments = but(BY_FINANCE, outcome="cleared-with-comments")
    given(*WAITING, with_comments, rules_=finance).when(RESOLVED).outcome()
    refused = given(*WAITING, but(BY_FINANCE, outcome="not-cleared"), rules_=finance)
    said = "The finance clearance was refused for this version: it takes a new one"
    assert refused.when(RESOLVED).reason("L2") == said


def test_it_is_given_once_for_a_version() -> None:
    record = given(*WAITING, but(BY_FINANCE, outcome="not-cleared"), rules_=ALL)
    (refusal,) = record.when(BY_FINANCE).then_refused("C2")
    assert refusal.reason == "The finance clearance was given for this version"


def test_a_new_version_is_cleared_again() -> None:
    record = given(*WAITING, BY_FINANCE, WITHDRAWN, SECOND, rules_=wyvern(clearances=(FINANCE,)))
    again = but(RESOLVED, report=AWARD_REPORT_ID)
    assert record.when(again).reason("L2") == (
        "The finance clearance was given for version 1; version 2 needs it again, "
        "from Head of Procurement"
    )
    record.when(but(BY_FINANCE, report=AWARD_REPORT_ID)).then(
        ClearanceGiven(AWARD_REPORT_ID, "finance", 2, "cleared", "The figures hold")
    )
    second = but(BY_FINANCE, report=AWARD_REPORT_ID)
    steps = (*WAITING, BY_FINANCE, WITHDRAWN, SECOND, second)
    given(*steps, rules_=wyvern(clearances=(FINANCE,))).when(again).outcome()


def test_what_was_cleared_two_versions_ago_is_named_with_that_version() -> None:
    third = but(STRATEGY, report=DECISION_ID)
    steps = (*WAITING, BY_FINANCE, WITHDRAWN, SECOND, but(WITHDRAWN, report=AWARD_REPORT_ID), third)
    found = given(*steps, rules_=ALL).procurement(REFERENCE)
    context = third.context(ALL)
    at = {one.kind: one for one in clearances_of(found.reports[DECISION_ID], found, context)}
    assert at["finance"] == Standing("finance", FINANCE, None, 1)
    assert at["legal"].before == 0


def test_it_is_for_the_posts_that_the_constitution_names() -> None:
    (refusal,) = given(*WAITING, rules_=ALL).when(clear("finance", LAWYER)).then_refused("G1")
    assert refusal.reason == "This is for Head of Procurement to do, not for Legal Services"
    assert refusal.provenance == "illustrative: a test"
    deputising = wyvern(clearances=(takes("health", "director-of-public-health"),))
    record = given(*WAITING, rules_=deputising)
    lawyer_as_director = replace(LAWYER, post="wyvern/director-of-public-health")
    record.when(clear("health", lawyer_as_director)).then_refused("G1")


def test_the_author_of_a_report_does_not_clear_it() -> None:
    """Rule G6, also where the author deputises for the post that clears."""
    record = given(*WAITING, rules_=ALL)
    (refusal,) = record.when(clear("equality", MANAGER)).then_refused("G6")
    assert refusal.reason == "The author of a report does not give its clearance"
    health = wyvern(clearances=(takes("health", "director-of-public-health"),))
    given(*WAITING, rules_=health).when(clear("health", DEPUTY_DIRECTOR)).then_refused("G6")
    given(*WAITING, rules_=health).when(
        clear("health", holder("wyvern/director-of-public-health"))
    ).outcome()


def test_only_what_the_report_takes_is_cleared_and_only_while_it_waits() -> None:
    (refusal,) = given(*WAITING, rules_=ALL).when(clear("climate", BUYER)).then_refused("C1")
    assert refusal.reason == (
        "This report takes no climate clearance. "
        "It takes: finance, legal, monitoring officer and equality"
    )
    (refusal,) = given(*WAITING).when(BY_FINANCE).then_refused("C1")
    assert refusal.reason == "This report takes no finance clearance. It takes: none"
    unheard = but(BY_FINANCE, report=UNHEARD_OF)
    given(*WAITING, rules_=ALL).when(unheard).then_refused("C1")
    given(*WAITING, WITHDRAWN, rules_=ALL).when(BY_FINANCE).then_refused("C2")
    decided = (*WAITING, *EVERY, RESOLVED)
    given(*decided, rules_=ALL).when(BY_FINANCE).then_refused("C2", "C2")


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (replace(FINANCE, gateways=("strategy",)), True),
        (replace(FINANCE, gateways=("options",)), True),
        (replace(FINANCE, gateways=("award",)), False),
        (replace(FINANCE, classes=("cabinet",)), True),
        (replace(FINANCE, classes=("key",)), False),
        (replace(FINANCE, gateways=("strategy",), classes=("key",)), False),
    ],
)
def test_a_rule_may_be_for_some_gateways_and_some_classes(rule: ClearanceRule, asked: bool) -> None:
    """The report passes the options as well: it is put up to both gateways."""
    record = given(*WAITING, rules_=wyvern(clearances=(rule,)))
    if asked:
        record.when(RESOLVED).then_refused("L2")
    else:
        record.when(RESOLVED).outcome()


def test_of_two_rules_on_one_kind_the_first_that_fits_counts() -> None:
    small = replace(FINANCE, classes=("officer",))
    other = replace(FINANCE, given_by=("wyvern/legal-services",))
    record = given(*WAITING, rules_=wyvern(clearances=(small, other)))
    assert record.when(RESOLVED).reason("L2").endswith("it is for Legal Services to give")


def test_a_decision_of_a_meeting_cannot_have_been_before_the_clearance() -> None:
    finance = wyvern(clearances=(FINANCE,))
    record = scenario.given(*WAITING, BY_FINANCE.at(date(2022, 11, 21)), rules_=finance)
    late = RESOLVED.at(date(2022, 12, 5))
    record.when(but(late, met=date(2022, 11, 22))).outcome()
    (refusal,) = record.when(but(late, met=date(2022, 11, 18))).then_refused("D8")
    assert refusal.reason == (
        "The meeting cannot have been before the finance clearance was given: 21 November 2022"
    )


def test_over_several_procurements_it_is_given_in_each() -> None:
    finance = wyvern(clearances=(FINANCE,))
    both = but(STRATEGY, also=(OTHER_REFERENCE,), class_reason="Neither is key alone")
    record = given(OPEN, OPEN_OTHER, both, rules_=finance)
    record.when(BY_FINANCE).then_refused("C1")
    record = given(OPEN, OPEN_OTHER, both, but(BY_FINANCE, also=(OTHER_REFERENCE,)), rules_=finance)
    for stream in CASE, OTHER:
        assert record.record[stream].reports[REPORT_ID].clearances["finance"].by == BUYER


def test_each_waits_in_the_queue_of_its_post_as_soon_as_the_report_is_put_up() -> None:
    found = acts(*WAITING, BY_LEGAL, rules_=ALL, reference=REFERENCE)
    waits = {
        name.rpartition(" ")[2]: one for name, one in found.items() if one.do == "give-clearance"
    }
    assert list(waits) == ["finance", "monitoring-officer", "equality"]
    finance = waits["finance"]
    assert (finance.posts, finance.queued) == (("wyvern/head-of-procurement",), True)
    assert finance.title == ("Give the finance clearance of “A strategy for young people's health”")
    decide = found[f"take-decision {REPORT_ID}"]
    assert (decide.queued, decide.waits_for) == (True, "clearances")
    assert not found[f"withdraw-report {REPORT_ID}"].awaited


def test_the_title_says_that_a_new_version_has_to_be_cleared_again() -> None:
    steps = (*WAITING, BY_FINANCE, WITHDRAWN, SECOND)
    found = acts(*steps, rules_=ALL, reference=REFERENCE)
    again = found[f"give-clearance {AWARD_REPORT_ID} finance"].title
    assert again.endswith("” again, for version 2")


def test_a_refused_clearance_leaves_the_author_to_withdraw_and_nobody_to_decide() -> None:
    refused = clear("finance", BUYER, "not-cleared")
    found = acts(*WAITING, refused, rules_=ALL, reference=REFERENCE)
    assert found[f"withdraw-report {REPORT_ID}"].queued
    assert not found[f"take-decision {REPORT_ID}"].queued


def test_what_was_decided_once_and_referred_back_waits_for_no_clearance() -> None:
    where = {"standing": "illustrative", "where": "a test"}
    legal = ClearanceRule(kind="legal", given_by=("leeds/legal-services",), **where)  # type: ignore[arg-type]
    strict = cases.leeds(clearances=(legal,))
    back = (*cases.KEY_DECIDED, cases.CALL_IN, cases.REFERRED_BACK)
    found = acts(*back, on=date(2023, 1, 9), rules_=rules("leeds"))
    assert found[f"take-decision {REPORT_ID}"].queued
    after = cases.given(*back)
    after.rules = strict
    after.when(cases.RECONSIDERED).outcome()


def test_what_is_shown_of_a_decided_report_is_what_was_given() -> None:
    record = given(*WAITING, *EVERY, RESOLVED, rules_=ALL).procurement(REFERENCE)
    more = wyvern(clearances=(*ALL.constitution.clearances, takes("climate", "legal-services")))
    shown = clearances_of(record.reports[REPORT_ID], record, RESOLVED.context(more))
    assert [one.kind for one in shown] == ["finance", "legal", "monitoring-officer", "equality"]
    (first, *_) = cleared(record.reports[REPORT_ID], record, RESOLVED.context(more))
    assert first == {
        "kind": "finance",
        "outcome": "cleared",
        "comment": "The figures hold",
        "by": "wyvern/head-of-procurement",
        "by_title": "Head of Procurement",
        "on_text": "14 November 2022",
        "awaited_from": [],
        "version": 1,
        "before": 0,
    }
    waiting = given(*WAITING, rules_=ALL).procurement(REFERENCE)
    (first, *_) = cleared(waiting.reports[REPORT_ID], waiting, RESOLVED.context(ALL))
    assert (first["outcome"], first["awaited_from"]) == (None, ["Head of Procurement"])


def test_an_imported_clearance_is_kept_with_its_post_alone() -> None:
    imported = BY_FINANCE._replace(source="the minutes", by=replace(BUYER, person=None))
    record = given(*WAITING, imported, rules_=ALL).procurement(REFERENCE)
    kept = record.reports[REPORT_ID].clearances["finance"]
    assert kept == Clearance("cleared", "The figures hold", replace(BUYER, person=None), When(DAY))
    assert record.irregularities == ()


def test_it_is_told_with_its_version_and_its_comment() -> None:
    event = ClearanceGiven(REPORT_ID, "monitoring-officer", 2, "not-cleared", "No power is named")
    assert sentence(event) == (
        "The monitoring officer clearance of version 2: not cleared. No power is named."
    )


def test_the_rules_say_who_clears_what_and_versions_are_compared() -> None:
    title = ALL.offices.title
    limited = replace(FINANCE, gateways=("strategy",), classes=("key",))
    before = rules("wyvern").constitution
    after = replace(before, clearances=(limited,))
    assert of_which(limited, after, title) == (
        "Clearance before a decision, finance: Head of Procurement, "
        "for “Gateway 1: strategy”; “Key decision”"
    )
    assert of_which(FINANCE, after, title).endswith("finance: Head of Procurement")
    (change,) = compare(before, after, title)
    assert change.sentence.startswith("Clearance “finance” is added: who gives it: Head of")
    (narrowed,) = compare(replace(before, clearances=(replace(limited, classes=()),)), after, title)
    assert narrowed.aspect == "for which classes of decision"
    assert (narrowed.was, narrowed.now) == ("all", "“Key decision”")


def test_publishing_needs_no_clearance() -> None:
    given(*WAITING, rules_=ALL).when(step(PublishReport(CASE, REPORT_ID), CLERK)).outcome()


def test_under_delegated_authority_it_is_asked_for_all_the_same() -> None:
    finance = wyvern(clearances=(replace(FINANCE, gateways=("award",)),))
    given(*GRANTED_ALONE, AWARD_REPORT, rules_=finance).when(AWARD).then_refused("L2")
    cleared_ = but(BY_FINANCE, report=AWARD_REPORT_ID)
    given(*GRANTED_ALONE, AWARD_REPORT, cleared_, rules_=finance).when(AWARD).outcome()


def test_what_was_given_is_shown_where_the_rules_ask_for_it_no_more_and_stands_in_no_way() -> None:
    record = given(*WAITING, but(BY_FINANCE, outcome="not-cleared"), rules_=ALL)
    record.under(wyvern()).when(RESOLVED).outcome()
    case, context = record.procurement(REFERENCE), RESOLVED.context(wyvern())
    (shown,) = clearances_of(case.reports[REPORT_ID], case, context)
    assert (shown.rule, shown.kind) == (None, "finance")
    assert "give-clearance" not in [one.do for one in next_acts(case, context)]
