"""What a report may ask for besides, in a form: delegated authority, and a report back."""

from __future__ import annotations

from domain.effects import Consultee, DelegateAuthority, RequireReport
from domain.values import Amount, When
from web.forms.base import Answers, Asked, Field

CONSULTEES = 3
AWARDS = (("one", "One contract"), ("several", "Several contracts"))
HOW = (("consultation", "In consultation with"), ("agreement", "With the agreement of"))


def delegation_fields(asked: Asked) -> list[Field]:
    posts = [(one.id, one.title) for one in asked.context.offices.posts if not one.body]
    hint = "Empty for “within the budget”"
    found = [
        Field("delegation", "Delegated authority", "heading"),
        Field("delegate", "To whom", "select", options=posts),
        Field("purpose", "To do what", "textarea"),
        Field("cap", "Up to, over all awards", "money", hint),
        Field("awards", "How many awards", "radios", "", "one", AWARDS),
    ]
    for n in range(1, CONSULTEES + 1):
        found.append(Field(f"consultee-{n}", f"Consultee {n}", "select", options=posts))
        label = f"How consultee {n} is asked"
        found.append(Field(f"how-{n}", label, "radios", "", "consultation", HOW))
    return found


def delegation(asked: Asked, answers: Answers) -> tuple[str, DelegateAuthority]:
    """The authority, and its words."""
    posts = [one.id for one in asked.context.offices.posts]
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
    return f"Delegate authority to {asked.context.offices.title(delegate)}: {purpose}", effect


def _consultees(answers: Answers, posts: list[str]) -> tuple[Consultee, ...]:
    found = []
    for n in range(1, CONSULTEES + 1):
        if answers.optional(f"consultee-{n}"):
            post = answers.one_of(f"consultee-{n}", "a consultee", posts)
            agreement = answers.sent.get(f"how-{n}") == "agreement"
            found.append(Consultee(post, "agreement" if agreement else "consultation"))
    return tuple(found)


def report_back_fields(asked: Asked) -> list[Field]:
    every = [(one.id, one.title) for one in asked.context.offices.posts]
    posts = [(one.id, one.title) for one in asked.context.offices.posts if not one.body]
    return [
        Field("back", "A report back", "heading"),
        Field("back-what", "On what", "text"),
        Field("back-by", "By whom", "select", options=posts),
        Field("back-to", "To whom", "select", options=every),
        Field("back-due", "By when", "day", "Leave it empty where it waits for something"),
        Field("back-once", "Once what has happened", "text"),
    ]


def report_back(asked: Asked, answers: Answers) -> tuple[str, RequireReport]:
    """The report that is required, and its words."""
    posts = [one.id for one in asked.context.offices.posts]
    what = answers.text("back-what", "what to report on", most=500)
    due = answers.day_if_any("back-due", "by when")
    effect = RequireReport(
        what,
        answers.one_of("back-by", "who reports", posts),
        answers.one_of("back-to", "to whom", posts),
        When(due) if due else None,
        answers.optional("back-once"),
    )
    return f"Require a report: {what}", effect
