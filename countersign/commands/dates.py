"""Commands that count days: standstills, call-in windows and notices, day by day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from adapters import holidays
from adapters.clock import london_day
from countersign import councils
from countersign.commands.look import AsJson
from countersign.commands.rulebooks import checked, read_rules, rules_of
from countersign.settings import Settings
from countersign.wiring import house
from domain.constitution import Constitution
from domain.deadlines import Calendar, Count
from domain.notices import CLEAR_DAYS, Kind
from domain.reading import Mistake, Mistaken
from domain.refusals import Refusal, Refused
from domain.regimes import Notices, Regime, why_not_counted
from domain.regimes import standstill as standstill_of
from domain.requesters import who_may
from domain.values import check_day
from domain.wording import clock, long_day

deadline = typer.Typer(help="Count days, and say why each counts.", no_args_is_help=True)

Means = Literal["electronic", "other", "mixed"]


def day(text: str) -> date:
    """The London day of 2026-11-19, or of a moment such as 2026-03-30T23:15Z."""
    try:
        found = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        if isinstance(found, datetime):
            if found.tzinfo is None:
                raise ValueError
            found = london_day(found)
        check_day(found)
    except ValueError:
        what = "is no day such as 2026-11-19, nor a time with its zone such as 2026-11-19T09:30Z"
        raise Mistaken([Mistake(ascii(text), what)]) from None
    return found


@deadline.command()
def standstill(
    regime: Annotated[Regime, typer.Option(help="The law that governs the procurement.")],
    start: Annotated[
        str, typer.Option("--from", help="When notices were published or sent: day or time.")
    ],
    means: Annotated[Means, typer.Option(help="Under pcr2015: how they were sent.")] = "electronic",
    otherwise: Annotated[
        str | None, typer.Option(help="With mixed: when the last one by other means was sent.")
    ] = None,
    received: Annotated[
        str | None, typer.Option(help="When the last one by other means was received.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The standstill that follows award notices, and the first day to sign."""
    sent = day(start)
    last = day(otherwise) if otherwise else None
    if (means == "mixed") != bool(last):
        raise Mistaken([Mistake("--otherwise", "goes with --means mixed, and is needed there")])
    if means == "other":
        told = Notices(otherwise=sent, received=day(received) if received else None)
    else:
        told = Notices(sent, last, day(received) if received else None)
    if means != "electronic" and regime != "pcr2015":
        raise Mistaken([Mistake("--means", "only matters under pcr2015")])
    if refusals := list(why_not_counted(regime, told)):
        raise Refused(refusals)
    count = standstill_of(regime, told, holidays.calendar())
    _say(count, as_json, "sign_from", "Sign from", count.day_after)


@deadline.command("call-in")
def call_in(
    constitution: Annotated[str, typer.Option(help="A TOML file, or an authority such as leeds.")],
    decided: Annotated[str, typer.Option(help="When the decision was made: day or time.")],
    published: Annotated[str, typer.Option(help="When it was published: day or time.")],
    as_json: AsJson = False,
) -> None:
    """The window in which a decision may be called in, and the day it takes effect."""
    days = {"decision": day(decided), "publication": day(published)}
    rules, calendar = _rules(constitution, days["publication"])
    if rules.call_in is None:
        raise Refused([Refusal("D10", f"{rules.title} has no rule on call-in")])
    count = rules.call_in.window(days[rules.call_in.counted_from], calendar)
    closes = count.closes_at
    shown = {
        "closes_at": closes or "24:00",
        "by": who_may(rules.call_in),
        "rule": rules.call_in.provenance,
    }
    ends = f"Closes at {clock(closes)} on" if closes else "Ends with"
    at = (
        f"Takes effect at {clock(closes)} on"
        if count.effective == count.last_day and closes
        else ""
    )
    said = at or "Takes effect on"
    _say(count, as_json, "effective", said, count.effective, ends=ends, shown=shown)
    if not as_json:
        print(f"By {shown['by']} ({shown['rule']})")


@deadline.command()
def notice(
    kind: Annotated[Kind, typer.Argument(help="What is given notice of.")],
    start: Annotated[
        str | None, typer.Option("--from", help="When the notice is published: day or time.")
    ] = None,
    before: Annotated[
        str | None, typer.Option(help="Instead: the day of what is announced.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The clear days of a notice, from its publication, or back from what it announces."""
    if (start is None) == (before is None):
        raise Mistaken([Mistake("--from, --before", "give one of the two")])
    calendar, law = holidays.calendar(), CLEAR_DAYS[kind]
    published = day(start) if start else law.last_start(day(before or ""), calendar)
    count = law.count(published, calendar)
    if before and not as_json:
        print(f"Publish by {long_day(published)}")
    _say(
        count,
        as_json,
        "effective",
        "Possible from",
        count.day_after,
        shown={"published": published},
    )


def _rules(named: str, on: date) -> tuple[Constitution, Calendar]:
    """A constitution in a file, with the calendar of the package; or an authority's, adopted.

    Of a council that the program only knows, the version of that day.
    """
    if Path(named).suffix == ".toml":
        return checked(Path(named), read_rules), holidays.calendar()
    with house(Settings()) as found:
        if named in councils.KNOWN and not found.authority(named).version:
            return councils.rules_of(named, on), holidays.calendar()
        rules = rules_of(found, named)
    return rules.constitution, rules.calendar


def _say(
    count: Count,
    as_json: bool,
    key: str,
    said: str,
    then: date | None,
    ends: str = "Ends with",
    shown: Mapping[str, object] | None = None,
) -> None:
    days = [{"date": one.date, "counted": one.counted, "why": one.why} for one in count.days]
    found = {**(shown or {}), "last_day": count.last_day, key: then, "days": days}
    if as_json:
        print(json.dumps(found, default=str, indent=2, ensure_ascii=False))
        return
    for one in count.days:
        print(f"  {'+' if one.counted else ' '} {long_day(one.date)}: {one.why}")
    print(f"{ends} {long_day(count.last_day)}")
    if then:
        print(f"{said} {long_day(then)}")
