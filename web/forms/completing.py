"""The form that completes the record of a decision: a question for each thing that is missing."""

from __future__ import annotations

from collections.abc import Mapping

from domain.completing import CompleteDecisionRecord, OfConsultee, OfPaper, Said
from domain.decision_record import (
    ALTERNATIVES,
    CONSULTED,
    DATE,
    INTERESTS,
    NOTE,
    PARAGRAPH,
    REASONS,
    missing,
)
from domain.messages import Command
from domain.reported import Alternative
from web.forms.annexes import PARAGRAPHS
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.decisions import also
from web.forms.declaring import declaration, declaration_of

ROWS = range(1, 4)
EMPTY = "Leave it empty where it is still not known"


class Complete(ActForm):
    act = "complete-decision-record"
    title = "Complete the record of the decision"
    button = "Add to the record"

    @staticmethod
    def intro(asked: Asked) -> str:
        return (
            "A decision is published with its full record. What you add is marked as added after "
            "the decision, with the day and your post; what is on record is not changed."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [one for item, says in _missing(asked).items() for one in _asks(item, says)]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        lacks = _missing(asked)
        said = [one for one in lacks if answers.optional(_name(one))]
        rejected = tuple(_alternative(n, answers) for n in ROWS if answers.optional(f"option-{n}"))
        note = answers.optional("note") if NOTE in lacks else ""
        interests: Said | None = None
        if INTERESTS in said:
            interests, note = declaration_of(answers)
        return CompleteDecisionRecord(
            asked.case,
            asked.subject_id,
            answers.day_if_any("made_on", "the day of the decision") if DATE in lacks else None,
            answers.optional("reasons") if REASONS in lacks else "",
            rejected if ALTERNATIVES in lacks else (),
            answers.optional("no_alternatives") if ALTERNATIVES in lacks else "",
            interests,
            note,
            tuple(_consultee(one, answers) for one in said if one.startswith(CONSULTED)),
            tuple(_paper(one, answers) for one in said if one.startswith(PARAGRAPH)),
            also=also(asked),
        )


def _missing(asked: Asked) -> Mapping[str, str]:
    """What is missing, item by item, in words."""
    found = asked.p.decisions.get(asked.subject_id)
    return {one.item: one.says for one in missing(found, asked.p, asked.context)} if found else {}


def _name(item: str) -> str:
    """What the field of an item is called."""
    return item.replace(" ", "-").replace("/", "-")


def _asks(item: str, says: str) -> list[Field]:
    if item == DATE:
        return [Field("made_on", says, "day", EMPTY)]
    if item == REASONS:
        return [Field("reasons", "The reasons for the decision", "textarea", EMPTY)]
    if item == ALTERNATIVES:
        rows = [
            one
            for n in ROWS
            for one in (
                Field(f"option-{n}", f"Alternative {n} that was rejected", "text", EMPTY),
                Field(f"why-{n}", f"Why alternative {n} was rejected", "text"),
            )
        ]
        why = "Or: none was considered, because"
        return [*rows, Field("no_alternatives", why, "textarea", EMPTY)]
    if item == NOTE:
        return [Field("note", "Which interest was declared, and what followed", "textarea", EMPTY)]
    if item.startswith(PARAGRAPH):
        return [Field(_name(item), says, "select", EMPTY, options=PARAGRAPHS)]
    return declaration(_name(item), says)


def _alternative(n: int, answers: Answers) -> Alternative:
    option = answers.text(f"option-{n}", "the alternative", most=1000)
    return Alternative(option, answers.text(f"why-{n}", f"why alternative {n} was rejected"))


def _consultee(item: str, answers: Answers) -> OfConsultee:
    return OfConsultee(item.removeprefix(CONSULTED), *declaration_of(answers, _name(item)))


def _paper(item: str, answers: Answers) -> OfPaper:
    chosen = answers.one_of(_name(item), "a paragraph", [key for key, _ in PARAGRAPHS])
    return OfPaper(int(item.removeprefix(PARAGRAPH)), int(chosen))


FORMS = (Complete,)
