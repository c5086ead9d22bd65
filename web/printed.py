"""A page as PDF: what its main part says, set anew by Typst as a tagged file that screen readers
read (PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

SHEET = Path(__file__).parent / "templates" / "page.typ"
CAPTIONS = frozenset({"govuk-caption-l", "govuk-caption-xl"})
ON_SCREEN = frozenset({"cs-screen", "govuk-visually-hidden"})
"""Classes of what is not on paper."""
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})
Kind = Literal["h1", "h2", "h3", "text", "item", "key", "value", "head", "cell", "row"]
KINDS: Mapping[str, Kind] = {
    "h1": "h1",
    "h2": "h2",
    "h3": "h3",
    "h4": "h3",
    "p": "text",
    "caption": "text",
    "li": "item",
    "dt": "key",
    "dd": "value",
    "td": "cell",
    "th": "head",
    "tr": "row",
}
NOT_SAID = frozenset({"script", "form", "nav"})
BRACKETS = {"cs-provenance": (" (", ")"), "cs-closed": (" [", "]")}
HOLDS = frozenset({"item", "value", "head", "cell"})
"""In these paragraphs and lists are lines."""


class Block(Struct, frozen=True):
    """A piece of a page: a heading, a paragraph, a list, facts by their names, or a table."""

    kind: Literal["h1", "h2", "h3", "text", "list", "facts", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    """Items, each alone; names with what they are of; or a table's rows, the head first."""


def pdf(html: str, title: str) -> bytes:
    """The main part of a page, under a title. The same page gives the same bytes."""
    # Imported here: most processes never print anything.
    import typst

    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    data = msgspec.json.encode({"title": title, "blocks": list(blocks(main))}).decode()
    found = typst.compile(
        SHEET.read_bytes(),
        pdf_standards="ua-1",
        sys_inputs={"data": data},
        ignore_system_fonts=True,
    )
    if not isinstance(found, bytes):
        raise TypeError("more than one file came of one page")
    return found


def blocks(html: str) -> Iterator[Block]:
    """What a piece of HTML says, in its order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    parts = [(kind, _tidy(text)) for kind, text in reader.found]
    parts = [one for one in parts if one[1] or one[0] in ("row", "cell", "head", "value")]
    while parts:
        match parts[0][0]:
            case "item":
                yield Block("list", rows=tuple((text,) for _, text in _taken(parts, "item")))
            case "key" | "value":
                yield Block("facts", rows=_facts(_taken(parts, "key", "value")))
            case "row" | "cell" | "head":
                yield Block("table", rows=_table(_taken(parts, "row", "cell", "head")))
            case kind:
                yield Block(kind, parts.pop(0)[1])


def _taken(parts: list[tuple[Kind, str]], *kinds: Kind) -> list[tuple[Kind, str]]:
    """The first parts, as far as they are of these kinds."""
    found = []
    while parts and parts[0][0] in kinds:
        found.append(parts.pop(0))
    return found


def _facts(parts: Sequence[tuple[Kind, str]]) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, str]] = []
    for kind, text in parts:
        if kind == "key":
            found.append((text, ""))
        elif found:
            name, said = found[-1]
            found[-1] = name, f"{said}\n{text}".strip()
    return tuple(found)


def _table(parts: Sequence[tuple[Kind, str]]) -> tuple[tuple[str, ...], ...]:
    found: list[list[str]] = []
    for kind, text in parts:
        if kind == "row":
            found.append([])
        elif found:
            found[-1].append(text)
    width = max((len(one) for one in found), default=0)
    return tuple((*one, *[""] * (width - len(one))) for one in found if one)


def _tidy(text: str) -> str:
    lines = (" ".join(one.split()) for one in text.split("\n"))
    return "\n".join(one for one in lines if one)


class _Tag(NamedTuple):
    """An element that is open: what it begins, and what is put after what is said in it."""

    kind: Kind | None
    after: str


class _Reader(HTMLParser):
    """Goes through tags and keeps what is under them, but for what is only on screens."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[Kind, str]] = []
        self._tags: list[_Tag] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._add("\n" if tag == "br" else "")
            return
        classes = {*(dict(attrs).get("class") or "").split()}
        if self._hidden or ON_SCREEN & classes or tag in NOT_SAID:
            self._hidden += 1
            return
        kind, inside = "text" if CAPTIONS & classes else KINDS.get(tag), self._inside()
        if kind and inside in HOLDS and kind not in ("cell", "head", "row"):
            self._add("\n• " if kind == "item" else "\n")
            self._tags.append(_Tag(None, "\n"))
            return
        before, after = self._brackets(classes)
        self._add(before)
        self._tags.append(_Tag(kind if kind != "row" else None, after))
        if kind:
            self.found.append((kind, ""))

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
        elif self._tags:
            self._add(self._tags[-1].after)
            self._tags.pop()

    def handle_data(self, data: str) -> None:
        self._add(data.replace("\n", " "))

    def _inside(self) -> Kind | None:
        return next((one.kind for one in reversed(self._tags) if one.kind), None)

    def _brackets(self, classes: set[str]) -> tuple[str, str]:
        """What a screen tells apart by colour or size is set in brackets."""
        if "govuk-tag" in classes:
            return "", ": " if any(one.after == ")" for one in self._tags) else ". "
        return next((BRACKETS[one] for one in classes if one in BRACKETS), ("", ""))

    def _add(self, text: str) -> None:
        if self._inside() and not self._hidden:
            kind, said = self.found[-1]
            self.found[-1] = kind, said + text
