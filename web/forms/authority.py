"""What a report may ask for besides, in a form: delegated authority, a report, a later award."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from domain.effects import AwardByLaterDecision, DelegateAuthority, RequireReport
from domain.values import When
from web.forms.base import YES_NO, Answers, Field, day_value
from web.forms.conditions import Before, condition_fields, conditions_of
from web.forms.consultees import consultee_fields, consultees_of, posts_of
from web.forms.kinds import At, Kind
from web.forms.money import money_fields, optional_money
from web.forms.terms import OPTIONS, joined, options_of

AWARDS = (
    ("one", "One contract"),
    ("several", "Several contracts"),
    ("none", "None: it is not to award"),
)
ALWAYS: tuple[Before, ...] = ("before-award", "before-signature", "in-every-award")
ANY = "You may leave this empty"
SETS = "Only within the budget. Empty for who gives the authority"
ABOVE = "Per cent above it, for the tender ranked first"


def delegation_fields(at: At) -> list[Field]:
    was: DelegateAuthority | None = at.was
    posts, cap = posts_of(at), was.cap if was else None
    every = posts_of(at, bodies=True)
    up_to, hint = "Up to, over all awards", "Empty for “within the budget”"
    return [
        at.field("delegate", "To whom", "select", "", was.delegate if was else "", posts),
        at.field("purpose", "To do what", "textarea", "", was.purpose if was else ""),
        *money_fields(f"cap{at.end}", up_to, at.asked, was=cap, hint=hint),
        at.field("budget-by", "Who sets that budget", "select", SETS, _sets(was), every),
        at.field("above-first", ABOVE, "number", ANY, _share(was)),
        at.field("awards", "How many awards", "radios", "", was.awards if was else "one", AWARDS),
        at.field(
            "variations",
            "May the contracts be changed under it too?",
            "radios",
            "",
            "yes" if was and was.variations else "no",
            YES_NO,
        ),
        at.field(
            "extending",
            "May options to extend a contract be taken up under it?",
            "radios",
            "",
            "yes" if was and was.extending else "no",
            YES_NO,
        ),
        at.field(
            "passing-on",
            "May a part of it be passed on to another post?",
            "radios",
            "",
            "yes" if was and was.passing_on else "no",
            YES_NO,
        ),
        at.field("longest", "Longest term in months", "number", ANY, _months(was)),
        at.field(
            "longest-options",
            "Options to extend, in months",
            "text",
            OPTIONS,
            joined(was.extensions if was else ()),
        ),
        at.field("expires", "Last day", "day", ANY, day_value(was.expires if was else None)),
        *condition_fields("granted", at, *ALWAYS),
        *consultee_fields(at),
    ]


def _sets(was: DelegateAuthority | None) -> str:
    return (was.budget_by or "") if was else ""


def _share(was: DelegateAuthority | None) -> str:
    return f"{was.above_for_first.normalize():f}" if was and was.above_for_first else ""


def _months(was: DelegateAuthority | None) -> str:
    return str(was.months) if was and was.months else ""


def delegation(at: At, answers: Answers) -> DelegateAuthority:
    posts = [key for key, _ in posts_of(at)]
    longest = f"longest{at.end}"
    return DelegateAuthority(
        answers.one_of(f"delegate{at.end}", "to whom authority is delegated", posts),
        answers.text(f"purpose{at.end}", "what is delegated", most=2000),
        consultees_of(at, answers),
        optional_money(f"cap{at.end}", "the cap", answers, "up-to", at.was and at.was.cap),
        _awards(answers.sent.get(f"awards{at.end}", "")),
        answers.whole(longest, "the term in months", 1, 600) if answers.optional(longest) else None,
        options_of(f"longest-options{at.end}", answers),
        answers.day_if_any(f"expires{at.end}", "the last day"),
        conditions_of("granted", at, answers, *ALWAYS),
        answers.sent.get(f"variations{at.end}") == "yes",
        answers.sent.get(f"passing-on{at.end}") == "yes",
        _above(f"above-first{at.end}", answers),
        answers.sent.get(f"extending{at.end}") == "yes",
        *_setter(at, answers),
    )


def _setter(at: At, answers: Answers) -> tuple[str | None, str]:
    """Who sets the budget, and how that was read where it stays who it was."""
    name, was = f"budget-by{at.end}", at.was
    if not answers.optional(name):
        return None, ""
    post = answers.one_of(
        name, "who sets the budget", [key for key, _ in posts_of(at, bodies=True)]
    )
    return post, was.budget_basis if was and was.budget_by == post else ""


def _awards(sent: str) -> Literal["none", "one", "several"]:
    return "several" if sent == "several" else "none" if sent == "none" else "one"


def _above(name: str, answers: Answers) -> Decimal | None:
    if not answers.optional(name):
        return None
    share = answers.number(name, "the share in per cent")
    if not 0 <= share <= 100:
        answers.mistakes[name] = "Enter the share in per cent: from 0 to 100"
        return None
    return share or None


def report_back_fields(at: At) -> list[Field]:
    was: RequireReport | None = at.was
    due, waits = was.due if was else None, "Leave it empty where it waits for something"
    return [
        at.field("back-what", "On what", "text", "", was.what if was else ""),
        at.field("back-by", "By whom", "select", "", was.by if was else "", posts_of(at)),
        at.field(
            "back-to", "To whom", "select", "", was.to if was else "", posts_of(at, bodies=True)
        ),
        at.field("back-due", "By when", "day", waits, day_value(due.day if due else None)),
        at.field("back-once", "Once what has happened", "text", "", was.once if was else ""),
    ]


def report_back(at: At, answers: Answers) -> RequireReport:
    every = [key for key, _ in posts_of(at, bodies=True)]
    due = answers.day_if_any(f"back-due{at.end}", "by when")
    return RequireReport(
        answers.text(f"back-what{at.end}", "what to report on", most=500),
        answers.one_of(f"back-by{at.end}", "who reports", every),
        answers.one_of(f"back-to{at.end}", "to whom", every),
        same_or(due, at.was.due if at.was else None),
        answers.optional(f"back-once{at.end}"),
    )


def same_or(day: date | None, was: When | None) -> When | None:
    """A day that was left as it was stays as exact as it was."""
    if day is None:
        return None
    return was if was and was.day == day else When(day)


def later_fields(at: At) -> list[Field]:
    was: AwardByLaterDecision | None = at.was
    kinds = [(one.id, one.title) for one in at.asked.context.constitution.classes]
    to = was.to if was else "the tenderer with the highest score"
    kind = was.decision_class if was else ""
    return [
        at.field("later-class", "Of which kind that decision is", "select", "", kind, kinds),
        at.field("later-to", "In favour of whom", "text", "", to),
    ]


def later(at: At, answers: Answers) -> AwardByLaterDecision:
    kinds = [one.id for one in at.asked.context.constitution.classes]
    return AwardByLaterDecision(
        answers.one_of(f"later-class{at.end}", "a kind of decision", kinds),
        answers.text(f"later-to{at.end}", "in favour of whom", most=500),
    )


AUTHORITY = {
    "delegation": Kind(
        DelegateAuthority,
        "Delegated authority",
        delegation_fields,
        delegation,
        "Delegate authority to award",
        lambda one, asked: (
            f"Delegate authority to {asked.context.offices.title(one.delegate)}: {one.purpose}"
        ),
    ),
    "report-back": Kind(
        RequireReport,
        "A report back",
        report_back_fields,
        report_back,
        "Require a report back",
        lambda one, _: f"Require a report: {one.what}",
    ),
    "later": Kind(
        AwardByLaterDecision,
        "Award by a later decision",
        later_fields,
        later,
        "Leave the award to a later decision",
        lambda one, _: f"Leave the award to a later decision, in favour of {one.to}",
    ),
}
