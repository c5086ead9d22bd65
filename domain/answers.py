"""Answers to the recommendations of a report, and the resolutions that they make."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from domain.award import why_not_effect
from domain.effects import Effect
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Outcome, Report, Resolution
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import listed


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What the decision maker answers to one recommendation, named by its letter.

    ``wording`` and ``effect`` are given where it is agreed as amended.
    """

    label: Text
    outcome: Outcome
    reason: str = ""
    wording: str = ""
    effect: Effect | None = None


def why_not_answers(
    answers: tuple[Answer, ...], report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Each recommendation is answered once, with what its answer takes (D8)."""
    asked, answered = labels(report, procurement), [one.label for one in answers]
    if sorted(asked) != sorted(answered):
        yield Refusal("C1", f"Answer each recommendation once: {listed(asked)}")
    for one in answers:
        if one.outcome == "agreed-as-amended" and not one.wording:
            yield Refusal("D8", f"({one.label}) Give the wording as amended")
        if one.outcome not in ("agreed", "noted") and not one.reason:
            yield Refusal("D8", f"({one.label}) Give a reason: it is not agreed as it stands")
        if one.outcome != "agreed-as-amended" and (one.wording or one.effect):
            yield Refusal("C1", f"({one.label}) Only what is amended has another wording")
        yield from _why_not_effect(one, report, procurement, context)


def labels(report: Report, procurement: Procurement) -> list[str]:
    """The letters to answer: all, or after a call-in those that were referred back (D10)."""
    every = [one.label for one in report.recommendations]
    earlier = [one for one in procurement.decisions.values() if one.report == report.id]
    call = earlier[-1].called_in if earlier else None
    return [one for one in every if one in call.resolutions] if call else every


def _why_not_effect(
    answer: Answer, report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """What is agreed must be lawful today, as it stands or as it was amended."""
    found = next((one for one in report.recommendations if one.label == answer.label), None)
    mine = found is not None and found.about in (None, procurement.reference)
    asked = found.effect if found else None
    effect = answer.effect or asked
    if effect and type(effect) is not type(asked):
        yield Refusal("C1", f"({answer.label}) An amendment keeps to what was asked for")
    elif effect and answer.outcome.startswith("agreed") and mine:
        yield from why_not_effect(effect, report.decision_class, procurement, context)


def resolutions(answers: tuple[Answer, ...], report: Report) -> list[Resolution]:
    """What was resolved on each recommendation that is answered."""
    given = {one.label: one for one in answers}
    return [
        Resolution(
            asked.label,
            given[asked.label].outcome,
            given[asked.label].wording or asked.text,
            given[asked.label].effect or asked.effect,
            given[asked.label].reason,
            asked.about,
        )
        for asked in report.recommendations
        if asked.label in given
    ]
