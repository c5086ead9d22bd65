from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.changes import Change, changes
from domain.effects import VaryContract
from domain.extension import why_not_extend
from domain.values import Amount
from domain.variation import ContractVaried
from tests.domain.cases import asks, but, exactly, given
from tests.domain.varying import (
    LATER,
    MORE,
    SIGNED,
    case,
    contract,
    decided,
    decision,
    happened,
    make,
    of,
    report,
    to,
    varied,
)
from tests.domain.wyvern import AWARDED, DIRECTOR, wyvern

SOUTHWARKS = contract("pcr2015", "works", "7783403")
LIGHT = contract(subject="light-touch")
FREELY = replace(MORE, ground="light-touch")


def test_the_increase_is_computed_from_the_amounts_and_never_typed_in() -> None:
    change = to("8804964")
    event = happened(*SOUTHWARKS, *varied(change))
    before, after = exactly("7783403"), exactly("8804964")
    assert event == ContractVaried(of(1), "a", change, Change(before, before, after))
    assert event.figures.difference == Decimal(1_021_561)
    assert event.figures.percent == Decimal(1_021_561) * 100 / 7_783_403


def test_what_is_asked_for_is_the_whole_amount_and_has_no_field_for_the_difference() -> None:
    assert set(VaryContract.__struct_fields__) == {
        *("scope", "ground", "because", "amount", "months", "alters", "apart", "since"),
    }


def test_the_contract_keeps_its_original_and_every_change_of_it() -> None:
    steps = (*contract(), *varied(to("1200000"), to("1400000", months=12)))
    found = case(*steps).contract
    assert found
    assert (found.original, found.amount) == (exactly("1000000"), exactly("1400000"))
    assert (found.term.ends, found.ends) == (date(2029, 3, 31), date(2030, 3, 31))
    (_, first), (second, both) = changes(found)
    assert (first.difference, first.cumulative) == (Decimal(200_000), Decimal(200_000))
    assert (both.difference, both.cumulative) == (Decimal(200_000), Decimal(400_000))
    assert (both.percent, both.cumulative_percent) == (Decimal(20), Decimal(40))
    assert (second.on.day, second.change.months) == (LATER, 12)


def test_a_yearly_price_over_a_longer_term_is_more_money() -> None:
    yearly = Amount("exact", Decimal(100_000), "year")
    longer = replace(FREELY, months=12)
    event = happened(*contract(subject="light-touch", amount=yearly), *decided(longer), make())
    assert (event.figures.original, event.figures.after) == (exactly("300000"), exactly("400000"))
    assert event.figures.difference == Decimal(100_000)


def test_options_come_after_the_months_that_a_change_added() -> None:
    found = case(*LIGHT, *decided(replace(FREELY, months=6)), make()).contract
    assert found
    assert found.ends == date(2029, 9, 30)
    assert found.last_day_for(2) == date(2031, 9, 30)


def test_a_change_is_decided_before_it_is_made_and_made_once() -> None:
    assert given(*LIGHT).when(make()).reason("C1") == (
        "There is no such resolution to change the contract"
    )
    assert given(*LIGHT, report(FREELY)).when(make()).reason("C1").startswith("There is no such")
    refused = decision(answers=(Answer("a", "not-agreed", "Too dear"),))
    given(*LIGHT, report(FREELY), refused).when(make()).then_refused("C1")
    given(*LIGHT, *decided(FREELY)).when(make()).outcome()
    again = given(*LIGHT, *decided(FREELY), make()).when(make())
    assert again.reason("C2") == "The contract has been changed as was resolved"


def test_a_decision_that_has_no_effect_yet_changes_nothing() -> None:
    *earlier, way = wyvern().constitution.routes
    ways = (*earlier, way, replace(way, gateway="variation", decision_class="key"))
    key = wyvern(routes=ways)
    asked = but(report(FREELY), decision_class="key", to=DIRECTOR.post)._replace(source="minutes")
    taken = decision()._replace(by=DIRECTOR, source="the minutes")
    record = given(*LIGHT, asked, taken, rules_=key)
    (refusal,) = record.when(make()).then_refused("D10")
    assert refusal.reason.startswith("The decision to change the contract takes effect on")
    assert refusal.cured_on == date(2026, 9, 15)


def test_whose_duty_it_is_makes_the_change() -> None:
    given(*LIGHT, *decided(FREELY)).when(make()._replace(by=DIRECTOR)).then_refused("G1")


def test_without_a_contract_there_is_nothing_to_change() -> None:
    asked = report(FREELY, on=date(2022, 11, 14))
    given(*AWARDED).when(asked).then_refused("C1")


