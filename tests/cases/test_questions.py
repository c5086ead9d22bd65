"""Each saved question, with a case that is in its answer and one that is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from adapters.house import House
from adapters.questioning import answered, check_council, every, question_of
from countersign.case_script import read_case
from countersign.docs import DOCS, run_example
from domain.authority import AdoptConstitution
from domain.contract import ContractPublished, PublishContract, SignContract, StartPhase
from domain.gateways import WaiveGateway
from domain.market import InviteTenders, RecordEvaluation
from domain.messages import Command
from domain.refusals import Refused
from domain.standstill import SendAwardNotices
from domain.urgency import AgreeUrgency
from domain.values import Amount, When, procurement_id
from projections.question import Found
from projections.questions import QUESTIONS
from tests.cases import bromley, nottingham
from tests.cases.bromley import Bromley
from tests.cases.journey import AWARD, CRITERIA, LEEDS, SIGN, TENDERS, Journey
from tests.cases.nottingham import Nottingham
from tests.cases.test_proofs import holder_of_duty, renamed
from tests.cases.test_too_urgent_for_call_in import PDS_CHAIR, WHY
from tests.scenario import DIRECTOR, LAWYER, OFFICER, holder, texts

HEREFORDSHIRE = procurement_id("herefordshire-2017-1")
IMOSPHERE = SignContract(
    HEREFORDSHIRE, "Imosphere", Amount("exact", Decimal(154203)), date(2018, 1, 1), 60
)
DETAILS = "The contract details notice (UK7)"


def asked(house: House, name: str, council: str = "") -> list[Found]:
    house.catch_up()
    return list(every(house, question_of(name), council))


def said(found: list[Found]) -> list[tuple[int, str, str]]:
    return [(one.version, one.says, one.rule) for one in found]


def taken_over(house: House, command: Command, post: str, on: When) -> None:
    """Records what an older system says, with what rules have against it."""
    council = post.partition("/")[0]
    context = house.context(council, holder(post), uuid4(), on, "An older system: item 4")
    house.engine.execute(command, context)


def to_the_standstill(house: House) -> Journey:
    leeds = Journey(house).decide().on(date(2022, 11, 14))
    leeds.do(InviteTenders(LEEDS, date(2022, 12, 5), CRITERIA), OFFICER).on(date(2022, 12, 6))
    leeds.do(RecordEvaluation(LEEDS, TENDERS, ("a panel",)), OFFICER).on(date(2022, 12, 14))
    return leeds.do(SendAwardNotices(LEEDS, "electronic"), OFFICER)


def under_way(house: House) -> Journey:
    """Leeds as its rules let it go, with a contract and its first phase."""
    leeds = to_the_standstill(house).put_up("award", "significant-operational", AWARD)
    leeds.on(date(2022, 12, 15)).decide().on(date(2022, 12, 29)).do(SIGN, LAWYER)
    return leeds.on(date(2023, 1, 2)).do(StartPhase(LEEDS, 1), OFFICER)


@pytest.fixture
def varied(demo: House) -> House:
    run_example(demo, read_case(Path(DOCS, "examples", "varied.toml")))
    return demo


def test_what_goes_by_the_rules_is_in_no_answer(demo: House) -> None:
    under_way(demo)
    for name in QUESTIONS:
        assert asked(demo, name, "leeds") == []


def test_a_contract_signed_before_the_award_had_effect_is_in_retrospect(demo: House) -> None:
    assert asked(demo, "in-retrospect") == []
    post = "herefordshire/legal-services"
    taken_over(demo, IMOSPHERE, post, When(date(2017, 12, 18)))
    (one,) = asked(demo, "in-retrospect")
    assert one.says == (
        "The contract was signed on 18 December 2017; the decision to award it took effect later, "
        "on 22 December 2017."
    )
    assert (one.reference, one.rule, one.on) == (
        "herefordshire-2017-1",
        "D11",
        date(2017, 12, 18),
    )
    assert one.imported


@pytest.mark.parametrize(
    "on", [When(date(2017, 12, 22)), When(date(2017, 12, 18), "month"), When(date(2018, 1, 3))]
)
def test_a_signature_on_the_day_of_effect_or_of_an_unknown_day_is_not(
    demo: House, on: When
) -> None:
    taken_over(demo, IMOSPHERE, "herefordshire/legal-services", on)
    assert asked(demo, "in-retrospect") == []


def test_a_contract_without_any_award_on_record_is_in_retrospect(demo: House) -> None:
    to_the_standstill(demo)
    taken_over(demo, SIGN, LAWYER.post, When(date(2022, 12, 29)))
    (one,) = asked(demo, "in-retrospect")
    assert one.says == (
        "The contract was signed on 29 December 2022; the decision to award it is not on record."
    )


def test_a_change_that_is_agreed_to_after_it_was_made_is_in_retrospect(varied: House) -> None:
    (one,) = asked(varied, "in-retrospect")
    assert one.says == (
        "The contract was changed from 4 January 2027; resolution (a), which agrees to it, "
        "took effect on 1 March 2027."
    )
    assert (one.rule, one.imported) == ("T2", True)


def test_a_meeting_that_was_recorded_when_its_decision_had_effect_is_in_retrospect(
    demo: House,
) -> None:
    walk, met = Bromley(demo).on(date(2021, 3, 31)), date(2021, 3, 31)
    agreed = AgreeUrgency(bromley.BROMLEY, walk.open_report.id, PDS_CHAIR.post, WHY)
    walk.do(agreed, PDS_CHAIR).on(date(2021, 4, 7))
    walk.do(replace(walk.decision(), urgent=WHY, met=met), bromley.CLERK)
    (one,) = asked(demo, "in-retrospect")
    assert one.says == (
        "What was resolved took effect on 31 March 2021, and was recorded on 7 April 2021."
    )
    assert (one.rule, one.imported) == ("D8", False)
    (urgent,) = asked(demo, "waivers", "bromley")
    assert urgent.says.endswith(f"agreed that the decision cannot wait for call-in: {WHY}.")
    assert urgent.rule == "D10"


def test_a_meeting_that_was_recorded_before_its_decision_had_effect_is_not(demo: House) -> None:
    walk = Bromley(demo).on(date(2021, 4, 1))
    walk.do(replace(walk.decision(), met=date(2021, 3, 31)), bromley.CLERK)
    assert asked(demo, "in-retrospect") == []


def test_what_imported_records_lack_of_notices_is_among_late_publications(demo: House) -> None:
    found = asked(demo, "late-publications")
    assert said(found) == [
        (4, "No notice of this key decision is on record.", "D2"),
        (3, "No notice of this key decision is on record.", "D2"),
        (
            3,
            "No notice is on record that Commissioning Committee takes closed papers in private.",
            "D5",
        ),
    ]
    assert all(one.irregular and one.imported for one in found)


@pytest.fixture
def signed(demo: House) -> House:
    """A contract under the Act of 2023, signed on 6 July 2026."""
    run_example(demo, read_case(DOCS / "examples" / "claimed.toml"))
    return demo


def published(house: House, day: date) -> list[Found]:
    """What is late once the details of the contract are published on a day."""
    house.clocks.forward("leeds", (day - house.clocks.today("leeds")).days)
    found = asked(house, "late-publications", "leeds")
    (case,) = [one for one in house.cases("leeds") if one.reference != "leeds-2022-1"]
    house.execute(PublishContract(procurement_id(case.reference)), OFFICER, uuid4())
    assert [one.on for one in found if DETAILS in one.says] in ([], [date(2026, 8, 4)])
    return [one for one in asked(house, "late-publications", "leeds") if DETAILS in one.says]


def test_a_notice_that_is_published_on_the_last_day_of_its_period_is_not_late(
    signed: House,
) -> None:
    assert published(signed, date(2026, 8, 4)) == []


def test_a_notice_that_was_published_late_stays_in_the_list_with_its_step(signed: House) -> None:
    (one,) = published(signed, date(2026, 8, 6))
    assert one.says == (
        f"{DETAILS} was due by 4 August 2026 and was published 6 August 2026: 2 days late."
    )
    assert (one.rule, one.on, one.imported) == ("P8", date(2026, 8, 6), False)
    step = signed.log.read(procurement_id(one.reference))[one.version - 1]
    assert isinstance(step.event, ContractPublished)


def test_a_notice_of_the_councils_own_is_late_too(signed: House) -> None:
    signed.clocks.forward("leeds", 400)
    assert "leeds" in {one.reference for one in asked(signed, "late-publications", "leeds")}


def test_authority_exercised_before_consultees_answered_is_listed(demo: House) -> None:
    walk = Nottingham(demo).to_evaluation("Umber Lapwing Trust", "7543219.83").enter("8000000")
    walk.put_up_award(walk.award()).ask()
    walk.answer(nottingham.ADULTS, "agrees")
    taken_over(
        demo, walk.decision(), nottingham.DIRECTOR.post, When(demo.clocks.today("nottingham"))
    )
    (one,) = asked(demo, "not-all-consulted")
    assert "has not answered yet" in one.says
    assert (one.rule, one.irregular) == ("G2", True)


def test_authority_exercised_after_all_answered_is_not(demo: House) -> None:
    walk = Nottingham(demo).to_evaluation("Umber Lapwing Trust", "7543219.83").enter("8000000")
    walk.put_up_award(walk.award()).consult()
    walk.do(walk.decision(), nottingham.DIRECTOR)
    assert asked(demo, "not-all-consulted") == []


def test_authority_given_to_who_wrote_the_report_is_an_own_report(demo: House) -> None:
    found = asked(demo, "own-report")
    assert [one.reference for one in found] == [
        "joint-public-health-board-2020-1",
        "nottingham-2017-1",
    ]
    assert found[1].says == (
        "Resolution (3) delegates authority to Director of Public Health, who wrote the report "
        "that asked for it."
    )


def test_who_decides_their_own_report_is_listed_where_the_rules_allow_it(demo: House) -> None:
    leeds = Journey(demo).decide()
    assert asked(demo, "own-report", "leeds") == []
    freer, _ = texts("leeds")
    freer = freer.replace("author_decides = false", "author_decides = true", 1)
    posts = 'posts = ["leeds/deputy-director'
    freer = freer.replace(posts, posts.replace("leeds/dep", f'{DIRECTOR.post}", "leeds/dep'))
    demo.execute(AdoptConstitution("leeds", renamed(freer)), holder_of_duty(demo), uuid4())
    leeds.do(InviteTenders(LEEDS, date(2022, 12, 5), CRITERIA), OFFICER).on(date(2022, 12, 6))
    leeds.do(RecordEvaluation(LEEDS, TENDERS, ("a panel",)), OFFICER).on(date(2022, 12, 14))
    leeds.do(SendAwardNotices(LEEDS, "electronic"), OFFICER)
    leeds.do(leeds.report("award", "significant-operational", AWARD), DIRECTOR).decide()
    (one,) = asked(demo, "own-report", "leeds")
    assert one.says.startswith(
        "Director of Adults and Health decided on a report of their own: the council's own rules "
        "allow it ("
    )
    assert (one.rule, one.irregular) == ("G6", False)


def test_what_a_rule_on_separate_duties_said_of_an_imported_step_is_listed_with_it(
    demo: House,
) -> None:
    leeds = to_the_standstill(demo).put_up("award", "significant-operational", AWARD)
    leeds.on(date(2022, 12, 15)).decide()
    taken_over(demo, SIGN, DIRECTOR.post, When(date(2022, 12, 29)))
    (one,) = asked(demo, "own-report", "leeds")
    assert (one.says, one.irregular) == ("Who decided the award may not sign the contract.", True)


def test_an_award_without_competition_is_a_waiver_with_or_without_its_ground(
    varied: House,
) -> None:
    found = asked(varied, "waivers")
    assert [(one.reference, one.rule, one.irregular) for one in found] == [
        ("herefordshire-2017-1", "L2", True),
        ("leeds-2026-905", "L2", False),
    ]
    assert found[0].says.endswith("without competition, and names no legal ground.")
    assert "without competition, on this ground: " in found[1].says


def test_a_gateway_that_was_waived_is_a_waiver(demo: House) -> None:
    walk = Bromley(demo).plan_approved().on(date(2021, 6, 1))
    assert asked(demo, "waivers", "bromley") == []
    waive = WaiveGateway(bromley.BROMLEY, "gateway-1", "Only one provider is left")
    walk.do(waive, bromley.PORTFOLIO_HOLDER)
    (one,) = asked(demo, "waivers", "bromley")
    assert one.says == "Gateway “gateway-1” was waived: Only one provider is left."
    assert (one.rule, one.imported) == ("L1", False)


def test_a_part_of_an_answer_says_where_to_go_on_and_what_was_read(demo: House) -> None:
    demo.catch_up()
    question = question_of("own-report")
    first = answered(demo, question, cases=3)
    assert (first.cases, first.last) == (3, "joint-public-health-board-2020-1")
    rest = answered(demo, question, after=first.last)
    assert (rest.cases, rest.last) == (2, "")
    assert [*first.found, *rest.found] == list(every(demo, question))
    assert rest.read == "2 cases with 20 steps, read whole"


def test_a_question_or_a_council_that_there_is_not_is_refused_with_those_there_are(
    demo: House,
) -> None:
    with pytest.raises(Refused, match="There is no question “why”; there are in-retrospect, late"):
        question_of("why")
    with pytest.raises(Refused, match="There is no council “york”; there are bromley, "):
        check_council(demo, "york")
