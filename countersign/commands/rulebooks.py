"""Commands about what an authority adopts: its constitution and its offices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from msgspec import ValidationError, convert
from msgspec.structs import replace

from adapters import holidays
from adapters.house import House
from countersign import councils
from countersign.files import naming, text_of
from countersign.settings import Settings
from countersign.wiring import house
from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices, Rules
from domain.correcting import CorrectCalendar
from domain.deadlines import DIVISIONS, Division
from domain.messages import Actor, Command, by_tag
from domain.offices import read_offices
from domain.reading import Mistake, Mistaken
from domain.reading_constitution import read_constitution
from domain.refusals import Refusal, Refused
from domain.values import AuthorityId, Text
from domain.wording import listed

constitution = typer.Typer(help="The rules of an authority, as data.", no_args_is_help=True)
calendar = typer.Typer(help="Bank holidays, by part of the UK.", no_args_is_help=True)
offices = typer.Typer(help="Posts, their holders and deputies, as data.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="A TOML file.")]
Authority = Annotated[str, typer.Argument(help="An authority, such as leeds.")]
Post = Annotated[str, typer.Option("--as", help="The post that adopts, such as leeds/clerk.")]


def checked(file: Path, read: Callable[[str], Any]) -> Any:
    """What is in the file. Every mistake is named with the file and the key or line."""
    with naming(file):
        return read(text_of(file))


def rules_of(found: House, authority: str, day: date | None = None) -> Rules:
    """What an authority goes by today, or on a day. Refuses one that has adopted nothing."""
    if not found.authority(authority).version:
        found.catch_up()
        known = ", ".join(found.views.authorities()) or "none yet"
        raise Refused([Refusal("C1", f"There are no rules of “{authority}”; there are {known}")])
    return found.rules(authority, day)


def read_rules(text: str) -> Any:
    return read_constitution(text, frozenset(by_tag(Command)))


@constitution.command("check")
def check_constitution(file: File) -> None:
    """Say everything that is wrong with a constitution file. Records nothing."""
    found = checked(file, read_rules)
    rules = [*found.gateways, *found.classes, *found.routes, *found.duties, *found.planning]
    urgency = found.call_in.urgency if found.call_in else None
    rules += [one for one in (found.call_in, urgency, found.key_threshold, found.separation) if one]
    standing = [one.standing for one in rules]
    counts = ", ".join(f"{standing.count(one)} {one}" for one in sorted(set(standing)))
    print(f"{file} is in order: {len(rules)} rules of {found.title} ({counts}).")


@constitution.command("show")
def show_constitution(authority: Authority) -> None:
    """Print the constitution in force today, whole: as adopted, or as the program knows it."""
    with house(Settings()) as found:
        if authority in councils.KNOWN and not found.authority(authority).version:
            print(councils.text_of(authority, found.clocks.today(authority)))
            return
        version = rules_of(found, authority).constitution.version
        adopted = found.authority(authority).constitutions
    print(next(one.text for one in adopted if one.version == version))


@constitution.command("adopt")
def adopt_constitution(file: File, post: Post) -> None:
    """Adopt a constitution file as a new version."""
    rules = checked(file, read_rules)
    _adopt(AdoptConstitution(rules.authority, text_of(file)), rules.authority, post)


@offices.command("check")
def check_offices(file: File) -> None:
    """Say everything that is wrong with an offices file. Records nothing."""
    found = checked(file, read_offices)
    print(f"{file} is in order: {len(found.posts)} posts, {len(found.holders)} holders.")


@offices.command("show")
def show_offices(authority: Authority) -> None:
    """Print the offices in force today, whole, as they were adopted."""
    with house(Settings()) as found:
        version = rules_of(found, authority).offices.version
        adopted = found.authority(authority).offices
    print(next(one.text for one in adopted if one.version == version))


@offices.command("adopt")
def adopt_offices(file: File, post: Post) -> None:
    """Adopt an offices file as a new version."""
    found = checked(file, read_offices)
    _adopt(AdoptOffices(found.authority, text_of(file)), found.authority, post)


@calendar.command("adopt")
def adopt_calendar(authority: Authority, post: Post) -> None:
    """Adopt the bank holidays of 2010 to 2040, as the maintained package has them today."""
    written(authority, AuthorityId, "the name of an authority such as leeds")
    _adopt(AdoptCalendar(authority, holidays.calendar()), authority, post)


@calendar.command("correct")
def correct_calendar(
    authority: Authority,
    day: Annotated[str, typer.Argument(help="The day, such as 2026-06-15.")],
    post: Post,
    because: Annotated[str, typer.Option(help="Why: the proclamation, or what was wrong.")],
    where: Annotated[list[str], typer.Option(help="Which part of the UK; give it once for each.")],
    name: Annotated[
        str, typer.Option(help="The name of the bank holiday; without it the day is none.")
    ] = "",
) -> None:
    """Enter a bank holiday that the calendar lacks, or take one out; say which cases it touches."""
    written(authority, AuthorityId, "the name of an authority such as leeds")
    try:
        day_of = date.fromisoformat(day)
    except ValueError:
        raise Mistaken([Mistake(ascii(day), "is no day such as 2026-06-15")]) from None
    for part in where:
        written(part, Division, f"one of {listed(DIVISIONS, 'or')}")
    written(because, Text, "a reason: give one with --because")
    parts = convert(list(dict.fromkeys(where)), tuple[Division, ...])
    asked = CorrectCalendar(authority, day_of, parts, because, name)
    with house(Settings()) as found:
        rules_of(found, authority)
        touches = found.touched_by(authority, asked)
    _adopt(replace(asked, touches=touches), authority, post)
    print(f"It touches {listed(touches)}." if touches else "It touches no case.")


def written(word: str, kind: Any, what: str) -> None:
    """Raises Mistaken for a word that is not written as its kind is."""
    try:
        convert(word, kind)
    except ValidationError:
        raise Mistaken([Mistake(ascii(word), f"is not {what}")]) from None


def _adopt(command: Command, authority: str, post: str) -> None:
    with house(Settings()) as found:
        adopted = found.authority(authority)
        person = None
        if adopted.complete:
            day = found.clocks.today(authority)
            person = adopted.rules(day).offices.holder(post, day)
        found.execute(command, Actor(person, post), uuid4(), authority=authority)
    print(f"{authority} has adopted it.")
