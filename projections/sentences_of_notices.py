"""Key decisions with less notice, in sentences: general exception and special urgency."""

from __future__ import annotations

from domain.short_notice import (
    GeneralExceptionNotified,
    SpecialUrgencyAgreed,
    SpecialUrgencyReported,
)
from domain.wording import short_day
from projections.phrases import ended, not_asked, sentence

TOLD = {
    "chair": "the chair of the scrutiny committee",
    "members": "every member of the scrutiny committee",
}


@sentence.register
def _(event: GeneralExceptionNotified) -> str:
    because = f" There was no chair to tell: {ended(event.no_chair)}" if event.no_chair else ""
    return (
        f"Gave notice under the general exception to {TOLD[event.told]}: {ended(event.reasons)} "
        f"To be decided on {short_day(event.earliest)} or later.{because}"
    )


@sentence.register
def _(event: SpecialUrgencyAgreed) -> str:
    said = f"Agreed that the key decision is specially urgent: {ended(event.reasons)}"
    return f"{said}{not_asked(event.passed_over)}"


@sentence.register
def _(event: SpecialUrgencyReported) -> str:
    return "Reported the decision of special urgency to the council."
