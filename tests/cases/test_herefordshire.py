"""Herefordshire's resource allocation system: every fact of its record, and what it lacks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

import countersign.demo
from adapters.house import House
from countersign.case_script import read_case, run_case
from countersign.demo.load import adopt
from domain.call_in import CloseCallIn, RecordCallIn
from domain.contract import PublishContract, SignContract
from domain.messages import Actor
from domain.refusals import Refused
from domain.values import Amount, procurement_id
from tests.cases.conftest import Show

REF = "herefordshire-2017-1"
CASE = procurement_id(REF)
FOLDER = Path(countersign.demo.__file__).parent / "herefordshire"


def seat(house: House, post: str) -> Actor:
    holders = house.rules("herefordshire").offices.holders
    full = f"herefordshire/{post}"
    return Actor(next(one.person for one in holders if one.post == full), full)


def test_what_is_bought_from_whom_and_for_how_much(show: Show) -> None:
    case = show(REF)
    assert case["authority_title"] == "Herefordshire Council"
    assert case["value"] == {
        "basis": "exact",
        "pounds": "154203",
        "per": "total",
        "vat": "not-stated",
        "text": "£154,203",
    }
    assert (case["term"]["starts"], case["term"]["months"]) == ("2018-01-01", 60)
    assert case["term"]["ends"] == "2022-12-31"
    (supplier,) = case["parties"]
    assert supplier["name"] == "Imosphere"
    assert "ten per cent off for five years" in supplier["note"]


def test_the_decision_with_its_reasons_and_three_alternatives_rejected(show: Show) -> None:
    case = show(REF)
    (decision,) = case["decisions"]
    assert decision["by_title"] == "Cabinet Member for Health and Wellbeing"
    assert decision["on_text"] == "15 December 2017"
    assert decision["decision_class"] == "key"
    assert decision["open_to_call_in"] is True
    (resolution,) = decision["resolutions"]
    assert (resolution["label"], resolution["outcome"]) == ("a", "agreed")
    assert resolution["effect"]["supplier"] == "Imosphere"
    assert resolution["effect"]["direct"] is True
    assert resolution["effect"]["ground"] == ""
    assert len(decision["alternatives"]) == 3
    assert "three years" in decision["reasons"]
    assert "ten per cent off" in decision["implications"]


def test_key_although_small_with_the_reason_as_recorded(show: Show) -> None:
    (report,) = show(REF)["reports"]
    assert report["class_reason"] == "The published record says that the decision is key, not why."


def test_its_dates_are_kept_apart_and_say_how_they_are_known(show: Show) -> None:
    case = show(REF)
    (report,), (decision,) = case["reports"], case["decisions"]
    assert report["published"]["day"] == "2017-12-08"
    assert "without saying of what" in report["published"]["basis"]
    assert decision["on"]["day"] == "2017-12-15"
    assert decision["published"]["day"] == "2017-12-15"
    assert decision["published"]["basis"].startswith("inferred")
    assert decision["effective"] == decision["published_effective"] == "2017-12-22"
    assert decision["resolutions"][0]["effective"] == "2017-12-22"
    assert decision["window"]["last_day"] == "2017-12-21"
    counted = [one["date"] for one in decision["window"]["days"] if one["counted"]]
    assert counted == ["2017-12-15", "2017-12-18", "2017-12-19", "2017-12-20", "2017-12-21"]


def test_when_the_procurement_began_is_not_on_record(demo: House) -> None:
    first = demo.views.trail(REF)[0]
    assert first.on_text == "on a day that is not on record"


def test_what_its_record_lacks_is_named(show: Show, demo: House) -> None:
    case = show(REF)
    assert {one["rule"] for one in case["irregularities"]} == {"L2", "D2", "D8"}
    assert case["decisions"][0]["interests"] == "not-in-the-record"
    assert case["notices"] == {}
    assert [one["about"] for one in case["notes"]] == [
        "What was published on 8 December 2017",
        "Whether the decision was called in",
        "Notice, interests and legal ground",
    ]
    (row,) = [one for one in demo.views.procurements() if one.reference == REF]
    assert (row.value, row.irregularities) == ("£154,203", 4)
    told = [one.irregularities for one in demo.views.trail(REF) if one.irregularities]
    assert len(told) == 2


def test_signature_waits_and_publication_comes_after_it(demo: House) -> None:
    (row,) = demo.views.queue(["herefordshire/legal-services"])
    assert (row.do, row.since, row.due) == ("sign-contract", date(2017, 12, 22), date(2018, 1, 1))
    clerk, lawyer = seat(demo, "democratic-services"), seat(demo, "legal-services")
    with pytest.raises(Refused, match="No contract is signed"):
        demo.execute(PublishContract(CASE), clerk, uuid4())
    price = Amount("exact", demo.procurement(REF).value.pounds)
    signature = SignContract(CASE, "Imosphere", price, date(2018, 1, 1), 60)
    demo.execute(signature, lawyer, uuid4())
    demo.execute(PublishContract(CASE), clerk, uuid4())
    demo.catch_up()
    (row,) = [one for one in demo.views.procurements() if one.reference == REF]
    assert (row.supplier, row.stage) == ("Imosphere", "Contract signed")


def up_to_publication(house: House, today: date) -> RecordCallIn:
    """The record as far as the decision's publication, on a day; and a call-in of it."""
    script = read_case(FOLDER / "case.toml")
    house.clocks.start("herefordshire", today)
    adopt(house, "herefordshire", FOLDER)
    run_case(house, script._replace(steps=script.steps[:5]))
    house.catch_up()
    (decision,) = house.procurement(REF).decisions
    return RecordCallIn(CASE, decision, ("M1", "M2", "M3"), "No competition was held")


def test_a_call_in_on_22_december_is_late(house: House) -> None:
    """Scenario 7."""
    call = up_to_publication(house, date(2017, 12, 22))
    with pytest.raises(Refused, match="late: the window closed at the end of Thursday 21"):
        house.execute(call, seat(house, "democratic-services"), uuid4())
    assert not house.procurement(REF).decisions[call.decision].called_in


def test_a_call_in_on_21_december_holds_the_signature_until_it_is_closed(house: House) -> None:
    """Scenario 7."""
    call = up_to_publication(house, date(2017, 12, 21))
    clerk, lawyer = seat(house, "democratic-services"), seat(house, "legal-services")
    house.execute(call, clerk, uuid4())
    house.clocks.forward("herefordshire", 7)
    price = Amount("exact", house.procurement(REF).value.pounds)
    sign = SignContract(CASE, "Imosphere", price, date(2018, 1, 1), 60)
    with pytest.raises(Refused, match="called in: it waits for the outcome"):
        house.execute(sign, lawyer, uuid4())
    house.execute(CloseCallIn(CASE, call.decision, "no-further-action"), clerk, uuid4())
    house.execute(sign, lawyer, uuid4())
    assert house.procurement(REF).contract
