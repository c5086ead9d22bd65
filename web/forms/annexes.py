"""What goes with a report, in a form: closed appendices, other procurements, a timetable."""

from __future__ import annotations

import re

from msgspec import ValidationError, convert

from domain.closed import ClosedPart, Exemption
from domain.reported import Milestone, Report
from domain.values import Closed, Reference, When
from domain.wording import when
from web.forms.authority import same_or
from web.forms.base import YES_NO, Answers, Asked, Field, day_value
from web.forms.kinds import NTH, end_of, next_token, tokens

PARAGRAPHS = [(str(n), f"Paragraph {n}") for n in range(1, 8)]
SPARE = 2
"""How many more lines of a timetable there is room for."""
CLOSED, SEVERAL, TIMETABLE = "closed", "several", "timetable"
MORE = {
    CLOSED: "Add a closed appendix (Part 2)",
    SEVERAL: "Concern other procurements too",
    TIMETABLE: "Say what is planned, and when",
}


def annexes(asked: Asked, before: Report | None) -> list[str]:
    """The tokens of what goes with the report: of the version before, and added since."""
    found = [f"{CLOSED}-was-{n}" for n, _ in enumerate(before.closed if before else (), 1)]
    found += [SEVERAL] if before and len(before.procurements) > 1 else []
    found += [TIMETABLE] if before and before.timetable else []
    added = rf"{CLOSED}({NTH})?|{SEVERAL}|{TIMETABLE}"
    found += [one for one in tokens(asked, "with") if re.fullmatch(added, one)]
    without = tokens(asked, "without")
    return [one for one in dict.fromkeys(found) if one not in without]


def addable_annexes(asked: Asked, before: Report | None) -> dict[str, str]:
    there, named = annexes(asked, before), tokens(asked, "with")
    closed = next_token(CLOSED, named)
    once = [one for one in (SEVERAL, TIMETABLE) if one not in there]
    return {**({closed: MORE[CLOSED]} if closed else {}), **{one: MORE[one] for one in once}}


def removable_annexes(asked: Asked, before: Report | None) -> dict[str, str]:
    said = {SEVERAL: "Concern this procurement alone", TIMETABLE: "Leave the timetable out"}
    return {
        one: said.get(one) or f"Take out closed appendix {n}"
        for n, one in enumerate(annexes(asked, before), 1)
    }


def _closed_before(token: str, before: Report | None) -> tuple[str, ClosedPart | None]:
    """What the names of its fields end in, and the closed part of the version before."""
    number = token.removeprefix(f"{CLOSED}-was-")
    if before is None or number == token:
        return end_of(token), None
    return f".{number}", before.closed[int(number) - 1]


def annex_fields(asked: Asked, before: Report | None) -> list[Field]:
    there, found = annexes(asked, before), []
    if SEVERAL in there:
        found += other_procurements_fields(asked, before)
    if TIMETABLE in there:
        found += timetable_fields(before)
    for one in there:
        if one.startswith(CLOSED):
            end, was = _closed_before(one, before)
            found += closed_fields(end, asked, was)
    return found


def closed_parts(asked: Asked, before: Report | None, answers: Answers) -> tuple[ClosedPart, ...]:
    return tuple(
        closed_part(end, asked, answers, was)
        for one in annexes(asked, before)
        if one.startswith(CLOSED)
        for end, was in [_closed_before(one, before)]
    )


def other_procurements_fields(asked: Asked, before: Report | None) -> list[Field]:
    hint = "Their references, one to a line. One decision is then recorded in each"
    named = before.procurements if before else ()
    rest = "\n".join(one for one in named if one != asked.reference)
    return [Field("also", "Other procurements", "textarea", hint, rest)]


def other_procurements(asked: Asked, before: Report | None, answers: Answers) -> tuple[str, ...]:
    """The references of the other procurements that the report concerns."""
    if SEVERAL not in annexes(asked, before):
        return ()
    found = tuple(answers.text("also", "the references of the other procurements").split())
    try:
        return convert(found, tuple[Reference, ...])
    except ValidationError:
        said = "A reference is written like leeds-2022-1: one to a line"
        answers.mistakes.setdefault("also", said)
        return ()


def closed_fields(end: str, asked: Asked, was: ClosedPart | None) -> list[Field]:
    """The text of the version before is kept and not filled in: reading it is noted (D9)."""
    kept = "Leave it empty to keep the text as it is" if was else ""
    shows = ("no", "yes")[was.exemption.negotiation] if was else ""
    paragraph = was.exemption.paragraph if was else 3
    why = was.exemption.reason if was else ""
    title = was.title if was else "Exempt appendix 1"
    return [
        Field("closed", "A closed appendix", "heading"),
        Field(f"closed-title{end}", "Title, which is public", "text", value=title),
        Field(f"closed-text{end}", "The closed text", "textarea", kept),
        Field(
            f"paragraph{end}",
            "Exempt under Schedule 12A",
            "select",
            value=str(paragraph or ""),
            options=PARAGRAPHS,
        ),
        Field(
            f"negotiation{end}",
            "Does it show terms proposed in negotiating a contract?",
            "radios",
            "If not, any councillor may read what is exempt under paragraph 3",
            shows,
            YES_NO,
        ),
        Field(
            f"closed-why{end}", "Why the public interest is in keeping it closed", "text", "", why
        ),
    ]


def closed_part(end: str, asked: Asked, answers: Answers, was: ClosedPart | None) -> ClosedPart:
    title = answers.text(f"closed-title{end}", "a title", most=200)
    why = answers.text(f"closed-why{end}", "why it is closed", most=1000)
    review, number = was.exemption.review if was else None, None
    if not was or was.exemption.paragraph or answers.optional(f"paragraph{end}"):
        number = int(answers.one_of(f"paragraph{end}", "a paragraph", [k for k, _ in PARAGRAPHS]))
    shows = answers.one_of(f"negotiation{end}", "whether it shows terms proposed", ("no", "yes"))
    exemption = Exemption(why, number, review, shows == "yes")
    if was and not answers.optional(f"closed-text{end}"):
        return ClosedPart(title, exemption, was.text)
    text = answers.text(f"closed-text{end}", "the closed text", most=50_000)
    return ClosedPart(title, exemption, Closed(text))


def timetable_fields(before: Report | None) -> list[Field]:
    found = [Field("timetable", "What is planned", "heading")]
    for n, one in enumerate(_lines(before), 1):
        what, day = (one.what, one.on.day) if one else ("", None)
        hint = f"It was: {when(one.on)}" if one and one.on.precision != "day" else ""
        found.append(Field(f"planned-{n}", f"Planned: {n}", "text", "Empty to leave it out", what))
        found.append(Field(f"planned-on-{n}", f"When {n} is planned", "day", hint, day_value(day)))
    return found


def _lines(before: Report | None) -> tuple[Milestone | None, ...]:
    return (*(before.timetable if before else ()), *[None] * SPARE)


def timetable(asked: Asked, before: Report | None, answers: Answers) -> tuple[Milestone, ...]:
    found = []
    there = TIMETABLE in annexes(asked, before)
    for n, was in enumerate(_lines(before) if there else (), 1):
        if answers.optional(f"planned-{n}"):
            what = answers.text(f"planned-{n}", "what is planned", most=500)
            day = answers.day(f"planned-on-{n}", f"when “{what[:80]}” is planned")
            on = same_or(day, was.on if was else None)
            found.append(Milestone(what, on or When(day), was.act if was else None))
    return tuple(found)
