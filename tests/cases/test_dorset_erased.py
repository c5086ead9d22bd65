"""One part of the plan is erased: its figures are gone from the plan and its authority too."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from adapters.house import House
from adapters.sealing import Place, is_sealed, unseal
from domain.closed import Exemption
from domain.delegation import stream_of
from domain.effects import ApproveBudget, AwardContract
from domain.market import RecordEvaluation, ScoredTender
from domain.publication import PublishDecision
from domain.reported import Recommendation
from domain.standstill import SendAwardNotices
from domain.values import Amount, Closed, procurement_id
from tests.adapters.closing import kept, spellings
from tests.adapters.looking import dump, rebuilt
from tests.cases.dorset import (
    CLERK,
    CRITERIA,
    CRM,
    DETAILED_PLAN,
    DIRECTOR,
    MONTHS,
    OF_BCP,
    OF_DORSET,
    OFFICER,
    PARTS,
    PLATFORM,
    STARTS,
    UNDER,
    WHOLE,
    Journey,
    choosing,
)
from tests.cases.walk import rules
from tests.cli.running import countersign
from tests.houses import file_of
from tests.web.conftest import Browser

UP_TO, PRICE, CRM_PRICE = "190190.19", "180180.18", "90090.09"
SUPPLIER = "Umber Lapwing Trust"
OF_PLATFORM = (UP_TO, PRICE, SUPPLIER)
BOARD = "joint-public-health-board"
ERASED = Amount("exempt", closed=Closed(None))
DELEGATION = f"/delegations/{WHOLE}/{UNDER.decision}/{UNDER.label}"


def exempt(figure: str) -> Amount:
    return Amount("exempt", closed=Closed(figure))


def ready(reference: str, journey: Journey, price: str) -> Journey:
    """Evaluated and put up under the authority, all of it exempt; both consultees agree."""
    scores = {one.name: Decimal(80) for one in CRITERIA}
    tenders = (
        ScoredTender(SUPPLIER if reference == PLATFORM else "Ochre", Decimal(price), scores),
    )
    exemption = Exemption("Financial affairs of the tenderers", 3)
    case = procurement_id(reference)
    journey.do(RecordEvaluation(case, tenders, ("a panel",), exemption), OFFICER)
    journey.do(SendAwardNotices(case, "electronic"), OFFICER)
    journey.ask(reference, AwardContract("Tenderer 1", exempt(price), STARTS, MONTHS))
    for by in OF_DORSET, OF_BCP:
        journey.answer(reference, by, "agrees")
    return journey


@pytest.fixture
def drawn(demo: House) -> Journey:
    """Of a budget of £300,000 the platform has drawn an exempt price; the CRM system is next."""
    journey = Journey(demo).on(date(2020, 9, 1)).do(choosing(), DIRECTOR).open_parts()
    budget, platform, crm = DETAILED_PLAN
    closed = replace(platform, effect=replace(platform.effect, up_to=exempt(UP_TO)))
    journey.on(date(2020, 10, 1)).put_up(WHOLE, "budget", budget, closed, crm, also=PARTS)
    taken = journey.decision(WHOLE, also=PARTS)
    journey.do(taken, DIRECTOR)
    journey.do(PublishDecision(procurement_id(WHOLE), taken.decision, also=PARTS), CLERK)
    journey.on(date(2020, 10, 5))
    for one in PARTS:
        journey.tender(one, date(2020, 11, 4))
    ready(PLATFORM, journey.on(date(2020, 11, 5)), PRICE)
    journey.do(journey.decision(PLATFORM), DIRECTOR)
    return ready(CRM, journey, CRM_PRICE)


def readable(house: House) -> str:
    """All that can still be opened, of all that was ever sealed."""
    found: list[str] = []
    for one in house.log.tail(0, 100_000):
        if is_sealed(one.state):
            place = Place(one.stream, one.version, one.topic)
            found += unseal(one.state, place, house.keys.find).values.values()
    return "\n".join(found)


def test_what_a_part_put_into_other_streams_is_erased_with_it(drawn: Journey) -> None:
    house = drawn.house
    before = readable(house)
    assert all(before.count(one) > 1 for one in (UP_TO, PRICE))
    house.keys.erase(procurement_id(PLATFORM))
    after = readable(house)
    assert [one for one in OF_PLATFORM if one in after] == []
    assert CRM_PRICE in after
    bytes_ = kept(house)
    assert [one for each in OF_PLATFORM for one in spellings(each) if one in bytes_] == []


def test_nothing_is_sealed_under_the_authoritys_own_stream(drawn: Journey) -> None:
    streams = {procurement_id(one) for one in (PLATFORM, CRM)}
    with drawn.house.database.read() as db:
        query = "SELECT stream FROM stream_keys"
        found = {str(one) for one in db.exec_driver_sql(query).scalars()}
    assert stream_of(UNDER).hex not in found
    assert found == {one.hex for one in streams}


def test_the_plan_its_authority_and_the_other_part_live_on(drawn: Journey) -> None:
    house = drawn.house
    live = dump(house)
    house.keys.erase(procurement_id(PLATFORM))
    house.catch_up()
    assert not any(runner.parked() for runner in house.runners.values())
    assert rebuilt(house) == live
    ((one,),) = drawn.delegation.exercised.values()
    assert (one.procurement, one.amount, one.total) == (PLATFORM, ERASED, None)
    assert drawn.delegation.drawn is None
    evaluation = house.procurement(CRM).evaluation
    assert evaluation
    assert evaluation.ranking[0].name == "Ochre"
    for post in "director-of-public-health", "visiting-auditor", "commissioning-officer":
        web = Browser(house).sign_in(f"{BOARD}/{post}")
        page = web.get(DELEGATION)
        assert page.status_code == 200
        assert "Not known: figures that count here were erased" in page.text
        for path in (
            DELEGATION,
            f"/procurements/{PLATFORM}",
            f"/procurements/{WHOLE}",
            "/delegations",
        ):
            said = web.get(path).text
            assert [each for each in OF_PLATFORM if each in said.replace(",", "")] == []


def test_what_is_left_is_right_to_the_penny_before(drawn: Journey) -> None:
    page = Browser(drawn.house).sign_in(f"{BOARD}/director-of-public-health").get(DELEGATION)
    assert "£119,819.82" in page.text


def test_a_further_award_is_refused_until_who_delegated_it_sets_a_new_limit(drawn: Journey) -> None:
    """What is left is not known, and nobody guesses it (G1)."""
    drawn.house.keys.erase(procurement_id(PLATFORM))
    refusals = drawn.refused(drawn.decision(CRM), DIRECTOR)
    assert rules(refusals) == ["P7", "G1"]
    assert refusals[0].reason == (
        f"An amount drawn on it was erased: nothing shows that the budget of {WHOLE} is kept. "
        "It is approved anew, for what is still to be bought"
    )
    assert refusals[1].reason == (
        "An amount drawn under it was erased, and nothing shows what is left: it takes a new "
        "report to who delegated it"
    )


def test_a_budget_approved_anew_goes_on_from_there(drawn: Journey) -> None:
    """What was drawn before that day no longer counts, whether its figure is known or not."""
    drawn.house.keys.erase(procurement_id(PLATFORM))
    drawn.on(drawn.house.clocks.today(BOARD) + timedelta(days=1))
    rest = ApproveBudget(Amount("approved", Decimal(150_000)), anew=True)
    drawn.put_up(WHOLE, "budget", Recommendation("1", "For the rest", rest))
    assert rules(drawn.refused(drawn.decision(CRM), DIRECTOR)) == ["P7", "G1"]
    drawn.do(drawn.decision(WHOLE), DIRECTOR)
    drawn.do(drawn.decision(CRM), DIRECTOR)


def test_where_nothing_is_erased_the_same_award_is_made(drawn: Journey) -> None:
    drawn.do(drawn.decision(CRM), DIRECTOR)
    assert drawn.delegation.drawn == Decimal(PRICE) + Decimal(CRM_PRICE)


def test_erasing_the_other_part_leaves_this_ones_draw(drawn: Journey) -> None:
    drawn.house.keys.erase(procurement_id(CRM))
    assert drawn.delegation.drawn == Decimal(PRICE)


def test_the_command_line_says_erased_and_no_figure(drawn: Journey) -> None:
    folder = file_of(drawn.house).parent
    drawn.house.keys.erase(procurement_id(PLATFORM))
    for reference in WHOLE, PLATFORM, CRM:
        shown = countersign(folder, "show", reference, "--json")
        assert '"closed": "erased"' in shown.out
        told = countersign(folder, "history", reference, "--json").out
        assert [one for one in OF_PLATFORM if one in shown.out + told] == []
    register = countersign(folder, "delegations", "--json")
    assert register.json
    assert [one for one in OF_PLATFORM if one in register.out] == []
