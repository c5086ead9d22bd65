"""The answers of a decision maker, read into the command that takes the decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast
from uuid import uuid5

from msgspec.structs import replace

from domain.answers import Answer, labels
from domain.consultation import objections
from domain.decisions import TakeDecision
from domain.effects import ApproveBudget, AuthoriseProcurement, AwardContract, VaryContract
from domain.procurement import Procurement, others
from domain.record import Outcome
from domain.reported import Alternative, Interests, Recommendation, Report
from domain.values import Amount, Closed, procurement_id
from projections.sentences import OUTCOMES
from web.forms.base import Answers

AMENDABLE = (AuthoriseProcurement, ApproveBudget, AwardContract, VaryContract)
"""Kinds of effect whose amount may be agreed as amended."""
AMENDED = ("wording", "amount", "ground")
CONSIDERED = ("rejected", "none")
INTERESTS = ("none-declared", "declared")
EMPTY_ROWS = 2


def command_of(
    p: Procurement,
    report: Report,
    answers: Answers,
    body: str | None = None,
    met: date | None = None,
) -> TakeDecision:
    """The command, for ``body`` where a body decides. Worth nothing with mistakes in answers."""
    interests = answers.one_of("interests", "whether an interest was declared", INTERESTS)
    note = answers.optional("interests_note")
    if interests == "declared" and not note:
        answers.mistakes["interests_note"] = "Say which interest, and what follows from it"
    case = procurement_id(p.reference)
    asked, against = labels(report, p), objections(report)
    given = tuple(_answer(one, answers) for one in report.recommendations if one.label in asked)
    departing = answers.optional("departing")
    if against and not departing and any(one.outcome.startswith("agreed") for one in given):
        answers.mistakes["departing"] = "Say why you depart from the answer of a consultee"
    alternatives, none = report.alternatives, ""
    if not alternatives:
        alternatives, none = _alternatives(answers)
    return TakeDecision(
        procurement=case,
        report=report.id,
        decision=uuid5(case, answers.sent.get("command", "")),
        answers=given,
        reasons=answers.text("reasons", "the reasons for the decision"),
        alternatives=alternatives,
        implications=report.implications,
        interests=cast(Interests, interests),
        interests_note=note,
        body=body,
        under=report.under,
        departing=departing,
        no_alternatives=none,
        met=met,
        urgent=answers.optional("urgent"),
        also=others(report.procurements, p),
    )


def _answer(asked: Recommendation, answers: Answers) -> Answer:
    label = asked.label
    chosen = answers.one_of(f"outcome-{label}", f"an answer to ({label})", list(OUTCOMES))
    reason = answers.optional(f"reason-{label}")
    if chosen not in ("agreed", "noted") and not reason:
        answers.mistakes[f"reason-{label}"] = f"Give a reason: ({label}) is not agreed as it stands"
    if chosen != "agreed-as-amended":
        for part in AMENDED:
            if answers.optional(f"{part}-{label}"):
                answers.mistakes[f"{part}-{label}"] = (
                    f"You gave an amended {part}: choose “Agreed as amended”, or clear it"
                )
        return Answer(label, cast(Outcome, chosen), reason)
    wording = answers.text(f"wording-{label}", f"the wording of ({label}) as amended")
    effect = asked.effect
    if isinstance(effect, AMENDABLE) and answers.optional(f"amount-{label}"):
        pounds = answers.pounds(f"amount-{label}", "the amount as amended")
        if isinstance(effect, AuthoriseProcurement):
            effect = replace(effect, up_to=_amended(effect.up_to, pounds))
        elif isinstance(effect, VaryContract):
            effect = replace(
                effect, amount=_amended(effect.amount or Amount("exact", pounds), pounds)
            )
        else:
            effect = replace(effect, amount=_amended(effect.amount, pounds))
    if isinstance(effect, AwardContract) and (ground := answers.optional(f"ground-{label}")):
        effect = replace(effect, ground=ground)
    return Answer(label, "agreed-as-amended", reason, wording, effect)


def _amended(amount: Amount, pounds: Decimal) -> Amount:
    """Another figure, closed where the amount is exempt."""
    if amount.basis == "exempt":
        return replace(amount, closed=Closed(str(pounds)))
    return replace(amount, pounds=pounds)


def _alternatives(answers: Answers) -> tuple[tuple[Alternative, ...], str]:
    """What the decision maker rejected where the report names nothing, or why there was nothing."""
    chosen = answers.one_of("alternatives", "whether alternatives were considered", CONSIDERED)
    if chosen == "none":
        for n in range(1, EMPTY_ROWS + 1):
            if answers.optional(f"option-{n}") or answers.optional(f"why-{n}"):
                answers.mistakes[f"option-{n}"] = (
                    "You gave an alternative: choose “Yes” or clear it"
                )
        return (), answers.text("no_alternatives", "why no alternative was considered")
    if answers.optional("no_alternatives") and "alternatives" not in answers.mistakes:
        answers.mistakes["no_alternatives"] = "You said why there was none: choose “No” or clear it"
    found = tuple(
        Alternative(
            answers.text(f"option-{n}", f"alternative {n}"),
            answers.text(f"why-{n}", f"why alternative {n} was rejected"),
        )
        for n in range(1, EMPTY_ROWS + 1)
        if n == 1 or answers.optional(f"option-{n}") or answers.optional(f"why-{n}")
    )
    return found, ""
