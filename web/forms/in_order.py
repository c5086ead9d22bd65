"""Fields of a form that say why posts which are asked first could not be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from domain.passed_over import NotThere
from web.forms.base import Answers, Asked, Field
from web.forms.declaring import PUBLIC

WHY = (("absent", "Absent"), ("vacant", "Vacant"))


def asked_before(order: Sequence[str], asked: Asked) -> list[Field]:
    """Two questions for each post but the last, which nobody comes after."""
    found = []
    for n, post in enumerate(order[:-1], 1):
        title = asked.context.offices.title(post)
        hint = "Only if somebody after this post agrees"
        found.append(Field(f"why-{n}", f"{title} is", "radios", hint, "", WHY))
        found.append(Field(f"because-{n}", f"Why {title} cannot agree", "text", PUBLIC))
    return found


def passed_over(order: Sequence[str], answers: Answers) -> tuple[NotThere, ...]:
    """The posts that could not be asked, with why, as far as it was filled in."""
    found = []
    for n, post in enumerate(order[:-1], 1):
        if answers.optional(f"why-{n}"):
            why = answers.one_of(f"why-{n}", "absent or vacant", [one for one, _ in WHY])
            because = answers.text(f"because-{n}", "why this post cannot agree")
            found.append(NotThere(post, cast(Literal["absent", "vacant"], why), because))
    return tuple(found)
