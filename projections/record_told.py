"""The record of a decision in plain data: its law, how long it is kept, and what it lacks."""

from __future__ import annotations

from typing import Any

from domain.decision_record import CONSULTED, PARAGRAPH, missing
from domain.messages import Context
from domain.officer_decisions import officer_record
from domain.procurement import Procurement
from domain.record import Decision
from domain.retention import Kept, kept_of_decision
from domain.wording import short_day, when

NOT_KNOWN = "to be kept for a time that is not known: the day of the decision is not on record"


def told_of_record(decision: Decision, p: Procurement, context: Context) -> dict[str, Any]:
    """Its law, until when it is kept, what it lacks, and what was added later: when, by whom."""
    return {
        "officer": _officer(decision, context),
        "kept": [kept_in_words(one) for one in kept_of_decision(decision, context)],
        "lacks": [one.says for one in missing(decision, p, context)],
        "added_later": [
            {
                "item": _in_words(item, decision, p, context),
                "on_text": when(one.on),
                "by": one.by.post,
            }
            for item, one in decision.added.items()
        ],
    }


def kept_in_words(one: Kept) -> dict[str, Any]:
    """What is kept until when, also in words: to be kept until 15 December 2023."""
    said = f"to be kept until {short_day(one.until)}" if one.until else NOT_KNOWN
    return {
        "what": one.what,
        "until": one.until.isoformat() if one.until else None,
        "text": said,
        "law": one.law,
    }


def _officer(decision: Decision, context: Context) -> dict[str, str] | None:
    found = officer_record(decision, context)
    if found is None:
        return None
    return {
        "post": found.post,
        "post_title": context.offices.title(found.post),
        "function": found.function,
        "law": found.law,
        "published": found.published,
    }


def _in_words(item: str, decision: Decision, p: Procurement, context: Context) -> str:
    """What an item is called: the interests of a member, the paragraph of a closed paper."""
    if item.startswith(CONSULTED):
        return f"the interests of {context.offices.title(item.removeprefix(CONSULTED))}"
    if item.startswith(PARAGRAPH):
        number = int(item.removeprefix(PARAGRAPH))
        return f"the paragraph of “{p.reports[decision.report].closed[number - 1].title}”"
    return {"interests-note": "which interest was declared"}.get(item, f"the {item}")
