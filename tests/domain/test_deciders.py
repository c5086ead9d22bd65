"""Who decides: the post that the route names, and nobody on their own work."""

from decimal import Decimal

from msgspec.structs import replace

from domain.answers import Answer
from domain.messages import Actor
from domain.values import procurement_id
from tests.domain.cases import (
    ALPHA,
    AUTHORISE,
    AUTHORISED,
    AWARD,
    AWARD_LATER,
    AWARD_REPORT,
    AWARD_TO_ALPHA,
    DECISION,
    EVALUATION,
    OPEN,
    PANEL,
    REPORT,
    TENDER,
    asks,
    but,
    exactly,
    given,
    leeds,
    up_to,
)
from tests.scenario import DEPUTY_DIRECTOR, DIRECTOR, OFFICER, REFERENCE, rules

TOGETHER = leeds(separation=replace(leeds().constitution.separation, author_decides=True))
JUDGES = leeds(separation=replace(leeds().constitution.separation, evaluator_decides=True))


def test_the_route_names_who_decides() -> None:
    (refusal,) = given(OPEN, REPORT).when(DECISION._replace(by=DEPUTY_DIRECTOR)).then_refused("G1")
    assert refusal.reason.startswith("This is for Director of Adults and Health to do")
    assert refusal.provenance.startswith("inferred: decisions of 2022")


def test_without_a_route_nobody_decides() -> None:
    reason = given(OPEN, REPORT).under(leeds(routes=())).when(DECISION).reason("G1")
    assert reason == "No route of the constitution says who decides this"


def test_a_class_that_was_abolished_is_decided_by_nobody() -> None:
    record = given(OPEN, REPORT).under(leeds(classes=(), routes=()))
    record.when(DECISION).then_refused("G1", "C1")  # (b) names a class that is gone as well


def test_nobody_decides_their_own_report() -> None:
    own = REPORT._replace(by=DEPUTY_DIRECTOR)
    deputy = DECISION._replace(by=Actor(DEPUTY_DIRECTOR.person, DIRECTOR.post, deputising=True))
    (refusal,) = given(OPEN, own).when(deputy).then_refused("G6")
    assert refusal.reason == "The author of a report may not decide it"
    assert refusal.provenance.startswith("illustrative: good practice")
    given(OPEN, own).under(TOGETHER).when(deputy).outcome()


def test_where_a_person_is_not_on_record_the_post_stands_for_them() -> None:
    nameless = Actor(None, DIRECTOR.post)
    own = REPORT._replace(by=nameless, source="the minutes")
    assert given(OPEN).when(own).irregularities() == ["G1"]  # writing reports is not their duty
    given(OPEN, own).when(DECISION).then_refused("G6")


def test_who_held_the_post_of_a_nameless_author_does_not_decide() -> None:
    nameless = REPORT._replace(by=Actor(None, OFFICER.post), source="the minutes")
    officer = DECISION._replace(by=Actor(OFFICER.person, DIRECTOR.post))
    given(OPEN, nameless).when(officer).then_refused("G1", "G6")
    given(OPEN, nameless).when(DECISION).outcome()
    deputy = DECISION._replace(by=Actor(DEPUTY_DIRECTOR.person, DIRECTOR.post, deputising=True))
    given(OPEN, nameless).when(deputy).outcome()


def test_two_people_who_share_a_post_are_two_people() -> None:
    found = rules("leeds")
    both = replace(found.offices.holders[0], post=OFFICER.post)
    shared = replace(found, offices=replace(found.offices, holders=(*found.offices.holders, both)))
    given(OPEN, REPORT, rules_=shared).when(DECISION).outcome()


def test_a_nameless_decision_is_not_taken_for_the_authors() -> None:
    nobody = DECISION._replace(by=Actor(None, DIRECTOR.post), source="the minutes")
    assert given(OPEN, REPORT).when(nobody).irregularities() == []


def test_who_evaluated_the_tenders_does_not_decide() -> None:
    judged = but(EVALUATION, panel=(*PANEL, DIRECTOR.post))
    record = given(*AUTHORISED, TENDER, judged, AWARD_REPORT)
    (refusal,) = record.when(AWARD).then_refused("G6")
    assert refusal.reason == "Who evaluated the tenders may not decide"
    assert refusal.provenance.startswith("illustrative: good practice")
    record.under(JUDGES).when(AWARD).outcome()


def test_who_sat_on_the_panel_does_not_decide_as_anothers_deputy() -> None:
    deputy = Actor(DEPUTY_DIRECTOR.person, DIRECTOR.post, deputising=True)
    for name in (DEPUTY_DIRECTOR.post, "Deputy Director, Integrated Commissioning"):
        judged = but(EVALUATION, panel=(*PANEL, name))
        record = given(*AUTHORISED, TENDER, judged, AWARD_REPORT)
        assert record.when(AWARD._replace(by=deputy)).reason("G6").startswith("Who evaluated")


def test_who_might_have_deputised_on_the_panel_did_not_sit_on_it() -> None:
    judged = but(EVALUATION, panel=(*PANEL, DIRECTOR.post))
    record = given(*AUTHORISED, TENDER, judged, AWARD_REPORT)
    deputy = Actor(DEPUTY_DIRECTOR.person, DIRECTOR.post, deputising=True)
    record.when(AWARD._replace(by=deputy)).outcome()


def test_where_only_a_post_is_on_record_the_panel_is_asked_for_that_post() -> None:
    nobody = AWARD._replace(by=Actor(None, DIRECTOR.post), source="the minutes")
    judged = but(EVALUATION, panel=(*PANEL, DIRECTOR.post))
    assert given(*AUTHORISED, TENDER, judged, AWARD_REPORT).when(nobody).irregularities() == ["G6"]
    given(*AUTHORISED, TENDER, EVALUATION, AWARD_REPORT).when(nobody).outcome()
    assert given(*AUTHORISED, TENDER, EVALUATION, AWARD_REPORT).when(nobody).irregularities() == []


def test_who_evaluated_the_tenders_of_one_procurement_does_not_decide_on_several() -> None:
    reference = "leeds-2022-10"
    other = procurement_id(reference)
    opened = but(OPEN, procurement=other, reference=reference, value=up_to("50000"), phases=())
    less = replace(AUTHORISE, up_to=up_to("50000"))
    asked = (
        replace(asks(AUTHORISE), about=REFERENCE),
        asks(AWARD_LATER, "b"),
        replace(asks(less, "c"), about=reference),
    )
    report = but(REPORT, recommendations=asked, also=(reference,))
    answers = tuple(Answer(one, "agreed") for one in "abc")
    decision = but(DECISION, answers=answers, also=(reference,))
    bids = (replace(ALPHA, price=Decimal(40000)),)
    panel = ("leeds/director-of-adults-and-health",)
    evaluation = but(EVALUATION, procurement=other, tenders=bids, panel=panel)
    award = replace(AWARD_TO_ALPHA, amount=exactly("40000"))
    together = but(
        AWARD_REPORT,
        recommendations=(replace(asks(award), about=reference),),
        also=(reference,),
    )
    steps = (OPEN, opened, report, decision, but(TENDER, procurement=other), evaluation)
    (refusal,) = given(*steps, together).when(but(AWARD, also=(reference,))).then_refused("G6")
    assert refusal.reason == f"{reference}: Who evaluated the tenders may not decide"
    given(*steps, together).under(JUDGES).when(but(AWARD, also=(reference,))).outcome()
