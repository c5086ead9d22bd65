"""What the record of a decision has to say before it is published, and what is missing (D8, D9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Decision
from domain.refusals import Refusal
from domain.reported import Alternative, Interests, Report
from domain.wording import when

DATE, REASONS, ALTERNATIVES = "date", "reasons", "alternatives"
INTERESTS, NOTE = "interests", "interests-note"
CONSULTED, PARAGRAPH = "interests of ", "paragraph "
"""What an item is called for a consultee, by the post, and for a closed paper, by its number."""


class Missing(Struct, frozen=True):
    """Something that the record of a decision lacks."""

    item: str
    says: str


def reasoned(
    reasons: str, alternatives: tuple[Alternative, ...], no_alternatives: str
) -> Iterator[Missing]:
    """Why it was decided, and what was rejected (D8)."""
    if not reasons:
        yield Missing(REASONS, "A decision is recorded with its reasons")
    if not alternatives and not no_alternatives:
        says = "A decision is recorded with the alternatives that were rejected"
        yield Missing(ALTERNATIVES, f"{says}, or with why none was considered")


def declared(interests: Interests, note: str) -> Iterator[Missing]:
    """Whether an interest was declared, and which (D8)."""
    if interests == "not-in-the-record":
        yield Missing(INTERESTS, "Say whether an interest was declared: nothing is on record")
    if interests == "declared" and not note:
        yield Missing(NOTE, "Say which interest was declared and what follows from it")


def missing(decision: Decision, procurement: Procurement, context: Context) -> Iterator[Missing]:
    """Everything that the record of a decision lacks."""
    if decision.made is None:
        known = decision.on.precision != "unknown"
        has = f"it has only “{when(decision.on)}”" if known else "it has no date"
        yield Missing(DATE, f"The record names the day of the decision: {has}")
    yield from reasoned(decision.reasons, decision.alternatives, decision.no_alternatives)
    yield from declared(decision.interests, decision.interests_note)
    report = procurement.reports[decision.report]
    yield from _consulted(report, context)
    for number, one in enumerate(report.closed, 1):
        if one.exemption.paragraph is None:
            says = f"Name the paragraph of Schedule 12A under which “{one.title}” is exempt"
            yield Missing(f"{PARAGRAPH}{number}", says)


def _consulted(report: Report, context: Context) -> Iterator[Missing]:
    """Members who were consulted declare interests as well (regulation 13)."""
    for one in report.consultees:
        heard = report.consulted.get(one.post)
        silent = heard and heard.view and heard.interests == "not-in-the-record"
        if silent and context.offices.is_member(one.post):
            name = context.offices.title(one.post)
            says = f"Say whether {name}, who was consulted, declared an interest"
            yield Missing(f"{CONSULTED}{one.post}", says)


def why_not_record_complete(
    decision: Decision, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A decision is published with a record that is complete (D8, D9)."""
    for one in missing(decision, procurement, context):
        if one.item.startswith(PARAGRAPH):
            yield Refusal("D9", one.says)
        else:
            yield Refusal("D8", one.says)
