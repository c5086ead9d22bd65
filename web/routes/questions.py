"""Saved questions to the whole record, each with why something is in its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from adapters.house import House
from adapters.questioning import answered, check_council, every, question_of
from projections.question import Found
from projections.questions import QUESTIONS
from web.forms.searching import councils_of
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.taken import as_csv, as_json

router = APIRouter()
COLUMNS = (
    *("council", "reference", "version", "on", "on_text", "says", "rule"),
    *("imported", "irregular", "page"),
)


@router.get("/questions")
def questions(request: Request, _: TheHouse, reader: TheReader) -> Response:
    """The questions that there are."""
    values = {"title": "Questions", "questions": QUESTIONS.values()}
    return pages_of(request).page(request, "questions.html", values, reader=reader)


@router.get("/questions/{name}.{form}")
def question_taken(
    house: TheHouse, _: TheReader, name: str, form: Literal["csv", "json"], council: str = ""
) -> Response:
    """The whole answer, to take away."""
    question = question_of(name)
    check_council(house, council)
    lines = _lines(house, every(house, question, council))
    if form == "csv":
        return as_csv(name, COLUMNS, lines)
    head = {"question": name, "title": question.title, "reads": question.reads}
    return as_json(name, {**head, "council": council}, lines)


@router.get("/questions/{name}")
def question(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    name: str,
    council: str = "",
    after: str = "",
) -> Response:
    """What fits, case by case; ``after`` is the reference of the last case that was read."""
    asked = question_of(name)
    check_council(house, council)
    councils = councils_of(house)
    answer = answered(house, asked, council, after)
    values = {
        "title": asked.title,
        "question": asked,
        "answer": answer,
        "after": after,
        "council": council,
        "councils": councils,
        "titles": {one.reference: one.title for one in house.views.procurements()},
        "page_of": lambda one: page_of(one, councils),
    }
    return pages_of(request).page(request, "question.html", values, reader=reader)


def page_of(one: Found, councils: Mapping[str, str]) -> str:
    """Where the step is told, or what it is about."""
    if one.reference in councils:
        return f"/rules/{one.reference}/notices"
    there = f"/procurements/{one.reference}"
    return f"{there}#event-{one.version}" if one.version else there


def _lines(house: House, found: Iterator[Found]) -> Iterator[Mapping[str, Any]]:
    councils = councils_of(house)
    authorities = {one.reference: one.authority for one in house.views.procurements()}
    for one in found:
        said = {name: getattr(one, name) for name in one.__struct_fields__}
        council = authorities.get(one.reference, one.reference)
        yield {**said, "council": council, "page": page_of(one, councils)}
