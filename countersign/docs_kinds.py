"""Reference pages about data: events, commands, and what both are made of."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import cleandoc
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from msgspec import NODEFAULT, UNSET, Meta, Struct, UnsetType, json
from msgspec.structs import FieldInfo, fields

from domain import messages, values
from domain.messages import Stamp, tag_of
from domain.values import Closed

Kinds = Mapping[str, type[Struct]]
PLAIN: dict[Any, str] = {
    UUID: "id",
    str: "text",
    int: "whole number",
    bool: "yes or no",
    Closed: "closed text",
    types.NoneType: "nothing",
    UnsetType: "nothing",
}
ALIASES: dict[Any, str] = {
    kind: name
    for module in (values, messages)
    for name, kind in vars(module).items()
    if get_origin(kind) is Annotated
}
BOUNDS = {
    "pattern": "written `{}`",
    "min_length": "{:,} or more",
    "max_length": "{:,} at most",
    "ge": "from {}",
    "le": "to {}",
    "tz": "with its time zone",
}


def events_page(events: Kinds, commands: Kinds) -> Iterator[str]:
    for tag, kind in sorted(events.items()):
        by = [name for name, one in sorted(commands.items()) if _makes(one, kind)]
        yield f"## `{tag}`"
        yield _doc(kind)
        yield f"Recorded by {links(by, 'commands')}."
        yield _table_of(kind, defaults=False)


def commands_page(events: Kinds, commands: Kinds) -> Iterator[str]:
    for tag, kind in sorted(commands.items()):
        yield f"## `{tag}`"
        yield _doc(kind)
        made = [name for name, one in sorted(events.items()) if _makes(kind, one)]
        yield f"Records {links(made, 'events')}."
        yield _table_of(kind)


def parts_page(events: Kinds, commands: Kinds) -> Iterator[str]:
    yield "## Plain kinds"
    yield table(("Kind", "Is"), [(name, _bounded(*get_args(one))) for one, name in ALIASES.items()])
    whole = {*events.values(), *commands.values()}
    found = {part for kind in (Stamp, *whole) for part in _parts(kind)} - whole
    for kind in sorted(found, key=lambda one: one.__name__):
        yield f"## {kind.__name__}"
        yield _doc(kind)
        if kind.__struct_config__.tag_field:
            yield f"Its `{kind.__struct_config__.tag_field}` is `{tag_of(kind)}`."
        yield _table_of(kind)


def links(names: Iterable[str], page: str) -> str:
    """Names as links to their headings on a page."""
    return ", ".join(f"[`{one}`]({page}.md#{one.replace('/', '')})" for one in names)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def _makes(command: type[Struct], event: type[Struct]) -> bool:
    """Whether the command's own code makes this event."""
    names: tuple[str, ...] = command.event.__code__.co_names  # type: ignore[attr-defined]
    return event.__name__ in names


def _doc(kind: type[Struct]) -> str:
    return cleandoc(kind.__doc__ or "").replace("``", "`")


def _parts(kind: Any) -> Iterator[type[Struct]]:
    """The structs that a type holds, however deep, and itself."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield kind
        for field in fields(kind):
            yield from _parts(field.type)
    for one in get_args(kind) if get_origin(kind) is not Literal else ():
        yield from _parts(one)


def _table_of(kind: type[Struct], *, defaults: bool = True) -> str:
    rows = [(f"`{one.name}`", _holds(one.type), _left_out(one)) for one in fields(kind)]
    if not rows:
        return "It has no fields of its own."
    head = ("Field", "Holds", "If left out")
    return table(head, rows) if defaults else table(head[:2], [row[:2] for row in rows])


def _holds(kind: Any) -> str:
    """A type in words, with links to what has a section of its own."""
    if kind in ALIASES:
        return f"[{ALIASES[kind]}](parts.md#plain-kinds)"
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _bounded(*inner)
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(_holds(one) for one in inner)
    if origin is tuple:
        return f"list of {_holds(inner[0])}"
    if origin is not None:
        return f"{_holds(inner[1])} by {_holds(inner[0])}"
    if issubclass(kind, Struct):
        return f"[{kind.__name__}](parts.md#{kind.__name__.lower()})"
    return PLAIN.get(kind, str(kind.__name__).lower())


def _bounded(kind: Any, meta: Meta) -> str:
    found = {word: getattr(meta, key) for key, word in BOUNDS.items()}
    said = [word.format(one) for word, one in found.items() if one is not None]
    return ", ".join((_holds(kind), *said))


def _left_out(field: FieldInfo) -> str:
    if field.required:
        return "must be given"
    found = field.default if field.default is not NODEFAULT else field.default_factory()
    if found is UNSET:
        return "nothing"
    plain = str(found) if isinstance(found, str) else json.encode(found).decode()
    return f"`{plain}`" if found or found is False else "nothing"
