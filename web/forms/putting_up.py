"""The form in which a report is put up: its route first, then what it asks for and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid5

from msgspec.structs import replace

from domain.constitution import Gateway
from domain.effects import AwardContract
from domain.messages import Command
from domain.record import Alternative, Document, Recommendation
from domain.reports import PutUpReport
from domain.suggesting import suggest
from domain.undertakings import outstanding
from domain.wording import lettered, long_day
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.composing import (
    MORE,
    closed_parts,
    main_effect,
    main_fields,
    more_effects,
    more_fields,
    other_procurements,
)
from web.forms.ways import chosen, routes, said_of

ALTERNATIVES = 2
LETTERS = "abcdefgh"


class PutUp(ActForm):
    act = "put-up-report"
    title = "Put up a report"
    button = "Put up the report"
    more = MORE

    @staticmethod
    def ways(asked: Asked) -> Sequence[tuple[str, str, str]]:
        return [(one.key, said_of(one, asked), one.way.provenance) for one in routes(asked)]

    @staticmethod
    def intro(asked: Asked) -> str:
        route = chosen(asked)
        return f"The route: {said_of(route, asked)}" if route else ""

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        gateway = asked.context.constitution.gateway(asked.subject)
        if gateway is None:
            return []
        asks = suggest(gateway, asked.p, asked.context)
        title = f"{asked.p.title}: {gateway.title.lower()}"
        found = [Field("title", "Title", "text", value=title)]
        found += [
            Field(f"asks-{a.label}", f"Recommendation {lettered(a.label)}", "said", a.text)
            for a in asks
        ]
        found += main_fields(gateway, asked) if not asks else []
        found += more_fields(_more(asked), asked)
        hint = "What the decision maker should know. Headings, lists and tables in Markdown work"
        found.append(Field("body", "The report", "textarea", hint))
        found.append(Field("implications", "Resource implications", "textarea"))
        found += _owed(asked)
        if _direct(asks):
            hint = "An award without competition names it, such as regulation 32(2)(b)(ii)"
            found.append(Field("ground", "Legal ground", "text", hint))
        hint = "Needed where the value alone would make it another kind"
        found.append(Field("class_reason", "Why the decision is of this kind", "text", hint))
        for n in range(1, ALTERNATIVES + 1):
            left = " (may be left empty)" if n > 1 else ""
            hint = "Where you name none, the decision maker says whether any was considered"
            said = hint if n == 1 else ""
            found.append(Field(f"option-{n}", f"Alternative {n}{left}", "text", said))
            found.append(Field(f"why-{n}", f"Why alternative {n} is not recommended{left}", "text"))
        return found

    @staticmethod
    def papers(asked: Asked, answers: Answers) -> Sequence[bytes]:
        title = answers.text("title", "a title", most=300)
        body = answers.text("body", "the report", most=100_000)
        return (f"# {title}\n\n*{long_day(asked.context.day)}*\n\n{body}\n".encode(),)

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        gateway, route = asked.context.constitution.gateway(asked.subject), chosen(asked)
        title = answers.text("title", "a title", most=300)
        alternatives = tuple(
            Alternative(
                answers.text(f"option-{n}", f"alternative {n}", most=500),
                answers.text(f"why-{n}", f"why alternative {n} is not recommended", most=2000),
            )
            for n in range(1, ALTERNATIVES + 1)
            if answers.optional(f"option-{n}") or answers.optional(f"why-{n}")
        )
        (paper,) = PutUp.papers(asked, answers)
        return PutUpReport(
            asked.case,
            uuid5(asked.case, answers.sent.get("command", "")),
            asked.subject or "-",
            route.kind.id if route else "-",
            title,
            route.way.decided_by if route else "nobody/nobody",
            _asks(gateway, asked, answers),
            (Document(title, sha256(paper).hexdigest()),),
            answers.optional("class_reason"),
            alternatives,
            answers.optional("implications"),
            closed=closed_parts(_more(asked), answers),
            under=route.under if route else None,
            reports_back=_reports_back(asked, answers),
            also=other_procurements(_more(asked), answers),
        )


def _owed(asked: Asked) -> list[Field]:
    """What has still to be reported back, to choose from."""
    title = asked.context.offices.title
    owed = [
        (one.id, f"{one.what} ({title(one.by)} to {title(one.to)})") for one in outstanding(asked.p)
    ]
    label, hint = (
        "What it reports back",
        "Leave it if it answers none. What you choose is then done",
    )
    return [Field("reports_back", label, "select", hint, options=owed)] if owed else []


def _reports_back(asked: Asked, answers: Answers) -> str | None:
    chosen = answers.optional("reports_back")
    if chosen and chosen not in [one.id for one in outstanding(asked.p)]:
        answers.mistakes["reports_back"] = "Choose one that has still to be reported back, or none"
    return chosen or None


def _more(asked: Asked) -> set[str]:
    return set(asked.sent.get("with", "").split()) & set(MORE)


def _direct(asks: tuple[Recommendation, ...]) -> bool:
    return any(isinstance(one.effect, AwardContract) and one.effect.direct for one in asks)


def _asks(gateway: Gateway | None, asked: Asked, answers: Answers) -> tuple[Recommendation, ...]:
    """What the record suggests, or what was put together; and what was added to it."""
    found = suggest(gateway, asked.p, asked.context) if gateway else ()
    if _direct(found):
        found = _on_ground(found, answers.text("ground", "the legal ground", most=500))
    if gateway and not found:
        main = main_effect(gateway, asked, answers)
        found = (main,) if main else ()
    added = more_effects(_more(asked), asked, answers)
    taken = {one.label for one in found}
    free = [letter for letter in LETTERS if letter not in taken]
    return (
        *found,
        *(
            Recommendation(letter, text, one)
            for letter, (text, one) in zip(free, added, strict=False)
        ),
    )


def _on_ground(asks: tuple[Recommendation, ...], ground: str) -> tuple[Recommendation, ...]:
    return tuple(
        replace(one, effect=replace(one.effect, ground=ground))
        if isinstance(one.effect, AwardContract)
        else one
        for one in asks
    )


FORMS = (PutUp,)
