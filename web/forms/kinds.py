"""The kinds of thing that a report can ask for: each with its questions, and its effect."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from domain.effects import Effect
from domain.effects import Kind as AnyEffect
from web.forms.base import Answers, Asked, Field

NTH = "-([2-9])"
"""What the token of one more thing of the same kind ends in."""


def tokens(asked: Asked, name: str) -> list[str]:
    """What was added to the form, or taken out of it, in that order and each once."""
    return list(dict.fromkeys(asked.sent.get(name, "").split()))


def end_of(token: str) -> str:
    """What the names of the fields of something that was added end in: nothing for the first."""
    found = re.fullmatch(rf".*{NTH}", token)
    return f".x{found.group(1)}" if found else ""


def next_token(name: str, taken: Collection[str]) -> str:
    """The token of one more of a kind; empty where there is no room for more."""
    every = (name, *(f"{name}-{n}" for n in range(2, 10)))
    return next((one for one in every if one not in taken), "")


class At(NamedTuple):
    """Where in a form something that a report asks for stands.

    ``end`` is what the names of its fields end in; ``was`` is what the version before asked for,
    and ``words`` is the recommendation as it is worded now.
    """

    asked: Asked
    end: str = ""
    was: Any = None
    words: str = ""

    def field(self, name: str, *rest: Any, **more: Any) -> Field:
        return Field(f"{name}{self.end}", *rest, **more)


class Kind(NamedTuple):
    """``add`` is on the button that adds one; without words of its own it is named by ``words``."""

    effect: type[AnyEffect]
    heading: str
    fields: Callable[[At], list[Field]]
    read: Callable[[At, Answers], Effect]
    add: str = ""
    words: Callable[[Any, Asked], str] | None = None
