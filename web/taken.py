"""Lists to take away: CSV for spreadsheets and JSON for programs, sent while they are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from fastapi.responses import StreamingResponse

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
MARK = "\ufeff"
"""By this spreadsheets know that a text is UTF-8."""
AT_ONCE = 500
"""Rows that are sent together."""
Line = Mapping[str, Any]


def as_csv(name: str, columns: Iterable[str], lines: Iterable[Line]) -> StreamingResponse:
    """A file with a line for each, in these columns; nothing in it is a formula."""
    return _attached(_csv(list(columns), lines), "text/csv; charset=utf-8", f"{name}.csv")


def as_json(name: str, head: Line, lines: Iterable[Line]) -> StreamingResponse:
    """An object that begins with ``head``; it has the lines as ``entries``, and then ``number``.

    One that was cut off is no JSON, so nobody takes it for the whole.
    """
    return _attached(_json(head, lines), "application/json", f"{name}.json")


def cell(value: object) -> str:
    """What stands in a spreadsheet: text that begins like a formula is marked as text."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            value = "; ".join(map(str, value))
        case datetime():
            value = value.isoformat(sep=" ", timespec="seconds")
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def _csv(columns: list[str], lines: Iterable[Line]) -> Iterator[str]:
    yield MARK + _written([columns])
    for some in _some_at_once(lines):
        yield _written([cell(one[name]) for name in columns] for one in some)


def _written(rows: Iterable[Iterable[str]]) -> str:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue()


def _json(head: Line, lines: Iterable[Line]) -> Iterator[str]:
    yield f'{_plain(head)[:-1]}{", " if head else ""}"entries": ['
    number = 0
    for some in _some_at_once(lines):
        yield (",\n" if number else "\n") + ",\n".join(map(_plain, some))
        number += len(some)
    yield f'\n], "number": {number}}}\n'


def _plain(one: Line) -> str:
    return json.dumps(one, ensure_ascii=False, default=_in_json)


def _in_json(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _some_at_once(lines: Iterable[Line]) -> Iterator[list[Line]]:
    left = iter(lines)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _attached(chunks: Iterator[str], media: str, name: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(chunks, media_type=media, headers=headers)