def test_a_contract_that_has_ended_is_no_longer_changed() -> None:
    last, late = date(2029, 3, 31), date(2029, 4, 1)
    given(*LIGHT).when(report(FREELY, on=last)).outcome()
    assert given(*LIGHT).when(report(FREELY, on=late)).reason("T1") == (
        "The contract ended on Saturday 31 March 2029: it can no longer be changed"
    )
    made_late = given(*LIGHT, *decided(FREELY, on=last)).when(make(on=late))
    assert made_late.reason("T1").startswith("The contract ended")


def test_a_change_does_not_end_the_contract_in_the_past() -> None:
    reason = given(*LIGHT).when(report(replace(FREELY, months=-35))).reason("T1")
    assert reason == "The contract would have ended on Thursday 30 April 2026"
    given(*LIGHT).when(report(replace(FREELY, months=-30))).outcome()


@pytest.mark.parametrize("amount", [Amount("unknown"), Amount("exempt")])
def test_a_change_of_the_amount_names_it(amount: Amount) -> None:
    reason = given(*LIGHT).when(report(to(amount, FREELY))).reason("L2")
    assert reason == "A change names the new amount of the whole contract"


def test_a_report_changes_the_contract_once() -> None:
    asked = (asks(FREELY), asks(replace(FREELY, scope="A third clinic"), "b"))
    reason = given(*LIGHT).when(report(FREELY, recommendations=asked)).reason("T2")
    assert reason == "A report changes the contract once: put the changes together"


def test_what_was_changed_already_is_approved_afterwards_and_marked_so() -> None:
    since = replace(FREELY, since=date(2026, 6, 1))
    found = case(*LIGHT, *decided(since), make())
    (asked,) = [one for one in found.reports.values() if one.gateway == "variation"]
    (resolution,) = found.decisions[of(1)].resolutions
    assert asked.retrospective
    assert resolution.retrospective
    assert found.contract
    assert found.contract.variations[0].change.since == date(2026, 6, 1)
    plain = case(*LIGHT, *decided(FREELY))
    assert not plain.decisions[of(1)].resolutions[0].retrospective


def test_what_was_changed_while_the_contract_ran_is_approved_even_when_it_has_ended() -> None:
    late = date(2029, 6, 4)
    before_its_end = replace(FREELY, since=date(2029, 3, 1))
    case(*LIGHT, *decided(before_its_end, on=late), make(on=late))
    after = replace(FREELY, since=date(2029, 4, 1))
    given(*LIGHT).when(report(after, on=late)).then_refused("T1")


def test_the_day_of_a_retrospective_change_lies_between_the_signature_and_today() -> None:
    assert given(*LIGHT).when(report(replace(FREELY, since=date(2026, 9, 8)))).reason("L2") == (
        "Tuesday 8 September 2026 has yet to come: only what was changed is retrospective"
    )
    given(*LIGHT).when(report(replace(FREELY, since=SIGNED))).outcome()
    assert given(*LIGHT).when(report(replace(FREELY, since=date(2026, 3, 1)))).reason("T2") == (
        "The contract was signed on Monday 2 March 2026: it was not changed before"
    )


def test_a_report_on_another_change_is_no_new_version_of_the_one_before() -> None:
    found = case(*LIGHT, *decided(FREELY), make(), report(FREELY, 2))
    assert [one.version for one in found.reports.values() if one.gateway == "variation"] == [1, 1]
    refused = decision(answers=(Answer("a", "not-agreed", "Too dear"),))
    found = case(*LIGHT, report(FREELY), refused, report(FREELY, 2))
    assert [one.version for one in found.reports.values() if one.gateway == "variation"] == [1, 2]


def test_a_change_goes_to_who_decides_on_a_contract_of_the_new_amount() -> None:
    small = contract(subject="light-touch", amount="400000")
    officer = {"decision_class": "officer", "class_reason": "", "to": DIRECTOR.post}
    given(*small).when(but(report(to("500000", FREELY)), **officer)).outcome()
    refused = given(*small).when(but(report(to("500000.01", FREELY)), **officer))
    assert refused.reason("G1").startswith("No route through this gateway is for this class")
    key = report(to("600000.01", FREELY), class_reason="")
    assert given(*small).when(key).reason("D1").startswith("Above £600,000 a decision is key")
    taken = given(*small, but(report(to("500000", FREELY)), **officer)).when(decision())
    taken.then_refused("G1")
    given(*small, but(report(to("500000", FREELY)), **officer)).when(
        decision()._replace(by=DIRECTOR)
    ).outcome()


def test_options_stay_options_even_where_the_law_lets_a_contract_be_changed_freely() -> None:
    """Scenario 22: the council decided on two options, and on none after the end."""
    longer = case(*LIGHT, *decided(replace(FREELY, months=12)), make())
    third = list(why_not_extend(3, longer, make().context()))
    assert third[0].reason == "There is no option 3: the contract has 2 options to extend"
    late = list(why_not_extend(1, longer, make(on=date(2030, 4, 1)).context()))
    assert [one.reason for one in late] == [
        "The contract ended on Sunday 31 March 2030: it can no longer be extended"
    ]
