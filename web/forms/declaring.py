"""The question whether somebody declares an interest, and its answer."""

from __future__ import annotations

from domain.completing import Said
from web.forms.base import Answers, Field

PUBLIC = "No names and nothing about health: this is public"
"""Said where a form asks why a post takes no part: everybody can tell who holds it."""
OPTIONS = (("none-declared", "No"), ("declared", "Yes"))


def declaration(
    name: str = "interests", asks: str = "Do you have an interest to declare?"
) -> list[Field]:
    """Both fields; the second is filled in where one is declared."""
    hint = "Only if you answered yes. Name the dispensation, if one was granted"
    what = "Which interest, and what follows from it"
    return [
        Field(name, asks, "radios", options=OPTIONS),
        Field(f"{name}_note", what, "textarea", hint),
    ]


def declaration_of(answers: Answers, name: str = "interests") -> tuple[Said, str]:
    """What was answered: which interest only where one is declared."""
    chosen = answers.one_of(name, "whether there is an interest", [one for one, _ in OPTIONS])
    note = answers.optional(f"{name}_note")
    if chosen != "declared":
        return "none-declared", ""
    if not note:
        answers.mistakes[f"{name}_note"] = "Say which interest it is, and what follows from it"
    return "declared", note
