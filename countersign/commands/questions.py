"""The command that answers the questions that auditors ask again and again."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from adapters.house import House
from adapters.questioning import check_council, every, question_of
from countersign.commands.look import AsJson
from countersign.settings import Settings
from countersign.wiring import house
from domain.wording import counted
from projections.case_file import plain
from projections.question import Question
from projections.questions import QUESTIONS


def questions(
    name: Annotated[str, typer.Argument(help="Which question; without it, all are named.")] = "",
    council: Annotated[str, typer.Option(help="Of one council, such as leeds.")] = "",
    as_json: AsJson = False,
) -> None:
    """Answer what auditors ask: what was done too early, published late, waived, and others."""
    if not name:
        _name_them(as_json=as_json)
        return
    asked = question_of(name)
    with house(Settings()) as found:
        found.catch_up()
        check_council(found, council)
        _tell(found, asked, council, as_json=as_json)


def _tell(there: House, asked: Question, council: str, *, as_json: bool) -> None:
    found = list(every(there, asked, council))
    if as_json:
        print(json.dumps([plain(one) for one in found], indent=2, ensure_ascii=False))
        return
    for one in found:
        step = f" {one.version}" if one.version else ""
        remarks = [word for word in ("imported", "irregular") if getattr(one, word)]
        remark = f"  [{', '.join(remarks)}]" if remarks else ""
        print(f"{one.reference}{step}  {one.on_text}{remark}\n    {one.says} ({one.rule})")
    print(f"{counted(len(found), 'entry', 'entries')}. Looked at: {asked.reads}.")


def _name_them(*, as_json: bool) -> None:
    if as_json:
        every_one = [{"name": q.name, "title": q.title, "asks": q.asks} for q in QUESTIONS.values()]
        print(json.dumps(every_one, indent=2, ensure_ascii=False))
        return
    for one in QUESTIONS.values():
        print(f"{one.name}  {one.title}\n    {one.asks}")
