"""The form in which a report is put up: its route first, then what it asks for and its papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid5

from msgspec.structs import replace

from domain.effects import AwardContract
from domain.messages import Command
from domain.reported import Alternative, Recommendation, Report
from domain.reports import PutUpReport
from domain.undertakings import outstanding
from domain.wording import lettered, listed
from web.forms.annexes import (
    addable_annexes,
    annex_fields,
    closed_parts,
    other_procurements,
    removable_annexes,
    timetable,
)
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.composing import (
    Composed,
    addable,
    compose,
    item_fields,
    recommendations,
    removable,
)
from web.forms.papers import body_field, paper_fields, papers_of
from web.forms.purchases import GROUND
from web.forms.ways import chosen, key_of, routes, said_of

ALTERNATIVES = 2
NONE_NAMED = "Where you name none, the decision maker says whether any was considered"


class PutUp(ActForm):
    act = "put-up-report"
    title = "Put up a report"
    button = "Put up the report"

    @staticmethod
    def ways(asked: Asked) -> Sequence[tuple[str, str, str]]:
        return [(one.key, said_of(one, asked), one.way.provenance) for one in routes(asked)]

    @staticmethod
    def way(asked: Asked) -> str:
        composed = compose(asked)
        return key_of(composed.before) if composed and composed.before else ""

    @staticmethod
    def addable(asked: Asked) -> Mapping[str, str]:
        composed = compose(asked)
        if composed is None:
            return {}
        return {**addable(asked, composed), **addable_annexes(asked, composed.before)}

    @staticmethod
    def removable(asked: Asked) -> Mapping[str, str]:
        composed = compose(asked)
        if composed is None:
            return {}
        return {**removable(composed), **removable_annexes(asked, composed.before)}

    @staticmethod
    def intro(asked: Asked) -> str:
        route, composed = chosen(asked), compose(asked)
        found = [f"The route: {said_of(route, asked)}"] if route else []
        if composed and composed.combines:
            gateways = (*composed.combines, composed.aim.id)
            titles = [
                one.title for one in asked.context.constitution.gateways if one.id in gateways
            ]
            found.append(f"One report passes {listed([f'“{one}”' for one in titles])}.")
        if composed and composed.before:
            found.append("What the version before said is filled in. Change what has changed.")
        return " ".join(found)

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        composed = compose(asked)
        if composed is None:
            return []
        before = composed.before
        title = before.title if before else f"{asked.p.title}: {composed.aim.title.lower()}"
        found = [Field("title", "Title", "text", value=title)]
        found += [
            Field(f"asks-{a.label}", f"Recommendation {lettered(a.label)}", "said", a.text)
            for a in composed.said
        ]
        found += item_fields(asked, composed)
        found += annex_fields(asked, before)
        found += [body_field(asked, before), *paper_fields(asked, before)]
        implications = before.implications if before else ""
        found.append(Field("implications", "Resource implications", "textarea", "", implications))
        found += _owed(asked, before)
        if _direct(composed.said):
            found.append(Field("ground", "Legal ground", "text", GROUND))
        hint = "Needed where the value alone would make it another kind"
        why = before.class_reason if before else ""
        found.append(Field("class_reason", "Why the decision is of this kind", "text", hint, why))
        return found + _alternative_fields(before)

    @staticmethod
    def papers(asked: Asked, answers: Answers) -> Sequence[bytes]:
        composed = compose(asked)
        return papers_of(asked, composed.before if composed else None, answers)[1]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        composed, route = compose(asked), chosen(asked)
        before = composed.before if composed else None
        title = answers.text("title", "a title", most=300)
        if composed and route is None:
            answers.mistakes["rule-route"] = "No such route leads there: choose another"
        return PutUpReport(
            asked.case,
            uuid5(asked.case, answers.sent.get("command", "")),
            composed.aim.id if composed else asked.subject or "-",
            route.kind.id if route else "-",
            title,
            route.way.decided_by if route else "nobody/nobody",
            _asks(asked, composed, answers) if composed else (),
            papers_of(asked, before, answers)[0],
            answers.optional("class_reason"),
            _alternatives(before, answers),
            answers.optional("implications"),
            timetable(asked, before, answers),
            closed_parts(asked, before, answers),
            composed.combines if composed else (),
            route.under if route else None,
            _reports_back(asked, answers),
            also=other_procurements(asked, before, answers),
        )


def _owed(asked: Asked, before: Report | None) -> list[Field]:
    """What has still to be reported back; what the version before answered is chosen already."""
    title, owed = asked.context.offices.title, outstanding(asked.p)
    options = [(one.id, f"{one.what} ({title(one.by)} to {title(one.to)})") for one in owed]
    value = before.reports_back or "" if before else ""
    hint = "Leave it if it answers none. What it answers is done"
    field = Field("reports_back", "What it reports back", "select", hint, value, options)
    return [field] if owed else []


def _reports_back(asked: Asked, answers: Answers) -> str | None:
    chosen = answers.optional("reports_back")
    if chosen and chosen not in [one.id for one in outstanding(asked.p)]:
        answers.mistakes["reports_back"] = "Choose one that has still to be reported back, or none"
    return chosen or None


def _alternative_fields(before: Report | None) -> list[Field]:
    found = []
    for n, one in enumerate(_rows(before), 1):
        left = " (may be left empty)" if n > 1 else ""
        option, why = (one.option, one.rejected_because) if one else ("", "")
        hint = NONE_NAMED if n == 1 else ""
        found.append(Field(f"option-{n}", f"Alternative {n}{left}", "text", hint, option))
        label = f"Why alternative {n} is not recommended{left}"
        found.append(Field(f"why-{n}", label, "text", "", why))
    return found


def _rows(before: Report | None) -> Sequence[Alternative | None]:
    """The alternatives of the version before, and room for one more, or for some."""
    named: tuple[Alternative | None, ...] = before.alternatives if before else ()
    return (*named, *[None] * max(1, ALTERNATIVES - len(named)))


def _alternatives(before: Report | None, answers: Answers) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(
            answers.text(f"option-{n}", f"alternative {n}", most=500),
            answers.text(f"why-{n}", f"why alternative {n} is not recommended", most=2000),
        )
        for n, _ in enumerate(_rows(before), 1)
        if answers.optional(f"option-{n}") or answers.optional(f"why-{n}")
    )


def _direct(asks: tuple[Recommendation, ...]) -> bool:
    return any(isinstance(one.effect, AwardContract) and one.effect.direct for one in asks)


def _asks(asked: Asked, composed: Composed, answers: Answers) -> tuple[Recommendation, ...]:
    """What the record suggests, and what was put together."""
    said = composed.said
    if _direct(said):
        ground = answers.text("ground", "the legal ground", most=500)
        said = tuple(_on_ground(one, ground) for one in said)
    return (*said, *recommendations(asked, composed, answers))


def _on_ground(one: Recommendation, ground: str) -> Recommendation:
    if isinstance(one.effect, AwardContract):
        return replace(one, effect=replace(one.effect, ground=ground))
    return one


FORMS = (PutUp,)
