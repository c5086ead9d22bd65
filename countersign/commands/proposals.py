"""Commands about a change of rules: what differs, and what a proposal would have done otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from os.path import exists
from pathlib import Path
from typing import Annotated

import typer
from msgspec import to_builtins

from adapters.replaying import replayed
from countersign.commands.rulebooks import Authority, File, checked, read_rules, rules_of
from countersign.settings import Settings
from countersign.wiring import house
from domain.constitution import Constitution
from domain.reading import Mistake, Mistaken
from domain.values import check_day
from domain.wording import counted, listed, short_day
from projections.finding_sentences import plain, summary, told, told_of_queue
from projections.findings import Finding
from projections.rulebook import Titles
from projections.rulebook import compare as differences

AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
From = Annotated[
    str | None, typer.Option("--from", help="A version. Without it, the one in force today.")
]
To = Annotated[
    str | None, typer.Option("--to", help="A version, or a file. Without it, the one in force.")
]
Since = Annotated[
    str | None, typer.Option(help="Only what happened from this day on, such as 2022-11-14.")
]


def compare(
    authority: Authority, before: From = None, after: To = None, as_json: AsJson = False
) -> None:
    """Say how two versions differ: of the version in force, how from the one before it."""
    with house(Settings()) as found:
        rules = rules_of(found, authority)
        adopted = found.authority(authority).versions
    now = _version(after, "--to", adopted) if after else rules.constitution
    was = _version(before, "--from", adopted) if before else rules.constitution
    if was == now and not before:
        was = (now, *adopted[: adopted.index(now)])[-1]
    if was == now:
        what = f"is compared with itself; there are {listed([one.version for one in adopted])}"
        raise Mistaken([Mistake(now.version, what)])
    changes = differences(was, now, rules.offices.title)
    if as_json:
        rows = [{**to_builtins(one), "sentence": one.sentence} for one in changes]
        return _print(
            {"authority": authority, "from": was.version, "to": now.version, "changes": rows}
        )
    print(f"From {_named(was)} to {_named(now)}:")
    return _list([one.sentence for one in changes], "No rule differs.")


def dry_run(file: File, since: Since = None, as_json: AsJson = False) -> None:
    """Say what a proposed constitution would have done otherwise. Records nothing."""
    proposal: Constitution = checked(file, read_rules)
    with house(Settings()) as found:
        rules = rules_of(found, proposal.authority)
        day = _day(since, found.clocks.today(proposal.authority))
        run = replayed(found, proposal, day, opened=True)
    title = rules.offices.title
    changes = differences(rules.constitution, proposal, title)
    if as_json:
        rows = [{**to_builtins(one), "sentence": one.sentence} for one in changes]
        return _print(
            {"compared_with": rules.constitution.version, "changes": rows, **plain(run, title)}
        )
    print(f"From {_named(rules.constitution)} to {_named(proposal)}:")
    _list([one.sentence for one in changes], "No rule differs.")
    span = f" since {short_day(day)}" if day else ""
    steps = f"{counted(run.asked, 'step')} of {counted(run.procurements, 'procurement')}"
    print(f"\nOf {steps} on record{span}:")
    for line in summary(run):
        print(f"  {line}")
    _list([_told(one, title) for one in run.findings], "Nothing would have gone otherwise.")
    print(f"\nOn {short_day(run.today)}:")
    _list([told_of_queue(one, title) for one in run.queues], "Nobody's queue would change.")
    for post in run.no_such_posts:
        print(f"The offices have no post {post}: adopt offices that have it first.")
    return None


def _told(one: Finding, title: Titles) -> str:
    closed = " [the record has closed parts: not for publication]" if one.place.closed else ""
    return f"{listed(one.place.references)}: {told(one, title)}{closed}"


def _version(word: str, option: str, adopted: Sequence[Constitution]) -> Constitution:
    """A version that was adopted, or what is in a file. Raises Mistaken for anything else."""
    known = {one.version: one for one in adopted}
    if word in known:
        return known[word]
    if not exists(word):
        what = f"“{word}” is no file, and no version; there are {listed(list(known))}"
        raise Mistaken([Mistake(option, what)])
    found: Constitution = checked(Path(word), read_rules)
    if found.authority != (authority := adopted[0].authority):
        raise Mistaken([Mistake(word, f"is of {found.authority}, not of {authority}")])
    return found


def _day(since: str | None, today: date) -> date | None:
    """A London day that has come. Raises Mistaken for anything else."""
    if since is None:
        return None
    try:
        check_day(day := date.fromisoformat(since))
    except ValueError:
        what = f"“{since}” is no day that exists; write 2022-11-14"
        raise Mistaken([Mistake("--since", what)]) from None
    if day > today:
        what = f"{short_day(day)} has not come yet: it is {short_day(today)} there"
        raise Mistaken([Mistake("--since", what)])
    return day


def _named(one: Constitution) -> str:
    return f"{one.version} (in force from {short_day(one.in_force)})"


def _list(lines: Sequence[str], otherwise: str) -> None:
    for line in lines or [otherwise]:
        print(f"  {line}")


def _print(plain: object) -> None:
    print(json.dumps(plain, indent=2, ensure_ascii=False))


COMMANDS: dict[str, Callable[..., None]] = {"compare": compare, "dry-run": dry_run}
