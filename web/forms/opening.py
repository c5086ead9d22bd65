"""The form in which a procurement is opened: on its own, or as a part of an approved plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from msgspec import ValidationError, convert

from domain.deadlines import why_not_covered
from domain.messages import Command
from domain.opening import (
    PA_COMMENCED,
    OpenProcurement,
    Regime,
    why_not_framework,
    why_not_part_of,
    why_not_phases,
    why_not_regime,
)
from domain.refusals import ABSOLUTE, Refusal
from domain.values import Amount, Basis, Reference, Term, authority_of, procurement_id
from web.forms.base import (
    YES_NO,
    ActForm,
    Answers,
    Asked,
    Field,
    amount_of,
    day_value,
    said,
    with_rule,
)
from web.forms.terms import MORE, existing, framework, more_fields, phases

REGIMES = (
    ("pcr2015", "Public Contracts Regulations 2015"),
    ("pa2023", "Procurement Act 2023"),
    ("psr2023", "Provider Selection Regime"),
)
BASES = (("estimated", "Estimated"), ("about", "About"), ("up-to", "At most"), ("exact", "Exactly"))
PERIODS = (("total", "in all"), ("year", "a year"))
MOST_OPTIONS = 9


class Open(ActForm):
    act = "open-procurement"
    title = "Open a procurement"
    button = "Open it"
    more = MORE

    @staticmethod
    def intro(asked: Asked) -> str:
        if asked.p.version:
            return (
                f"It carries out the plan of {asked.p.reference}: the gateway at which the plan "
                "was approved lies behind it, and authority that was delegated with the plan "
                "covers it."
            )
        return "Its value and its term may still be open. What is bought is decided later."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        plan = asked.p
        regime = "pa2023" if asked.context.day >= PA_COMMENCED else "pcr2015"
        unknown = "Leave it empty where it is not known yet"
        found = [
            Field("reference", "Reference", "text", "It stays for good", _next_reference(asked)),
            Field("title", "Title", "text", value=f"{plan.title}: " if plan.version else ""),
            Field("purpose", "What it is for", "textarea"),
            Field("category", "Category", "text", "Such as public health", plan.category),
            Field("regime", "Law", "radios", "", regime, REGIMES),
            Field("value", "Value", "money", unknown),
            Field("basis", "The value is", "radios", "", "estimated", BASES),
            Field("per", "It is spent", "radios", "", "total", PERIODS),
        ]
        if asked.context.constitution.closed:
            exempt = "It is then kept sealed, and used in rules"
            found.append(Field("exempt", "Is the value exempt?", "radios", exempt, "no", YES_NO))
        months = str(plan.term.months) if plan.term else ""
        options = ", ".join(str(one) for one in plan.term.extensions) if plan.term else ""
        found += [
            Field("starts", "First day of the contract", "day", unknown, _starts(asked)),
            Field("months", "Term in months", "number", unknown, months),
            Field("options", "Options to extend, in months", "text", "Such as 24, 24", options),
            Field("council", "The council's own reference", "text", "You may leave this empty"),
        ]
        return found + more_fields(asked)

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        title = answers.text("title", "a title", most=300)
        purpose = answers.text("purpose", "what it is for", most=5000)
        category = answers.text("category", "a category", most=200)
        regime = answers.one_of("regime", "the law", [key for key, _ in REGIMES])
        reference = _reference(asked, answers)
        return OpenProcurement(
            procurement_id(reference),
            reference,
            title,
            purpose,
            category,
            cast(Regime, regime),
            _value(answers),
            _term(answers),
            phases(asked, answers),
            framework(asked, answers),
            (),
            answers.optional("council"),
            asked.p.reference or None,
            existing(asked, answers),
        )

    @staticmethod
    def refused(asked: Asked, command: Command, refusals: Sequence[Refusal]) -> dict[str, str]:
        assert isinstance(command, OpenProcurement)
        context, term = asked.context, command.term
        where = {
            "starts": why_not_covered(term.starts, context.calendar) if term else (),
            "regime": why_not_regime(command.regime, command.framework, context),
            "framework-until": why_not_framework(command.framework, context),
            "amount-1": why_not_phases(command.value, term, command.phases),
        }
        placed = {one: name for name, found in where.items() for one in found}
        plan = list(why_not_part_of(asked.p, context)) if asked.p.version else []
        for one in refusals:
            if one.rule in ABSOLUTE and one not in (*placed, *plan):
                placed[one] = "reference"
        rest = said(one for one in refusals if one not in placed)
        return rest | {name: with_rule(one) for one, name in placed.items() if one in refusals}

    @staticmethod
    def done(asked: Asked, command: Command, seen: int) -> str:
        assert isinstance(command, OpenProcurement)
        return f"/procurements/{command.reference}?done=1"


def _next_reference(asked: Asked) -> str:
    """The next number of the year that no procurement of the authority has."""
    year = f"{authority_of(asked.reference)}-{asked.context.day.year}-"
    ends = [one.reference.removeprefix(year) for one in asked.house.views.procurements()]
    taken = [int(one) for one in ends if re.fullmatch("[0-9]{1,9}", one)]
    return f"{year}{max(taken, default=0) + 1}"


def _starts(asked: Asked) -> str:
    """As the plan says, or the day after the last contract that it replaces."""
    if asked.p.term:
        return day_value(asked.p.term.starts)
    ends = [one.ends.day for one in asked.p.existing if one.ends.precision == "day"]
    return day_value(max(ends) + timedelta(days=1)) if ends else ""


def _reference(asked: Asked, answers: Answers) -> str:
    found = answers.text("reference", "a reference", most=60)
    mine = authority_of(asked.reference)
    try:
        reference = convert(found, Reference)
    except ValidationError:
        reference = ""
    if authority_of(reference) != mine:
        like = f"{mine}-{asked.context.day.year}-1"
        answers.mistakes.setdefault("reference", f"Write the reference like {like}")
    return reference or f"{mine}-0"


def _value(answers: Answers) -> Amount:
    if not answers.optional("value"):
        return Amount("unknown")
    basis = answers.one_of("basis", "what the value is", [key for key, _ in BASES])
    per = answers.one_of("per", "whether it is a total", [key for key, _ in PERIODS])
    exempt = answers.sent.get("exempt") == "yes"
    found = amount_of("value", "the value", answers, basis=cast(Basis, basis), exempt=exempt)
    return Amount(
        found.basis, found.pounds, "year" if per == "year" else "total", closed=found.closed
    )


def _term(answers: Answers) -> Term | None:
    starts, months = answers.day_if_any("starts", "the first day"), answers.optional("months")
    options = answers.optional("options").replace(",", " ").split()
    if starts is None and not months and not options:
        return None
    first = starts or answers.day("starts", "the first day")
    length = answers.whole("months", "the term in months", 1, 600)
    return Term(first, length, _options(options, answers))


def _options(sent: Sequence[str], answers: Answers) -> tuple[int, ...]:
    read = Answers({str(n): one for n, one in enumerate(sent)})
    found = tuple(read.whole(str(n), "months", 1, 600) for n in range(len(sent)))
    if read.mistakes or len(sent) > MOST_OPTIONS:
        answers.mistakes["options"] = "Give each option in months, in their order, such as 24, 24"
        return ()
    return found


FORMS = (Open,)
