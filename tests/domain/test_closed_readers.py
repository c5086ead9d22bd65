"""Who may read a closed paper: whom the constitution names, and councillors by law (D9)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.closed import ClosedPart, Exemption
from domain.closed_readers import reads_as, why_not_read
from domain.messages import Actor, Context
from domain.values import Closed
from tests.domain.cases import AWARD, closed_to_all_but, leeds
from tests.scenario import CLERK, DIRECTOR, OFFICER, holder

MEMBER = holder("leeds/chair-of-scrutiny")
NAMED = closed_to_all_but(DIRECTOR.post)


def context(named: bool = True) -> Context:
    return AWARD.context(leeds(closed=NAMED if named else None))


def paper(paragraph: int | None, negotiation: bool = False) -> ClosedPart:
    return ClosedPart("Appendix 2", Exemption("Prices", paragraph, None, negotiation), Closed("x"))


def seat(who: Actor, part: ClosedPart, seen: Context) -> Actor | None:
    assert who.person
    return reads_as(part, who.person, seen)


@pytest.mark.parametrize("negotiation", [False, True])
@pytest.mark.parametrize("paragraph", [None, 1, 3, 5, 6])
def test_a_post_that_the_constitution_names_reads_every_closed_paper(
    paragraph: int | None, negotiation: bool
) -> None:
    part = paper(paragraph, negotiation)
    assert list(why_not_read(part, DIRECTOR.post, context())) == []
    assert seat(DIRECTOR, part, context()) == DIRECTOR


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize(("paragraph", "negotiation"), [(3, False), (6, False), (6, True)])
def test_any_councillor_reads_what_is_exempt_under_paragraph_3_or_6(
    named: bool, paragraph: int, negotiation: bool
) -> None:
    part = paper(paragraph, negotiation)
    assert list(why_not_read(part, MEMBER.post, context(named))) == []
    assert seat(MEMBER, part, context(named)) == MEMBER


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (paper(3, negotiation=True), "It shows terms proposed in negotiating a contract"),
        (paper(1), "exempt under paragraph 1"),
        (paper(5), "exempt under paragraph 5"),
        (paper(None), "exempt under no paragraph that is named"),
    ],
)
def test_a_councillor_reads_nothing_else(part: ClosedPart, said: str) -> None:
    (refusal,) = why_not_read(part, MEMBER.post, context())
    assert refusal.rule == "D9"
    assert said in refusal.reason
    assert seat(MEMBER, part, context()) is None


@pytest.mark.parametrize("who", [OFFICER, CLERK])
def test_an_officer_who_is_not_named_reads_nothing(who: Actor) -> None:
    (refusal,) = why_not_read(paper(3), who.post, context())
    assert refusal.rule == "D9"
    title = context().offices.title(DIRECTOR.post)
    assert refusal.reason == f"It is closed (Part 2): it is for {title}"
    assert refusal.provenance == NAMED.provenance
    (refusal,) = why_not_read(paper(3), who.post, context(named=False))
    assert "no rule of" in refusal.reason
    assert seat(who, paper(3), context()) is None


def test_a_person_reads_in_whichever_of_their_posts_may() -> None:
    assert OFFICER.person
    offices = context().offices
    also = replace(
        next(one for one in offices.holders if one.post == MEMBER.post), person=OFFICER.person
    )
    both = replace(context(), offices=replace(offices, holders=(*offices.holders, also)))
    assert seat(OFFICER, paper(3), both) == Actor(OFFICER.person, MEMBER.post)
    assert seat(OFFICER, paper(3, negotiation=True), both) is None
