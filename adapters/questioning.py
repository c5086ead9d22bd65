"""Asks a saved question of the record as it stands: case by case, in the order of references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from adapters.house import House
from domain.procurement import Procurement
from domain.refusals import Refusal, Refused
from domain.values import authority_of, procurement_id
from domain.wording import counted
from projections.question import Case, Found, Question, case_of
from projections.questions import QUESTIONS
from projections.standing import context_at

CASES, SHOWN = 200, 100
"""How many cases are read for a page at most, and after how many finds no further one is."""


class Answer(NamedTuple):
    """What was found, what was read for it, and after which case to go on; empty at the end."""

    found: list[Found]
    cases: int
    steps: int
    last: str

    @property
    def read(self) -> str:
        """How much of the record it rests on, in words."""
        return f"{counted(self.cases, 'case')} with {counted(self.steps, 'step')}, read whole"


def question_of(name: str) -> Question:
    """Raises Refused, with those there are."""
    if name in QUESTIONS:
        return QUESTIONS[name]
    name = name if name.isprintable() else ascii(name)
    reason = f"There is no question “{name}”; there are {', '.join(QUESTIONS)}"
    raise Refused([Refusal("C1", reason)])


def answered(
    house: House, question: Question, council: str = "", after: str = "", cases: int = CASES
) -> Answer:
    """A part of the answer, from the first case after a reference on."""
    found = [] if after else list(_of_councils(house, question, council))
    references = [one for one in _references(house, council) if one > after]
    read = steps = 0
    for reference in references[:cases]:
        case = _case(house, reference)
        found += question.of_case(case)
        read, steps = read + 1, steps + len(case.steps)
        if len(found) >= SHOWN:
            break
    return Answer(found, read, steps, references[read - 1] if read < len(references) else "")


def every(house: House, question: Question, council: str = "") -> Iterator[Found]:
    """The whole answer."""
    yield from _of_councils(house, question, council)
    for reference in _references(house, council):
        yield from question.of_case(_case(house, reference))


def check_council(house: House, council: str) -> None:
    """Raises Refused for one that there is not, with those there are."""
    known = house.views.authorities()
    if council and council not in known:
        council = council if council.isprintable() else ascii(council)
        reason = f"There is no council “{council}”; there are {', '.join(known) or 'none yet'}"
        raise Refused([Refusal("C1", reason)])


def _references(house: House, council: str) -> list[str]:
    rows = house.views.procurements()
    return sorted(one.reference for one in rows if council in ("", one.authority))


def _case(house: House, reference: str) -> Case:
    name = authority_of(reference)
    authority, today = house.authority(name), house.clocks.today(name)
    context = context_at(Procurement(), authority.rules(today), today)
    return case_of(house.log.history(procurement_id(reference)), authority, context)


def _of_councils(house: House, question: Question, council: str) -> Iterator[Found]:
    for name in [council] if council else house.views.authorities():
        if question.of_council:
            today = house.clocks.today(name)
            authority = house.authority(name)
            yield from question.of_council(authority, authority.rules(today), today)
