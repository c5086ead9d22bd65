"""What is bought, in a form: a plan, a competition, a budget, an award, a phase, an option."""

from __future__ import annotations

from typing import Literal, cast

from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardContract,
    ExtendContract,
    ReleasePhase,
)
from domain.values import Amount
from domain.wording import amount
from web.forms.base import YES_NO, Answers, Field, day_value
from web.forms.conditions import condition_fields, conditions_of
from web.forms.kinds import At, Kind
from web.forms.market import ONE_TO_A_LINE, criteria_of, share
from web.forms.money import money_fields, money_of
from web.forms.terms import OPTIONS, joined, options_of

STANDSTILLS = (("required", "Required"), ("voluntary", "Voluntary"), ("none", "None"))
ONLY_THE_REST = "Is it only for what is still to be bought?"
ANEW = "If so, what was awarded until then is not counted against it"
GROUND = "An award without competition names it, such as regulation 32(2)(b)(ii)"


def plan_fields(at: At) -> list[Field]:
    was: ApprovePlan | None = at.was
    sounded = "yes" if was and was.market_engagement else "no"
    hint = "Leave it empty where the recommendation says it"
    return [
        at.field("plan", "The plan", "textarea", hint, was.plan if was else ""),
        at.field("sounded", "May the market be sounded?", "radios", "", sounded, YES_NO),
    ]


def plan(at: At, answers: Answers) -> ApprovePlan:
    sounded = answers.sent.get(f"sounded{at.end}") == "yes"
    found = answers.optional(f"plan{at.end}") or at.words
    if not found:
        answers.mistakes[f"plan{at.end}"] = "Enter the plan"
    return ApprovePlan(found, sounded)


def competition_fields(at: At) -> list[Field]:
    was: AuthoriseProcurement | None = at.was
    lines = [f"{one.name} {one.weight.normalize():f}" for one in was.criteria] if was else []
    left = f"{ONE_TO_A_LINE}. Empty where they are left to the invitation"
    days, social = str(was.tender_days) if was else "30", was.social_value if was else None
    share_of = "In per cent of the overall score. You may leave this empty"
    held = was.standstill if was else "required"
    return [
        *money_fields(f"up-to{at.end}", "Up to", at.asked, was=was.up_to if was else None),
        at.field("criteria", "Criteria and weights", "textarea", left, "\n".join(lines)),
        at.field("tender-days", "Days that tenderers get, at least", "number", value=days),
        at.field(
            "social-value",
            "Social value",
            "number",
            share_of,
            "" if social is None else f"{social.normalize():f}",
        ),
        at.field("standstill", "Standstill", "radios", "", held, STANDSTILLS),
        *condition_fields("competition", at, "before-award", "before-signature"),
    ]


def competition(at: At, answers: Answers) -> AuthoriseProcurement:
    standstill = answers.one_of(
        f"standstill{at.end}", "a standstill", [key for key, _ in STANDSTILLS]
    )
    criteria, social = f"criteria{at.end}", f"social-value{at.end}"
    return AuthoriseProcurement(
        money_of(f"up-to{at.end}", "the amount", answers, "up-to", at.was and at.was.up_to),
        criteria_of(answers, criteria) if answers.optional(criteria) else (),
        answers.whole(f"tender-days{at.end}", "the days that tenderers get", 0, 400),
        share(answers, social, "social value") if answers.optional(social) else None,
        cast(Literal["required", "voluntary", "none"], standstill),
        conditions_of("competition", at, answers, "before-award", "before-signature"),
    )


def budget_fields(at: At) -> list[Field]:
    anew = "yes" if at.was and at.was.anew else "no"
    return [
        *money_fields(f"budget{at.end}", "Budget", at.asked, was=at.was and at.was.amount),
        at.field("anew", ONLY_THE_REST, "radios", ANEW, anew, YES_NO),
    ]


def budget(at: At, answers: Answers) -> ApproveBudget:
    was = at.was and at.was.amount
    amount = money_of(f"budget{at.end}", "the budget", answers, "approved", was)
    return ApproveBudget(amount, answers.sent.get(f"anew{at.end}") == "yes")


def award_fields(at: At) -> list[Field]:
    was: AwardContract | None = at.was
    p, evaluation = at.asked.p, at.asked.p.evaluation
    first = evaluation.ranking[0].tenderer if evaluation else ""
    starts = was.starts if was else p.term.starts if p.term else None
    months = str(was.months if was else p.term.months if p.term else "")
    options = was.extensions if was else p.term.extensions if p.term else ()
    found = [
        at.field("supplier", "Supplier", "text", "", was.supplier if was else first),
        *money_fields(f"amount{at.end}", "Amount", at.asked, was=_price(at)),
        at.field("starts", "First day", "day", "", day_value(starts)),
        at.field("months", "Term in months", "number", "", months),
        at.field("options", "Options to extend, in months", "text", OPTIONS, joined(options)),
        *condition_fields("award", at, "before-signature"),
    ]
    if evaluation is None:
        found.append(at.field("ground", "Legal ground", "text", GROUND, was.ground if was else ""))
    return found


def _price(at: At) -> Amount | None:
    """What the version before awarded, or else the price that came first."""
    evaluation = at.asked.p.evaluation
    if at.was:
        price: Amount = at.was.amount
        return price
    return evaluation.ranking[0].offer if evaluation else None


def award(at: At, answers: Answers) -> AwardContract:
    direct = at.asked.p.evaluation is None
    return AwardContract(
        answers.text(f"supplier{at.end}", "the supplier", most=200),
        money_of(f"amount{at.end}", "the amount", answers, "exact", _price(at)),
        answers.day(f"starts{at.end}", "the first day"),
        answers.whole(f"months{at.end}", "the term in months", 1, 600),
        direct,
        answers.text(f"ground{at.end}", "the legal ground", most=500) if direct else "",
        options_of(f"options{at.end}", answers),
        conditions=conditions_of("award", at, answers, "before-signature"),
    )


def phase_fields(at: At) -> list[Field]:
    return [at.field("phase", "Which phase", "number", "", str(at.was.phase) if at.was else "")]


def phase(at: At, answers: Answers) -> ReleasePhase:
    return ReleasePhase(answers.whole(f"phase{at.end}", "the number of the phase", 1, 99))


def extension_fields(at: At) -> list[Field]:
    return [at.field("option", "Which option", "number", "", str(at.was.option) if at.was else "")]


def extension(at: At, answers: Answers) -> ExtendContract:
    return ExtendContract(answers.whole(f"option{at.end}", "the number of the option", 1, 99))


PURCHASES = {
    "plan": Kind(
        ApprovePlan,
        "A plan",
        plan_fields,
        plan,
        "Approve a plan",
        lambda one, _: f"Approve the plan: {one.plan}",
    ),
    "competition": Kind(
        AuthoriseProcurement,
        "A competition",
        competition_fields,
        competition,
        "Authorise a competition",
        lambda one, _: f"Approve a competition, {amount(one.up_to)}",
    ),
    "budget": Kind(
        ApproveBudget,
        "A budget",
        budget_fields,
        budget,
        "Approve a budget",
        lambda one, _: f"Approve a budget: {amount(one.amount).removeprefix('approved ')}",
    ),
    "award": Kind(AwardContract, "An award", award_fields, award),
    "phase": Kind(ReleasePhase, "A phase", phase_fields, phase),
    "extension": Kind(ExtendContract, "An option to extend", extension_fields, extension),
}
