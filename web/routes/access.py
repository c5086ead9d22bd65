"""The access log of a council, kept apart from the record: what was refused, and who read what.

It is for who adopts the constitution, and for who does nothing but read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, Request, Response
from sqlalchemy import Row

from adapters.house import House
from adapters.refused_attempts import OTHERS
from domain.authority import Rules
from web.forms import FORMS
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader
from web.routes.proposals import seat_for
from web.taken import as_csv, as_json

router = APIRouter()
PAGE, CHUNK = 100, 1000
Before = Annotated[int | None, Query(ge=1, le=2**62)]
Form = Literal["csv", "json"]
Latest = Callable[[str, int, int | None], Sequence[Row[Any]]]
READ = ("at", "person", "person_name", "post", "post_title", "deputising", "reference", "what")
REFUSED = (
    *("first", "last", "times", "person", "person_name", "post", "post_title", "deputising"),
    *("what", "what_in_words", "reference", "rules"),
)
CLOSED_READS = "Who read closed papers", "closed_reads.html"
ATTEMPTS = "What was refused", "refused_attempts.html"
BLANK = re.compile(r"\{[^}]*\}")
"""What stands for anything in the pattern of an address."""
NAMED = {"take-decision": "Decide a report", OTHERS: "More attempts, not told apart"}


@router.get("/closed-reads/{authority}.{form}")
def closed_reads_taken(house: TheHouse, reader: TheReader, authority: str, form: Form) -> Response:
    """Who read which closed paper, to take away."""
    rules = _admitted(house, reader, authority)
    names = house.identity.names()
    lines = (
        {
            **_who(one, rules, names),
            "at": one.at.replace(tzinfo=UTC),
            "reference": one.reference,
            "what": one.what,
        }
        for one in _every(house.closed_reads.latest, authority)
    )
    return _taken(f"closed-reads-{authority}", form, READ, lines)


@router.get("/closed-reads/{authority}")
def closed_reads(
    request: Request, house: TheHouse, reader: TheReader, authority: str, before: Before = None
) -> Response:
    """Who read which closed paper, for who adopts the constitution or does nothing but read."""
    rows = house.closed_reads.latest
    return _page(request, house, reader, authority, CLOSED_READS, rows, before)


@router.get("/refused/{authority}.{form}")
def refused_taken(house: TheHouse, reader: TheReader, authority: str, form: Form) -> Response:
    """What was tried and refused, to take away."""
    rules = _admitted(house, reader, authority)
    names = house.identity.names()
    lines = (
        {
            **_who(one, rules, names),
            "first": one.at.replace(tzinfo=UTC),
            "last": one.last.replace(tzinfo=UTC),
            "times": one.times,
            "what": one.what,
            "what_in_words": in_words(one.what),
            "reference": one.reference,
            "rules": one.rules.split(),
        }
        for one in _every(house.refused_attempts.latest, authority)
    )
    return _taken(f"refused-{authority}", form, REFUSED, lines)


@router.get("/refused/{authority}")
def refused(
    request: Request, house: TheHouse, reader: TheReader, authority: str, before: Before = None
) -> Response:
    """What was tried and refused, for who adopts the constitution or does nothing but read."""
    rows = house.refused_attempts.latest
    return _page(request, house, reader, authority, ATTEMPTS, rows, before)


def in_words(what: str) -> str:
    """What was tried: an act by its name, or a page by the pattern of its address."""
    method, _, path = what.partition(" ")
    if path:
        return f"{'Open' if method == 'GET' else 'Send a form to'} {BLANK.sub('…', path)}"
    return NAMED.get(what) or (FORMS[what].title if what in FORMS else what.replace("-", " "))


def may_look(house: House, reader: Reader) -> dict[str, str]:
    """The councils whose access log is for the reader, with their titles."""
    every = {name: house.rules(name) for name in house.views.authorities()}
    return {
        name: rules.constitution.title for name, rules in every.items() if seat_for(rules, reader)
    }


def _admitted(house: House, reader: Reader, authority: str) -> Rules:
    """Raises HTTPException for whom the lists of this council are not."""
    if authority not in house.views.authorities():
        raise HTTPException(404, "There is no such council here.")
    rules = house.rules(authority)
    if seat_for(rules, reader) is None:
        said = "The access log is for who adopts the constitution, and for auditors."
        raise HTTPException(403, said)
    return rules


def _every(latest: Latest, authority: str) -> Iterator[Row[Any]]:
    """All of a list, the latest first, read some at a time."""
    before: int | None = 2**62
    while before:
        rows = latest(authority, CHUNK, before)
        yield from rows
        before = rows[-1].number if len(rows) == CHUNK else None


def _who(one: Row[Any], rules: Rules, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "person": one.person,
        "person_name": names.get(one.person, ""),
        "post": one.post,
        "post_title": rules.offices.title(one.post) if one.post else "",
        "deputising": one.deputising,
    }


def _taken(
    name: str, form: Form, columns: Sequence[str], lines: Iterator[Mapping[str, Any]]
) -> Response:
    return as_csv(name, columns, lines) if form == "csv" else as_json(name, {}, lines)


def _page(
    request: Request,
    house: House,
    reader: Reader,
    authority: str,
    which: tuple[str, str],
    latest: Latest,
    before: int | None,
) -> Response:
    rules = _admitted(house, reader, authority)
    rows = latest(authority, PAGE + 1, before)
    title, template = which
    values = {
        "title": title,
        "council": rules.constitution.title,
        "authority": authority,
        "rows": rows[:PAGE],
        "older": rows[PAGE - 1].number if len(rows) > PAGE else None,
        "names": house.identity.names(),
        "offices": rules.offices,
        "in_words": in_words,
    }
    return pages_of(request).page(request, template, values, reader=reader, authority=authority)
