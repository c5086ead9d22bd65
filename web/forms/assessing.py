"""The form of the conflicts assessment: made, and made again when something changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast, get_args

from domain.assessing_conflicts import RecordConflictsAssessment, changed_since, facts, nameable
from domain.conflicts import KINDS, PARTS, Conflict, Kind, Part
from domain.messages import Command
from web.forms.base import YES_NO, ActForm, Answers, Asked, Field
from web.forms.declaring import PUBLIC
from web.forms.kinds import next_token, tokens

ROW = "conflict"
NO_POST = ("", "No post of the council's: its part says it")
LEFT_OUT = f"Leave it empty where there is no such conflict. {PUBLIC}"
UNAVOIDABLE = "The supplier is then excluded. Do not name it here: names of tenderers may be closed"


class _Row(NamedTuple):
    """A conflict as the version before had it, or as something on record makes it likely."""

    part: Part = "evaluator"
    kind: Kind = "potential"
    interest: str = ""
    steps: str = ""
    post: str = ""
    excludes: bool = False


class AssessConflicts(ActForm):
    act = "record-conflicts-assessment"
    title = "Record the conflicts assessment"

    @staticmethod
    def intro(asked: Asked) -> str:
        said = (
            "Everybody who can influence the procurement counts: decision makers, consultees, "
            "evaluators, report authors, advisers. Say who it is by part and post, never by name."
        )
        if asked.p.conflicts:
            said += f" This becomes version {len(asked.p.conflicts) + 1}, and replaces the last."
        if found := changed_since(asked.p):
            said += " Came to light since: " if asked.p.conflicts else " On record: "
            said += "; ".join(dict.fromkeys(one.what for one in found)) + "."
        return said

    @staticmethod
    def addable(asked: Asked) -> Mapping[str, str]:
        token = next_token(ROW, tokens(asked, "with"))
        return {token: "Add another conflict"} if token else {}

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        offices, rows = asked.context.offices, _rows(asked)
        posts = [NO_POST, *((one, offices.title(one)) for one in nameable(asked.p, asked.context))]
        any_ = "yes" if any(one.interest or one.post for one in rows) else ""
        found = [
            Field(
                "found",
                "Was a conflict of interest found?",
                "radios",
                "An actual one, a potential one, or what could look like one",
                any_,
                YES_NO,
            )
        ]
        for n, one in enumerate(rows, 1):
            found += [
                Field(f"conflict-{n}", f"Conflict {n}", "heading"),
                Field(
                    f"part-{n}",
                    f"Part in the procurement ({n})",
                    "select",
                    "",
                    one.part,
                    _words(PARTS.items()),
                ),
                Field(f"post-{n}", f"Post ({n})", "select", "", one.post, posts),
                Field(
                    f"kind-{n}", f"What it is ({n})", "select", "", one.kind, _words(KINDS.items())
                ),
                Field(f"interest-{n}", f"The interest ({n})", "textarea", LEFT_OUT, one.interest),
                Field(f"steps-{n}", f"What is done about it ({n})", "textarea", PUBLIC, one.steps),
                Field(
                    f"excludes-{n}",
                    "Does it give a supplier an unfair advantage that cannot be avoided?",
                    "radios",
                    UNAVOIDABLE,
                    "yes" if one.excludes else "no",
                    YES_NO,
                ),
            ]
        return found

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        any_ = answers.one_of("found", "whether a conflict was found", ("yes", "no"))
        posts = ["", *nameable(asked.p, asked.context)]
        conflicts = []
        for n, _ in enumerate(_rows(asked), 1):
            if not any(answers.optional(f"{name}-{n}") for name in ("interest", "steps")):
                continue
            part = answers.one_of(f"part-{n}", "a part in the procurement", get_args(Part))
            kind = answers.one_of(f"kind-{n}", "which it is", get_args(Kind))
            conflicts.append(
                Conflict(
                    cast(Part, part),
                    cast(Kind, kind),
                    answers.text(f"interest-{n}", "the interest", most=2000),
                    answers.text(f"steps-{n}", "what is done about it", most=2000),
                    answers.one_of(f"post-{n}", "a post", posts) or None,
                    answers.sent.get(f"excludes-{n}") == "yes",
                )
            )
        if any_ == "yes" and not conflicts:
            answers.mistakes.setdefault("interest-1", "Enter the interest, or answer no")
        return RecordConflictsAssessment(asked.case, tuple(conflicts), any_ == "no")


def _rows(asked: Asked) -> list[_Row]:
    """Those of the version before, one for each fact that it does not name, and those added."""
    before = asked.p.conflicts[-1].conflicts if asked.p.conflicts else ()
    found = [
        _Row(one.part, one.kind, one.interest, one.steps, one.post or "", one.excludes)
        for one in before
    ]
    named = {one.post for one in found}
    for fact in facts(asked.p):
        if fact.post not in named:
            part: Part = "consultee" if fact.id.startswith("consultee") else "decision-maker"
            found.append(_Row(part, "actual", "", "", fact.post))
            named.add(fact.post)
    added = len([one for one in tokens(asked, "with") if one.startswith(ROW)])
    return [*(found or [_Row()]), *[_Row()] * added]


def _words(known: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, words[0].upper() + words[1:]) for key, words in known]


FORMS = (AssessConflicts,)
