"""Conditions in a form: what a resolution is subject to, and showing that one is met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from domain.conditioned import ACT, Condition, Conditions
from domain.conditions import RecordConditionMet, Stated, stated
from domain.messages import Command
from domain.procurement import others
from domain.wording import lettered
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import named
from web.forms.kinds import At

Before = Literal["before-award", "before-signature", "in-every-award"]
ANY = "You may leave this empty"
ASKED: dict[Before, str] = {
    "before-award": "Subject to what, to be met before the award",
    "before-signature": "Subject to what, to be met before the signature",
    "in-every-award": "What every award keeps to",
}
WHO = "Who shows that it is met"


def condition_fields(name: str, at: At, *kinds: Before) -> list[Field]:
    """``name`` is the kind of thing that is subject to them; ``kinds`` are those that it can have.

    The post is asked once: what had another one in the version before keeps it.
    """
    was: Conditions = at.was.conditions if at.was else ()
    found = []
    for kind in kinds:
        lines = "\n".join(one.words for one in was if one.when == kind)
        found.append(
            at.field(f"{name}-{kind}", ASKED[kind], "textarea", f"One to a line. {ANY}", lines)
        )
    named = next((one.shown_by for one in was if one.shown_by), None)
    hint = "Empty for whom the constitution names"
    return [
        *found,
        at.field(f"{name}-shown-by", WHO, "select", hint, named or "", _posts(at.asked)),
    ]


def conditions_of(name: str, at: At, answers: Answers, *kinds: Before) -> Conditions:
    was: Conditions = at.was.conditions if at.was else ()
    who, before = f"{name}-shown-by{at.end}", {(one.words, one.when): one.shown_by for one in was}
    posts = [key for key, _ in _posts(at.asked)]
    post = answers.one_of(who, "a post", posts) if answers.optional(who) else None
    first = next((one for one in before.values() if one), None)
    found = []
    for kind in kinds:
        for line in answers.optional(f"{name}-{kind}{at.end}").splitlines():
            if words := line.strip():
                kept = before.get((words, kind)) if post == first else post
                shown = kept if (words, kind) in before else post
                found.append(Condition(words, kind, None if kind == "in-every-award" else shown))
    return tuple(found)


def _posts(asked: Asked) -> Sequence[tuple[str, str]]:
    return [(one.id, one.title) for one in asked.context.offices.acting]


class Show(ActForm):
    act = ACT
    title = "Show that a condition is met"
    button = "Record that it is met"

    @staticmethod
    def intro(asked: Asked) -> str:
        if (found := _stated(asked)) is None:
            return ""
        which = f"Resolution {lettered(found.resolution.label)}"
        before = "award" if found.condition.when == "before-award" else "signature"
        return (
            f"{which} is subject to this: “{found.condition.words}”. Until it is on record here "
            f"that it is met, the rules refuse the {before}."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        hint = "What shows it, and where that is kept"
        return [Field("evidence", "On what evidence", "textarea", hint)]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        found, (decision, rest) = _stated(asked), named(asked)
        label, _, number = rest.rpartition(" ")
        about = found.resolution.about if found else None
        concerned = found.decision.procurements if found and not about else ()
        return RecordConditionMet(
            asked.case,
            decision,
            label or "-",
            int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0,
            answers.text("evidence", "what shows that it is met"),
            also=others(concerned, asked.p),
        )


def _stated(asked: Asked) -> Stated | None:
    return next((one for one in stated(asked.p) if one.key == asked.subject), None)


FORMS = (Show,)
