"""The record of a decision in plain data: what it lacks, and what was added to it later."""

from __future__ import annotations

from typing import Any

from domain.decision_record import CONSULTED, PARAGRAPH, missing
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Decision
from domain.wording import when


def told_of_record(decision: Decision, p: Procurement, context: Context) -> dict[str, Any]:
    """What the record lacks, and what was added after the decision: when, and by whom."""
    return {
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


def _in_words(item: str, decision: Decision, p: Procurement, context: Context) -> str:
    """What an item is called: the interests of a member, the paragraph of a closed paper."""
    if item.startswith(CONSULTED):
        return f"the interests of {context.offices.title(item.removeprefix(CONSULTED))}"
    if item.startswith(PARAGRAPH):
        number = int(item.removeprefix(PARAGRAPH))
        return f"the paragraph of “{p.reports[decision.report].closed[number - 1].title}”"
    return {"interests-note": "which interest was declared"}.get(item, f"the {item}")
