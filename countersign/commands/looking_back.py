"""The command that shows a procurement as it was on record, and what had changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from countersign.commands.look import AsJson, Ref, known
from countersign.settings import Settings
from countersign.wiring import house
from domain.moments import read_moment
from domain.reading import Mistake, Mistaken

if TYPE_CHECKING:
    from adapters.looking_back import Since, Then
    from projections.fact import Fact
    from projections.looking_back import Changed, Entry


def replay(
    ref: Ref,
    at: Annotated[
        str | None, typer.Option(help="As recorded by then: a day, or a time with its zone.")
    ] = None,
    version: Annotated[int | None, typer.Option(help="When this event was recorded.")] = None,
    since: Annotated[
        int | None, typer.Option(help="Compare with this earlier event; 0 is before the first.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a procurement as it was on record then, what had changed, and what was known later."""
    from adapters.looking_back import at_moment, at_version, compared

    if (at is None) == (version is None):
        raise Mistaken([Mistake("--at, --version", "give one of the two")])
    with house(Settings()) as found:
        known(found, ref, None)
        if at is not None:
            try:
                then = at_moment(found, ref, read_moment(at))
            except ValueError as error:
                raise Mistaken([Mistake("--at", str(error))]) from None
        else:
            then = at_version(found, ref, version)
        earlier = compared(found, then, since)
    if as_json:
        print(json.dumps(_plain(then, earlier), indent=2, ensure_ascii=False, default=str))
    else:
        print("\n".join(_lines(then, earlier)))


def _lines(then: Then, earlier: Since) -> Iterator[str]:
    from adapters.clock import LONDON

    moment = f"{then.moment.astimezone(LONDON):%Y-%m-%d %H:%M:%S}, London time"
    yield f"{then.reference}, event {then.version} of {then.last}: as known at {moment}"
    if not then.version:
        yield "Nothing of it was on record by then."
    for one in then.facts:
        yield f"{_where(one)} | {one.name}: {one.says}"
    if earlier.entries:
        yield f"\nSince event {earlier.version}:"
    yield from map(_told, earlier.entries)
    for changed in earlier.difference.changed:
        yield f"    {_where(changed)} | {changed.name}: was “{changed.was}”; is now “{changed.now}”"
    for added in earlier.difference.added:
        yield f"    new: {_where(added)} | {added.name}: {added.says}"
    for removed in earlier.difference.removed:
        yield f"    no longer so: {_where(removed)} | {removed.name}: {removed.says}"
    if then.known_later:
        yield "\nKnown only later:"
    yield from map(_told, then.known_later)


def _where(one: Fact | Changed) -> str:
    return f"{one.part}, “{one.of}”" if one.of else one.part


def _told(one: Entry) -> str:
    late = f" (late: {one.late})" if one.late else ""
    return f"{one.version}. {one.row['on_text']}, {one.row['post']}: {one.row['sentence']}{late}"


def _plain(then: Then, earlier: Since) -> dict[str, Any]:
    """The whole of the case as ``show --json`` has it, with its facts and what changed."""
    from domain.authority import Rules
    from projections.case_file import case_file, plain

    context = then.context
    rules = Rules(context.constitution, context.offices, context.calendar)
    return {
        "reference": then.reference,
        "version": then.version,
        "of": then.last,
        "moment": then.moment.isoformat(),
        "facts": plain(then.facts),
        "since": earlier.version,
        "entries": [_entry(one) for one in earlier.entries],
        "difference": plain(earlier.difference),
        "known_later": [_entry(one) for one in then.known_later],
        "record": case_file(then.procurement, rules, then.day) if then.version else None,
    }


def _entry(one: Entry) -> dict[str, Any]:
    return {**one.row, "late": one.late}
