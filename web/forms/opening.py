"""The form in which a procurement is opened: on its own, or as a part of an approved plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal, cast, get_args

from msgspec import ValidationError, convert
from msgspec.structs import replace

from domain.deadlines import why_not_covered
from domain.governing import began_on, why_not_commenced, why_not_regime
from domain.messages import Command
from domain.opening import (
    OpenProcurement,
    why_not_framework,
    why_not_part_of,
    why_not_phases,
)
from domain.refusals import ABSOLUTE, Refusal
from domain.regimes import PA_COMMENCED, Regime, Subject
from domain.values import Amount, Basis, Reference, Term, authority_of, procurement_id
from web.forms.base import ActForm, Answers, Asked, Field, day_value, said, with_rule
from web.forms.kinds import tokens
from web.forms.money import money_fields, money_of
from web.forms.terms import (
    MORE,
    OPTIONS,
    existing,
    framework,
    joined,
    mixed,
    more_fields,
    options_of,
    phases,
)

SUBJECTS = tuple((one, one.replace("-", " ").capitalize()) for one in get_args(Subject))
REGIMES = (
    ("pcr2015", "Public Contracts Regulations 2015"),
    ("pa2023", "Procurement Act 2023"),
    ("psr2023", "Provider Selection Regime"),
)
BASES = (("estimated", "Estimated"), ("about", "About"), ("up-to", "At most"), ("exact", "Exactly"))
COMMENCED = "Only where it commenced before today: else it does with the invitation to tender"
MOSTLY = "Of several that cannot be bought apart, the one that is worth more"
NOTICE = "How long before the contract ends an option has to be taken up: empty for any day"
VAT_HINT = "Thresholds of the Procurement Act count it. Unless it is in the value it is added"
VAT: tuple[tuple[Literal["included", "excluded", "not-stated"], str], ...] = (
    ("included", "Yes"),
    ("excluded", "No"),
    ("not-stated", "It is not known"),
)


class Open(ActForm):
    act = "open-procurement"
    title = "Open a procurement"
    button = "Open it"

    @staticmethod
    def addable(asked: Asked) -> Mapping[str, str]:
        return {key: words for key, words in MORE.items() if key not in tokens(asked, "with")}

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
            Field("subject", "What is bought", "select", MOSTLY, plan.subject, SUBJECTS),
            Field("commenced", "Day on which it commenced", "day", COMMENCED),
            *money_fields("value", "Value", asked, was=None, hint=unknown),
            Field("vat", "Is VAT in it?", "radios", VAT_HINT, "not-stated", VAT),
            Field("basis", "How exact is it?", "radios", "", "estimated", BASES),
        ]
        months = str(plan.term.months) if plan.term else ""
        options = joined(plan.term.extensions) if plan.term else ""
        notice = str(plan.term.notice_months or "") if plan.term else ""
        found += [
            Field("starts", "First day of the contract", "day", unknown, _starts(asked)),
            Field("months", "Term in months", "number", unknown, months),
            Field("options", "Options to extend, in months", "text", OPTIONS, options),
            Field("notice", "Notice that an option takes, in months", "number", NOTICE, notice),
            Field("council", "The council's own reference", "text", "You may leave this empty"),
        ]
        return found + more_fields(asked)

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        title = answers.text("title", "a title", most=300)
        purpose = answers.text("purpose", "what it is for", most=5000)
        category = answers.text("category", "a category", most=200)
        regime = answers.one_of("regime", "the law", [key for key, _ in REGIMES])
        subject = answers.one_of("subject", "what is bought", [key for key, _ in SUBJECTS])
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
            cast(Subject, subject),
            answers.day_if_any("commenced", "the day on which it commenced"),
            mixed(asked, answers),
        )

    @staticmethod
    def refused(asked: Asked, command: Command, refusals: Sequence[Refusal]) -> dict[str, str]:
        assert isinstance(command, OpenProcurement)
        context, term = asked.context, command.term
        began = began_on(command.commenced, command.framework, context.day)
        where = {
            "starts": why_not_covered(term.starts, context.calendar) if term else (),
            "regime": why_not_regime(command.regime, command.subject, began, command.mixed),
            "commenced": why_not_commenced(command.commenced, None, context),
            "framework-commenced": why_not_commenced(None, command.framework, context),
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
    basis = answers.one_of("basis", "how exact the value is", [key for key, _ in BASES])
    found = money_of("value", "the value", answers, cast(Basis, basis))
    vat = answers.sent.get("vat", "not-stated")
    return replace(found, vat=next((one for one, _ in VAT if one == vat), "not-stated"))


def _term(answers: Answers) -> Term | None:
    starts, months = answers.day_if_any("starts", "the first day"), answers.optional("months")
    options, notice = options_of("options", answers), answers.optional("notice")
    if starts is None and not months and not answers.optional("options") and not notice:
        return None
    first = starts or answers.day("starts", "the first day")
    length = answers.whole("months", "the term in months", 1, 600)
    before = answers.whole("notice", "the notice in months", 0, 60) if notice else 0
    if before and not options:
        answers.mistakes.setdefault("notice", "Enter the options to extend that take this notice")
    return Term(first, length, options, before)


FORMS = (Open,)
