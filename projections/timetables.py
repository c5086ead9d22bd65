"""A timetable as people and programs read it."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from domain.shortenings import Quicker
from domain.timetable import Step, Timetable
from domain.wording import counted, long_day, short_day


def headline(t: Timetable) -> str:
    """Whether the contract starts in time, in one or two sentences."""
    if not t.steps or all(one.fixed for one in t.steps if one.id in ("signed", "start")):
        return f"The contract is signed: it starts on {long_day(t.earliest)}."
    found = f"From {long_day(t.today)} on the contract can start on {long_day(t.earliest)}"
    if t.starts is None or t.slack is None:
        return f"{found} at the earliest; {t.because}."
    must = f"The contract has to start on {long_day(t.starts)}: {t.because}."
    if t.slack < 0:
        return f"{must} {found} at the earliest: {counted(-t.slack, 'day')} too late."
    spare = counted(t.slack, "day") if t.slack else "no day"
    return f"{must} {found}: {spare} to spare."


def slack(step: Step) -> str:
    """The last day of a step, and how many days that leaves; nothing where there is none."""
    if step.last is None or step.slack is None:
        return ""
    if step.slack < 0:
        return f"; last day {short_day(step.last)}, {counted(-step.slack, 'day')} too late"
    return f"; last day {short_day(step.last)}, {counted(step.slack, 'day')} to spare"


def plain(t: Timetable, ways: Quicker) -> dict[str, Any]:
    """All of it as plain data, days written 2022-12-20."""
    found: dict[str, Any] = to_builtins(t)
    for step, data in zip(t.steps, found["steps"], strict=True):
        data["slack"] = step.slack
        del data["acts"]
    found |= {"slack": t.slack, "begins_by": t.begins_by}
    found["quicker"] = to_builtins(ways) if t.late else None
    return found
