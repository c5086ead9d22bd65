"""Amounts in a form: a figure, over what time, and whether it is exempt. What is closed is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec.structs import replace

from domain.values import Amount, Basis, Closed
from web.forms.base import PERIODS, YES_NO, Answers, Asked, Field

EXEMPT_HINT = "It is then kept sealed. Rules go by it; only those who may see it are shown it"
KEPT = "Leave it empty to keep the figure that is closed"


def money_fields(
    name: str, label: str, asked: Asked, *, was: Amount | None, hint: str = ""
) -> list[Field]:
    """``was`` is filled in. A closed figure is filled in only for who may see it (D9)."""
    exempt = (was or asked.p.value).basis == "exempt"
    kept = was is not None and was.basis == "exempt" and not asked.closed
    per = was.per if was else "total"
    found = [
        Field(name, label, "money", KEPT if kept else hint, _figure(was, asked)),
        Field(f"{name}-per", "What it covers", "radios", "", per, PERIODS),
    ]
    if asked.context.constitution.closed:
        what, value = "Is the figure exempt from publication?", "yes" if exempt else "no"
        found.append(Field(f"{name}-exempt", what, "radios", EXEMPT_HINT, value, YES_NO))
    return found


def _figure(was: Amount | None, asked: Asked) -> str:
    """The figure as it may be shown to the reader."""
    shown = was is not None and (was.basis != "exempt" or asked.closed)
    return pounds_value(was.figure) if was and shown else ""


def pounds_value(pounds: Decimal | None) -> str:
    if pounds is None:
        return ""
    return f"{pounds:,.0f}" if pounds == int(pounds) else f"{pounds:,.2f}"


def money_of(
    name: str, what: str, answers: Answers, basis: Basis, was: Amount | None = None
) -> Amount:
    """What was filled in; an exempt amount without a figure stays what it was."""
    exempt = answers.sent.get(f"{name}-exempt") == "yes"
    yearly = answers.sent.get(f"{name}-per") == "year"
    per: Literal["total", "year"] = "year" if yearly else "total"
    if exempt and was and was.basis == "exempt" and not answers.optional(name):
        return replace(was, per=per)
    kept = was.basis if was and was.pounds is not None else basis
    found = amount_of(name, what, answers, basis=kept, exempt=exempt)
    return replace(found, per=per, vat=was.vat if was else "not-stated")


def amount_of(
    name: str, what: str, answers: Answers, *, basis: Basis = "exact", exempt: bool = False
) -> Amount:
    """An amount that was filled in; where it is exempt, with its figure closed."""
    pounds = answers.pounds(name, what)
    return Amount("exempt", closed=Closed(str(pounds))) if exempt else Amount(basis, pounds)


def optional_money(
    name: str, what: str, answers: Answers, basis: Basis, was: Amount | None = None
) -> Amount | None:
    """The same, None where nothing was filled in and nothing is kept."""
    exempt = answers.sent.get(f"{name}-exempt") == "yes"
    kept = exempt and was is not None and was.basis == "exempt"
    return money_of(name, what, answers, basis, was) if answers.optional(name) or kept else None
