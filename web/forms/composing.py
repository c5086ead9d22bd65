"""What a report asks for, put together in the form: the main effect of its gateway, and more."""

from __future__ import annotations

from typing import Literal, cast

from msgspec import ValidationError, convert

from domain.closed import ClosedPart, Exemption
from domain.constitution import Gateway
from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardContract,
    Consultee,
    DelegateAuthority,
    Effect,
    RequireReport,
)
from domain.record import Recommendation
from domain.values import Amount, Closed, Reference, When
from web.forms.base import Answers, Asked, Field, amount_of, day_value
from web.forms.market import ONE_TO_A_LINE, criteria_of

YES_NO = (("no", "No"), ("yes", "Yes"))
STANDSTILLS = (("required", "Required"), ("voluntary", "Voluntary"), ("none", "None"))
MORE = {
    "delegation": "Delegate authority to award",
    "report-back": "Require a report back",
    "closed": "Add a closed appendix (Part 2)",
    "several": "Concern other procurements too",
}
CONSULTEES = 3
EXEMPT_HINT = "It is then kept sealed. Rules go by it; only those who may see it are shown it"


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
    found = [Field(name, label, "money", value=price)]
    if asked.context.constitution.closed:
        what = "Is the figure exempt from publication?"
        found.append(Field(f"{name}-exempt", what, "radios", EXEMPT_HINT, value, YES_NO))
    return found


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


def more_fields(more: set[str], asked: Asked) -> list[Field]:
    """Questions about whatever else was added to the report."""
    offices = asked.context.offices
    posts = [(one.id, one.title) for one in offices.posts if not one.body]
    every = [(one.id, one.title) for one in offices.posts]
    found: list[Field] = []
    if "delegation" in more:
        hint = "Empty for “within the budget”"
        awards = (("one", "One contract"), ("several", "Several contracts"))
        how = (("consultation", "In consultation with"), ("agreement", "With the agreement of"))
        found += [
            Field("delegation", "Delegated authority", "heading"),
            Field("delegate", "To whom", "select", options=posts),
            Field("purpose", "To do what", "textarea"),
            Field("cap", "Up to, over all awards", "money", hint),
            Field("awards", "How many awards", "radios", "", "one", awards),
        ]
        for n in range(1, CONSULTEES + 1):
            found.append(Field(f"consultee-{n}", f"Consultee {n}", "select", options=posts))
            label = f"How consultee {n} is asked"
            found.append(Field(f"how-{n}", label, "radios", "", "consultation", how))
    if "report-back" in more:
        found += [
            Field("back", "A report back", "heading"),
            Field("back-what", "On what", "text"),
            Field("back-by", "By whom", "select", options=posts),
            Field("back-to", "To whom", "select", options=every),
            Field("back-due", "By when", "day", "Leave it empty where it waits for something"),
            Field("back-once", "Once what has happened", "text"),
        ]
    if "several" in more:
        hint = "Their references, one to a line. One decision is then recorded in each"
        found.append(Field("also", "Other procurements", "textarea", hint))
    if "closed" in more:
        paragraphs = [(str(n), f"Paragraph {n}") for n in range(1, 8)]
        found += [
            Field("closed", "A closed appendix", "heading"),
            Field("closed-title", "Title, which is public", "text", value="Exempt appendix 1"),
            Field("closed-text", "The closed text", "textarea"),
            Field(
                "paragraph", "Exempt under Schedule 12A", "select", value="3", options=paragraphs
            ),
            Field("closed-why", "Why the public interest is in keeping it closed", "text"),
        ]
    return found


def more_effects(more: set[str], asked: Asked, answers: Answers) -> list[tuple[str, Effect]]:
    """What was added, each with its words."""
    posts = [one.id for one in asked.context.offices.posts]
    found: list[tuple[str, Effect]] = []
    if "delegation" in more:
        purpose = answers.text("purpose", "what is delegated", most=2000)
        delegate = answers.one_of("delegate", "to whom authority is delegated", posts)
        cap = answers.optional("cap") and Amount("up-to", answers.pounds("cap", "the cap"))
        several = answers.sent.get("awards") == "several"
        effect = DelegateAuthority(
            delegate,
            purpose,
            _consultees(answers, posts),
            cap or None,
            "several" if several else "one",
        )
        name = asked.context.offices.title(delegate)
        found.append((f"Delegate authority to {name}: {purpose}", effect))
    if "report-back" in more:
        said = any(answers.optional(f"back-due-{part}") for part in ("day", "month", "year"))
        what = answers.text("back-what", "what to report on", most=500)
        report = RequireReport(
            what,
            answers.one_of("back-by", "who reports", posts),
            answers.one_of("back-to", "to whom", posts),
            When(answers.day("back-due", "by when")) if said else None,
            answers.optional("back-once"),
        )
        found.append((f"Require a report: {what}", report))
    return found


def _consultees(answers: Answers, posts: list[str]) -> tuple[Consultee, ...]:
    found = []
    for n in range(1, CONSULTEES + 1):
        if answers.optional(f"consultee-{n}"):
            post = answers.one_of(f"consultee-{n}", "a consultee", posts)
            agreement = answers.sent.get(f"how-{n}") == "agreement"
            found.append(Consultee(post, "agreement" if agreement else "consultation"))
    return tuple(found)


def other_procurements(more: set[str], answers: Answers) -> tuple[str, ...]:
    """The references of the other procurements that the report concerns."""
    if "several" not in more:
        return ()
    found = tuple(answers.text("also", "the references of the other procurements").split())
    try:
        return convert(found, tuple[Reference, ...])
    except ValidationError:
        said = "A reference is written like leeds-2022-1: one to a line"
        answers.mistakes.setdefault("also", said)
        return ()


def closed_parts(more: set[str], answers: Answers) -> tuple[ClosedPart, ...]:
    if "closed" not in more:
        return ()
    paragraph = answers.one_of("paragraph", "a paragraph", [str(n) for n in range(1, 8)])
    why = answers.text("closed-why", "why it is closed", most=1000)
    text = answers.text("closed-text", "the closed text", most=50_000)
    title = answers.text("closed-title", "a title", most=200)
    return (ClosedPart(title, Exemption(why, int(paragraph)), Closed(text)),)
