"""Cases as data: ordered steps, each a command with who, when and where its source says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid5

from msgspec import Struct

from adapters.house import House
from countersign.files import text_of
from domain.case_command import ProcurementCommand
from domain.messages import Actor, Command, Context, by_tag
from domain.opening import OpenProcurement
from domain.reading import Mistake, Mistaken, converted, mistakes, read, read_toml
from domain.refusals import Refusal, Refused
from domain.values import PostId, Reference, Text, When, authority_of, procurement_id
from domain.wording import short_day

NAMED = ("report", "decision", "undertaking")
"""Fields whose values are names in the script, unique in its case: the record has ids."""


class Clock(Struct, frozen=True, forbid_unknown_fields=True):
    """The day on which the demonstration takes the case up."""

    starts: date
    standing: str
    where: Text


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    reference: Reference
    source: Text
    clock: Clock
    steps: list[dict[str, Any]]


class Step(NamedTuple):
    by: PostId
    on: When
    where: str
    command: Command


class CaseScript(NamedTuple):
    """A case that can be run, and its papers by digest."""

    reference: str
    source: str
    clock: Clock
    steps: tuple[Step, ...]
    papers: Mapping[str, bytes]


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Who did a step, when, and where the source says so."""

    by: PostId
    on: When
    where: Text


class PaperFile(Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    file: Text


def read_case(file: Path) -> CaseScript:
    """The case in a TOML file. Raises Mistaken with everything that is wrong with it."""
    head = read(read_toml(text_of(file)), Head)
    found: list[Mistake] = []
    steps: list[Step] = []
    papers: dict[str, bytes] = {}
    for n, data in enumerate(head.steps, 1):
        try:
            step, theirs = _step(data, f"steps[{n}]", head.reference, file.parent)
            steps.append(step)
            papers |= theirs
        except Mistaken as error:
            found += error.mistakes
    if found:
        raise Mistaken(found)
    return CaseScript(head.reference, head.source, head.clock, tuple(steps), papers)


def _step(
    data: dict[str, Any], where: str, reference: str, folder: Path
) -> tuple[Step, dict[str, bytes]]:
    kinds, data = by_tag(ProcurementCommand), dict(data)
    place_data = {key: data.pop(key) for key in ("by", "on", "where") if key in data}
    if not isinstance(on := place_data.get("on", {}), dict):
        place_data["on"] = {"day": on}
    found = mistakes(place_data, Place, where)
    kind = kinds.get(str(data.pop("do", None)))
    if kind is None:
        known = ", ".join(sorted(kinds))
        raise Mistaken([*found, Mistake(f"{where}.do", f"is no command; there are {known}")])
    papers: dict[str, bytes] = {}
    if "papers" in data:
        listed = data.pop("papers")
        data["documents"] = list(_papers(listed, f"{where}.papers", folder, papers, found))
    case = procurement_id(reference)
    data["procurement"] = str(case)
    if kind is OpenProcurement:
        data["reference"] = reference
    for name in NAMED:
        if isinstance(data.get(name), str):
            data[name] = str(uuid5(case, f"{name} {data[name]}"))
    if isinstance(owed := data.get("reports_back"), str):
        data["reports_back"] = str(uuid5(case, f"undertaking {owed}"))
    if isinstance(under := data.get("under"), dict):
        given_in = procurement_id(str(under.get("granted_in")))
        data["under"] = {
            **under,
            "decision": str(uuid5(given_in, f"decision {under.get('decision')}")),
        }
    found += mistakes(data, kind, where)
    if found:
        raise Mistaken(found)
    place = converted(place_data, Place)
    command: Command = converted(data, kind)  # type: ignore[assignment]
    return Step(place.by, place.on, place.where, command), papers


def _papers(
    data: object, where: str, folder: Path, papers: dict[str, bytes], found: list[Mistake]
) -> Iterator[dict[str, str]]:
    """Papers as documents; their files are read, and go into ``papers`` by digest."""
    found += mistakes(data, tuple[PaperFile, ...], where)
    for n, one in enumerate(data if isinstance(data, list) else (), 1):
        try:
            file = (folder / str(one["file"])).resolve()
            if not file.is_relative_to(folder.resolve()):
                found.append(Mistake(f"{where}[{n}].file", "leads out of the script's folder"))
                continue
            body = file.read_bytes()
        except (OSError, ValueError, KeyError, TypeError):
            found.append(Mistake(f"{where}[{n}].file", "there is no such file beside the script"))
            continue
        digest = sha256(body).hexdigest()
        papers[digest] = body
        yield {"title": one.get("title", ""), "digest": digest}


def run_case(house: House, script: CaseScript) -> None:
    """Runs the steps through the real commands, as imported facts: all of them or none.

    Run again, it changes nothing. Raises Mistaken where a step makes no sense on this record.
    """
    with _naming_steps(script):
        asked = _asked(house, script)
        for body in script.papers.values():
            house.documents.put(body)
        house.engine.execute_all(asked)


def rehearse_case(house: House, script: CaseScript) -> None:
    """Raises as ``run_case`` does, and records nothing."""
    with _naming_steps(script):
        house.engine.rehearse(_asked(house, script))


def _asked(house: House, script: CaseScript) -> list[tuple[Command, Context]]:
    authority = authority_of(script.reference)
    if not house.authority(authority).complete:
        reason = f"{authority} has not adopted a constitution, offices and a calendar yet"
        raise Refused([Refusal("C1", reason)])
    asked, today, early = [], house.clocks.today(authority), []
    for n, step in enumerate(script.steps, 1):
        command_id = uuid5(procurement_id(script.reference), f"step {n}")
        if step.on.day > today:
            early.append(Mistake(f"steps[{n}]", f"{short_day(step.on.day)} has not come yet"))
            continue
        by, source = Actor(None, step.by), f"{script.source}: {step.where}"
        try:
            context = house.context(authority, by, command_id, step.on, source)
        except Refused as refused:
            refused.command = step.command
            raise
        asked.append((step.command, context))
    if early:
        raise Mistaken(early)
    return asked


@contextmanager
def _naming_steps(script: CaseScript) -> Iterator[None]:
    """Names the step in every reason why it was refused."""
    try:
        yield
    except Refused as refused:
        commands = [id(step.command) for step in script.steps]
        if refused.command is None:
            raise
        where = f"steps[{commands.index(id(refused.command)) + 1}]"
        said = [f"{one.reason} ({one.rule})" for one in refused.refusals]
        raise Mistaken([Mistake(where, one) for one in said]) from None
