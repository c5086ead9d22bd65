"""Herefordshire up to its publication: called in on the last day, or a day too late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from adapters.house import House
from countersign.case_script import read_case, run_case
from countersign.demo.load import FOLDER, adopt
from domain.call_in import RecordCallIn
from domain.called_in import CallInOutcome, Requester
from domain.closing_call_in import CloseCallIn
from domain.contract import PublishContract, SignContract
from domain.messages import Actor, Command
from domain.record import Decision
from domain.refusals import Refusal, Refused
from domain.values import Amount, procurement_id
from tests.scenario import holder

REFERENCE = "herefordshire-2017-1"
CASE = procurement_id(REFERENCE)
CLERK = holder("herefordshire/democratic-services")
LAWYER = holder("herefordshire/legal-services")
COUNCIL = FOLDER / "herefordshire"
LAST_DAY, TOO_LATE = date(2017, 12, 21), date(2017, 12, 22)
SIGN = SignContract(CASE, "Imosphere", Amount("exact", Decimal(154203)), date(2018, 1, 1), 60)


@pytest.fixture
def published(house: House) -> House:
    """The script's steps as far as the publication of the decision, on a day still to be set."""
    house.clocks.start("herefordshire", date(2017, 12, 15))
    adopt(house, "herefordshire", COUNCIL)
    script = read_case(COUNCIL / "case.toml")
    run_case(house, script._replace(steps=script.steps[:5]))
    return house


def on(house: House, day: date) -> House:
    house.clocks.forward("herefordshire", (day - house.clocks.today("herefordshire")).days)
    return house


def decision(house: House) -> Decision:
    (found,) = house.procurement(REFERENCE).decisions.values()
    return found


def call_in(house: House, members: int = 3) -> RecordCallIn:
    numbers = tuple(Requester(f"member {n}") for n in range(members))
    return RecordCallIn(CASE, decision(house).id, numbers, "The alternatives were not costed")


def refused(house: House, command: Command, by: Actor) -> tuple[Refusal, ...]:
    before = house.log.last_position()
    with pytest.raises(Refused) as caught:
        house.execute(command, by, uuid4())
    assert house.log.last_position() == before
    return caught.value.refusals


def waiting(house: House) -> list[tuple[str, str]]:
    house.catch_up()
    return sorted((one.do, one.post.partition("/")[2]) for one in house.views.waiting(REFERENCE))


def test_a_call_in_on_21_december_is_accepted(published: House) -> None:
    house = on(published, LAST_DAY)
    house.execute(call_in(house), CLERK, uuid4())
    called_in = decision(house).called_in
    assert called_in
    assert (called_in.on, called_in.resolutions) == (LAST_DAY, ("a",))
    assert decision(house).effective_on("a") is None
    assert waiting(house) == [("close-call-in", "democratic-services")]


def test_a_call_in_on_22_december_is_late(published: House) -> None:
    house = on(published, TOO_LATE)
    (refusal,) = refused(house, call_in(house), CLERK)
    assert refusal.rule == "D10"
    assert "late" in refusal.reason
    assert "closed at the end of Thursday 21 December 2017" in refusal.reason
    assert refusal.provenance.startswith("inferred: ")


def test_in_the_demonstration_it_is_too_late(demo: House) -> None:
    assert [one.rule for one in refused(demo, call_in(demo), CLERK)] == ["D10"]


def test_it_takes_as_many_members_as_the_constitution_says(published: House) -> None:
    house = on(published, LAST_DAY)
    (refusal,) = refused(house, call_in(house, members=2), CLERK)
    assert (refusal.rule, "3 different members" in refusal.reason) == ("D10", True)


def test_before_it_takes_effect_nobody_signs(published: House) -> None:
    house = on(published, LAST_DAY)
    (refusal,) = refused(house, SIGN, LAWYER)
    assert (refusal.rule, refusal.cured_on) == ("P7", TOO_LATE)
    house.catch_up()
    (row,) = house.queue([LAWYER.post]).rows
    assert (row.do, row.opens) == ("sign-contract", TOO_LATE)


def test_what_was_called_in_is_not_signed_until_the_outcome(published: House) -> None:
    house = on(published, LAST_DAY)
    house.execute(call_in(house), CLERK, uuid4())
    on(house, date(2018, 1, 8))
    (refusal,) = refused(house, SIGN, LAWYER)
    assert (refusal.rule, refusal.cured_on) == ("P7", None)
    house.execute(CloseCallIn(CASE, decision(house).id, "no-further-action"), CLERK, uuid4())
    assert decision(house).effective_on("a") == date(2018, 1, 8)
    assert waiting(house) == [("sign-contract", "legal-services")]


@pytest.mark.parametrize("outcome", ["referred-back", "referred-to-council"])
def test_what_is_referred_waits_for_a_decision_again(
    published: House, outcome: CallInOutcome
) -> None:
    house = on(published, LAST_DAY)
    house.execute(call_in(house), CLERK, uuid4())
    house.execute(CloseCallIn(CASE, decision(house).id, outcome), CLERK, uuid4())
    report = house.procurement(REFERENCE).open_report
    assert report
    assert [one.rule for one in refused(house, call_in(house), CLERK)] == ["C2"]


def test_nothing_is_published_of_a_contract_that_is_not_signed(demo: House) -> None:
    (refusal,) = refused(demo, PublishContract(CASE), CLERK)
    assert (refusal.rule, refusal.reason) == ("C1", "No contract is signed")


def test_legal_services_sign_and_the_contract_is_then_published(demo: House) -> None:
    demo.clocks.forward("herefordshire", 4)
    demo.execute(SIGN, LAWYER, uuid4())
    assert ("publish-contract", "democratic-services") in waiting(demo)
    demo.execute(PublishContract(CASE), CLERK, uuid4())
    assert waiting(demo) == []
    row = next(one for one in demo.views.procurements() if one.reference == REFERENCE)
    assert (row.stage, row.supplier) == ("Contract signed", "Imosphere")
