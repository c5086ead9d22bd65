"""An evaluation whose names and prices are closed: rules know them, pages show numbers (D9)."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from domain.closed import Exemption
from domain.competition import Evaluation
from domain.contract import ContractSigned
from domain.market import EvaluationRecorded
from domain.values import Amount, Closed, Term
from tests.domain import cases
from tests.domain.cases import (
    AUTHORISED,
    AWARD,
    AWARD_REPORT,
    AWARD_TO_ALPHA,
    EVALUATION,
    NOTICES,
    PANEL,
    SIGNATURE,
    TENDER,
    asks,
    but,
    closed_to_all_but,
    leeds,
)
from tests.scenario import DIRECTOR, LAWYER, OFFICER, step

EXEMPTION = Exemption("The tenderers' business affairs", 3, date(2023, 12, 31))
EXEMPT = but(EVALUATION, exemption=EXEMPTION)
EVALUATED = (*AUTHORISED, TENDER, EXEMPT)
PRICE = Amount("exempt", closed=Closed("380000"))
EXEMPT_AWARD = replace(AWARD_TO_ALPHA, supplier="Tenderer 1", amount=PRICE)
REPORT = but(AWARD_REPORT, recommendations=(asks(EXEMPT_AWARD),))
AWARDED = (*EVALUATED, NOTICES, REPORT, AWARD)


SEEN = leeds(closed=closed_to_all_but(OFFICER.post, DIRECTOR.post, LAWYER.post))


def given(*steps: step) -> cases.given:
    return cases.given(*steps, rules_=SEEN)


def evaluation(*steps: step) -> Evaluation:
    found = given(*steps).procurement().evaluation
    assert found
    return found


def test_closed_names_and_prices_show_as_numbers() -> None:
    (event,) = given(*AUTHORISED, TENDER).when(EXEMPT).outcome()
    assert isinstance(event, EvaluationRecorded)
    assert event.exemption == EXEMPTION
    assert [(one.tenderer, one.price) for one in event.ranking] == [
        ("Tenderer 1", None),
        ("Tenderer 2", None),
    ]
    shown = repr(event)
    assert "Alpha" not in shown
    assert "380000" not in shown


def test_rules_know_who_and_how_much() -> None:
    first, second = evaluation(*EVALUATED).ranking
    assert [(one.name, one.offer.figure) for one in (first, second)] == [
        ("Alpha", Decimal(380_000)),
        ("Beta", Decimal(350_000)),
    ]
    assert first.offer == PRICE
    assert evaluation(*EVALUATED).panel == PANEL


def test_an_open_evaluation_has_open_offers() -> None:
    first, _ = evaluation(*AUTHORISED, TENDER, EVALUATION).ranking
    assert (first.name, first.offer) == ("Alpha", Amount("exact", Decimal(380_000)))


def test_an_award_names_the_first_by_number_or_by_name() -> None:
    given(*EVALUATED).when(REPORT).outcome()
    by_name = replace(EXEMPT_AWARD, supplier="Alpha")
    given(*EVALUATED).when(but(REPORT, recommendations=(asks(by_name),))).outcome()
    wrong = replace(EXEMPT_AWARD, supplier="Tenderer 2")
    reason = given(*EVALUATED).when(but(REPORT, recommendations=(asks(wrong),))).reason("E1")
    assert reason == "Tenderer 1 scored highest, not Tenderer 2"


def test_an_award_above_a_closed_offer_is_refused_without_the_figure() -> None:
    dearer = replace(EXEMPT_AWARD, amount=Amount("exempt", closed=Closed("380000.01")))
    reason = given(*EVALUATED).when(but(REPORT, recommendations=(asks(dearer),))).reason("E1")
    assert reason == "Tenderer 1 offered an exempt amount"


def test_a_closed_offer_that_was_erased_measures_nothing() -> None:
    record = given(*EVALUATED)
    found = record.procurement()
    assert found.evaluation
    gone = replace(found.evaluation.ranking[0], closed_name=Closed(None), closed_price=Closed(None))
    assert (gone.name, gone.offer.figure) == ("Tenderer 1", None)


def test_an_award_whose_price_is_not_known_is_measured_by_no_offer() -> None:
    unknown = replace(EXEMPT_AWARD, amount=Amount("exempt"))
    report = but(REPORT, recommendations=(asks(unknown),))
    amount, offer = given(*EVALUATED).when(report).then_refused("L2", "E1")
    assert amount.reason == "An award names its amount"
    assert offer.reason == "Tenderer 1 offered an exempt amount"


def test_the_contract_may_name_the_supplier_whose_number_was_awarded_it() -> None:
    for supplier in ("Alpha", "Tenderer 1"):
        signature = but(SIGNATURE, supplier=supplier, amount=PRICE)
        event = ContractSigned(supplier, PRICE, Term(date(2023, 1, 2), 24))
        given(*AWARDED).when(signature).then(event)
    beta = but(SIGNATURE, supplier="Beta", amount=PRICE)
    reason = given(*AWARDED).when(beta).reason("P7")
    assert reason == "The award is to Tenderer 1, not to Beta"


def test_a_contract_above_an_exempt_award_is_refused_without_the_figure() -> None:
    dearer = but(SIGNATURE, amount=Amount("exempt", closed=Closed("380001")))
    reason = given(*AWARDED).when(dearer).reason("P7")
    assert reason == "The award is for an exempt amount at most"
