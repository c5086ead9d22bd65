"""Whom delegated authority is exercised after consulting, in a form: as many as are needed (G2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.effects import Consultee
from web.forms.base import Answers, Asked, Field
from web.forms.kinds import NTH, At, next_token, tokens

CONSULTEES, ANOTHER = 3, "consultee"
"""Room for so many at first, and what adds room for another."""
HOW = (("consultation", "In consultation with"), ("agreement", "With the agreement of"))


def posts_of(at: At, *, bodies: bool = False) -> list[tuple[str, str]]:
    posts = at.asked.context.offices.acting
    return [(one.id, one.title) for one in posts if bodies or not one.body]


def consultee_fields(at: At) -> list[Field]:
    posts, found = posts_of(at), []
    for n, one in enumerate(_rows(at), 1):
        how = one.how if one else "consultation"
        post, label = one.post if one else "", f"How consultee {n} is asked"
        found.append(at.field(f"consultee-{n}", f"Consultee {n}", "select", "", post, posts))
        found.append(at.field(f"how-{n}", label, "radios", "", how, HOW))
    return found


def _rows(at: At) -> Sequence[Consultee | None]:
    """Those of the version before, and room for as many as a form has or was given."""
    named: tuple[Consultee | None, ...] = at.was.consultees if at.was else ()
    added = [one for one in tokens(at.asked, "with") if re.fullmatch(f"{ANOTHER}({NTH})?", one)]
    return (*named, *[None] * (max(1, CONSULTEES - len(named)) + len(added)))


def another(asked: Asked) -> dict[str, str]:
    """What makes room for one more consultee."""
    token = next_token(ANOTHER, tokens(asked, "with"))
    return {token: "Add a consultee"} if token else {}


def consultees_of(at: At, answers: Answers) -> tuple[Consultee, ...]:
    posts = [key for key, _ in posts_of(at)]
    found, before = [], _rows(at)
    for n, was in enumerate(before, 1):
        name = f"consultee-{n}{at.end}"
        if answers.optional(name):
            post = answers.one_of(name, "a consultee", posts)
            agreement = answers.sent.get(f"how-{n}{at.end}") == "agreement"
            kept = was.basis if was and was.post == post else ""
            found.append(Consultee(post, "agreement" if agreement else "consultation", kept))
    return tuple(found)
