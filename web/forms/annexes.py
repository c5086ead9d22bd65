"""What goes with a report, in a form: a closed appendix, and other procurements it concerns."""

from __future__ import annotations

from msgspec import ValidationError, convert

from domain.closed import ClosedPart, Exemption
from domain.values import Closed, Reference
from web.forms.base import Answers, Field


def other_procurements_fields() -> list[Field]:
    hint = "Their references, one to a line. One decision is then recorded in each"
    return [Field("also", "Other procurements", "textarea", hint)]


def other_procurements(more: set[str], answers: Answers) -> tuple[str, ...]:
    """The references of the other procurements that the report concerns."""
    if "several" not in more:
        return ()
    found = tuple(answers.text("also", "the references of the other procurements").split())
    try:
        return convert(found, tuple[Reference, ...])
    except ValidationError:
        said = "A reference is written like leeds-2022-1: one to a line"
        answers.mistakes.setdefault("also", said)
        return ()


def closed_fields() -> list[Field]:
    paragraphs = [(str(n), f"Paragraph {n}") for n in range(1, 8)]
    return [
        Field("closed", "A closed appendix", "heading"),
        Field("closed-title", "Title, which is public", "text", value="Exempt appendix 1"),
        Field("closed-text", "The closed text", "textarea"),
        Field("paragraph", "Exempt under Schedule 12A", "select", value="3", options=paragraphs),
        Field("closed-why", "Why the public interest is in keeping it closed", "text"),
    ]


def closed_parts(more: set[str], answers: Answers) -> tuple[ClosedPart, ...]:
    if "closed" not in more:
        return ()
    paragraph = answers.one_of("paragraph", "a paragraph", [str(n) for n in range(1, 8)])
    why = answers.text("closed-why", "why it is closed", most=1000)
    text = answers.text("closed-text", "the closed text", most=50_000)
    title = answers.text("closed-title", "a title", most=200)
    return (ClosedPart(title, Exemption(why, int(paragraph)), Closed(text)),)
