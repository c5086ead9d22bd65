"""Commands that keep the read models: rebuild, parked, release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated
from uuid import UUID

import typer

from adapters.house import PROJECTIONS, House
from adapters.runner import Runner
from countersign.settings import Settings
from countersign.wiring import house
from countersign.wiring import migrate as migrated
from domain.refusals import Refusal, Refused
from domain.wording import counted

OUTBOX = "outbox"
Name = Annotated[str, typer.Argument(help="A read model, or the outbox.")]


def rebuild(
    projection: Annotated[str | None, typer.Argument(help="One read model; all without.")] = None,
) -> None:
    """Make read models anew from the log, beside the live ones, and switch them over."""
    with house(Settings()) as found:
        for name in [projection] if projection else [one.name for one in PROJECTIONS]:
            count = _runner(found, name).rebuild(progress=_dot)
            print(f"{name}: made anew from {counted(count, 'event')}.")


def parked() -> None:
    """List the streams that wait because an event of theirs could not be applied."""
    with house(Settings()) as found:
        for name, parked in _followers(found).items():
            for stream, why in parked().items():
                print(f"{name} {stream}: {why}")


def release(projection: Name, stream: str) -> None:
    """Try a parked stream again, with all its events that wait."""
    with house(Settings()) as found:
        try:
            which = UUID(stream)
        except ValueError:
            raise Refused([Refusal("C1", f"“{stream}” is not the id of a stream")]) from None
        follower = found.outbox if projection == OUTBOX else _runner(found, projection)
        if which not in _followers(found)[projection]():
            raise Refused([Refusal("C1", f"{stream} is not parked in {projection}")])
        if not follower.release(which):
            raise Refused([Refusal("C1", "It still cannot be applied: it stays parked")])
    print("Released.")


def _followers(found: House) -> dict[str, Callable[[], Mapping[UUID, str]]]:
    """What follows the log, by name, and which streams wait there."""
    return {
        **{name: one.parked for name, one in found.runners.items()},
        OUTBOX: found.outbox.unread,
    }


def _runner(found: House, name: str) -> Runner:
    if name not in found.runners:
        known = ", ".join(found.runners)
        raise Refused([Refusal("C1", f"There is no read model “{name}”; there are {known}")])
    return found.runners[name]


def _dot(count: int) -> None:
    print(f"  {counted(count, 'event')} so far", flush=True)


def migrate() -> None:
    """Bring the tables up to date; run it with the login that owns them. Safe to run again."""
    taken = migrated(Settings())
    print(f"Steps taken: {', '.join(taken)}." if taken else "The tables are up to date.")


COMMANDS = (migrate, rebuild, parked, release)
