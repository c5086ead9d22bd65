"""The papers of a report, in a form: its text, and those that the version before had besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from domain.reported import Document, Report
from domain.wording import long_day
from web.forms.base import Answers, Asked, Field

HEAD = re.compile(r"\A# [^\n]*\n+(\*[^*\n]+\*\n+)?")
"""What stands above the text of a report: its title, and the day on which it was put up."""
LONGEST = 100_000


class Before(NamedTuple):
    """A paper of the version before, by its number, with its text if it is kept and is text."""

    number: int
    document: Document
    text: str | None


def _before(asked: Asked, report: Report | None) -> Iterator[Before]:
    for number, one in enumerate(report.documents if report else (), 1):
        kept = asked.house.documents.get(one.digest)
        text = kept.body.decode("utf-8", "replace") if kept and "text" in kept.media else None
        yield Before(number, one, _plain(text) if text and len(text) <= LONGEST else None)


def _plain(text: str) -> str:
    """As a browser sends it back."""
    return text.replace("\r\n", "\n").strip()


def body_field(asked: Asked, report: Report | None) -> Field:
    hint = "What the decision maker should know. Headings, lists and tables in Markdown work"
    first = next(_before(asked, report), None)
    text = HEAD.sub("", first.text) if first and first.text else ""
    return Field("body", "The report", "textarea", hint, text)


def paper_fields(asked: Asked, report: Report | None) -> list[Field]:
    found = []
    left = "Empty to leave the paper out"
    for one in list(_before(asked, report))[1:]:
        n, title = one.number, one.document.title
        found.append(Field(f"paper-title-{n}", f"Paper {n}", "text", left, title))
        if one.text is not None:
            found.append(Field(f"paper-{n}", f"Text of paper {n}", "textarea", "", one.text))
    return found


def papers_of(
    asked: Asked, report: Report | None, answers: Answers
) -> tuple[tuple[Document, ...], tuple[bytes, ...]]:
    """The papers as they are named, and the bytes of those that are new."""
    title = answers.text("title", "a title", most=300)
    body = answers.text("body", "the report", most=LONGEST)
    new = [f"# {title}\n\n*{long_day(asked.context.day)}*\n\n{body}\n".encode()]
    found = [Document(title, sha256(new[0]).hexdigest())]
    for one in list(_before(asked, report))[1:]:
        name, field = f"paper-title-{one.number}", f"paper-{one.number}"
        if not answers.optional(name):
            continue
        kept = Document(answers.text(name, "a title", most=300), *_rest(one.document))
        if one.text is not None:
            text = answers.text(field, f"the text of paper {one.number}", most=LONGEST)
            if text != one.text:
                new.append(f"{text}\n".encode())
                kept = Document(kept.title, sha256(new[-1]).hexdigest())
        found.append(kept)
    return tuple(found), tuple(new)


def _rest(one: Document) -> tuple[str, str]:
    return one.digest, one.media
