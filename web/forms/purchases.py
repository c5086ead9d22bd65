"""What the gateways are there for, in a form: a plan, a competition, a budget, an award."""

from __future__ import annotations

from typing import Literal, cast

from domain.constitution import Gateway
from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardContract,
    Effect,
)
from domain.record import Recommendation
from domain.values import Amount
from web.forms.base import YES_NO, Answers, Asked, Field, amount_of, day_value
from web.forms.market import ONE_TO_A_LINE, criteria_of

STANDSTILLS = (("required", "Required"), ("voluntary", "Voluntary"), ("none", "None"))


def main_fields(gateway: Gateway, asked: Asked) -> list[Field]:
    """Questions about what the gateway is there for, where the record suggests nothing."""
    found = [Field("text-a", "Recommendation (a)", "textarea", "What is to be agreed, in words")]
    match gateway.asks_for:
        case "approve-plan":
            found.append(Field("sounded", "May the market be sounded?", "radios", "", "no", YES_NO))
        case "authorise-procurement":
            found += [
                *_money("up-to", "Up to", asked),
                Field("criteria", "Criteria and weights", "textarea", ONE_TO_A_LINE),
                Field("tender-days", "Days that tenderers get, at least", "number", value="30"),
                Field("standstill", "Standstill", "radios", "", "required", STANDSTILLS),
            ]
        case "approve-budget":
            found += _money("budget", "Budget", asked)
        case "award-contract":
            starts = day_value(asked.p.term.starts) if asked.p.term else ""
            months = str(asked.p.term.months) if asked.p.term else ""
            hint = "An award without competition names it, such as regulation 32(2)(b)(ii)"
            found += [
                Field("supplier", "Supplier", "text", value=_first(asked)),
                *_money("amount", "Amount", asked, *_offered(asked)),
                Field("starts", "First day", "day", value=starts),
                Field("months", "Term in months", "number", value=months),
            ]
            if asked.p.evaluation is None:
                found.append(Field("ground", "Legal ground", "text", hint))
    return found


def _first(asked: Asked) -> str:
    """Whose tender came first, where tenders were evaluated."""
    return asked.p.evaluation.ranking[0].tenderer if asked.p.evaluation else ""


def _offered(asked: Asked) -> tuple[str, bool]:
    """The price that came first, and whether it is exempt."""
    first = asked.p.evaluation.ranking[0] if asked.p.evaluation else None
    price = f"{first.price:,.2f}" if first and first.price is not None else ""
    return price, first is not None and first.price is None


def _money(
    name: str, label: str, asked: Asked, price: str = "", exempt: bool = False
) -> list[Field]:
    value = "yes" if exempt or asked.p.value.basis == "exempt" else "no"
    hint = "It is then kept sealed, and used in rules"
    return [
        Field(name, label, "money", value=price),
        Field(f"{name}-exempt", "Is the figure exempt?", "radios", hint, value, YES_NO),
    ]


def main_effect(gateway: Gateway, asked: Asked, answers: Answers) -> Recommendation | None:
    text = answers.text("text-a", "what is to be agreed", most=2000)
    effect: Effect
    match gateway.asks_for:
        case "approve-plan":
            effect = ApprovePlan(text, market_engagement=answers.sent.get("sounded") == "yes")
        case "authorise-procurement":
            standstill = answers.one_of("standstill", "a standstill", [k for k, _ in STANDSTILLS])
            effect = AuthoriseProcurement(
                _amount("up-to", "the amount", answers, "up-to"),
                criteria_of(answers),
                answers.whole("tender-days", "the days that tenderers get", 1, 400),
                standstill=cast(Literal["required", "voluntary", "none"], standstill),
            )
        case "approve-budget":
            effect = ApproveBudget(_amount("budget", "the budget", answers, "approved"))
        case "award-contract":
            effect = AwardContract(
                answers.text("supplier", "the supplier", most=200),
                _amount("amount", "the amount", answers, "exact"),
                answers.day("starts", "the first day"),
                answers.whole("months", "the term in months", 1, 600),
                direct=asked.p.evaluation is None,
                extensions=asked.p.term.extensions if asked.p.term else (),
                ground="" if asked.p.evaluation else answers.text("ground", "the legal ground"),
            )
        case _:
            return None
    return Recommendation("a", text, effect)


def _amount(
    name: str, what: str, answers: Answers, basis: Literal["up-to", "approved", "exact"]
) -> Amount:
    exempt = answers.sent.get(f"{name}-exempt") == "yes"
    return amount_of(name, what, answers, basis=basis, exempt=exempt)
