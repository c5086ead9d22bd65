"""Reads data that people write, and names every mistake in it at once."""

from __future__ import annotations

import re
import tomllib
import types
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from domain.values import Closed, Text

S = TypeVar("S", bound=Struct)


class Mistake(Struct, frozen=True):
    """Where something is wrong (a key, or a line), and what is allowed there."""

    where: str
    what: str


class Mistaken(Exception):
    """Nothing was made of it."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(f"{one.where}: {one.what}" for one in mistakes))


def read_toml(text: str) -> dict[str, Any]:
    """The tables in a TOML text. Raises Mistaken with the line that cannot be read."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        what, _, where = str(error).partition(" (at ")
        raise Mistaken([Mistake(where.rstrip(")") or "the text", what)]) from None


def learned(kind: type[S]) -> type[S]:
    """``kind``, made known to the library before many threads read it.

    It learns a kind, with all that is in it, when it first meets it, and two threads that it meets
    with one at once may end the process.
    """
    msgspec.json.Decoder(kind)
    return kind


def read(data: object, kind: type[S], where: str = "") -> S:
    """``data`` as ``kind``. Raises Mistaken with all that is wrong with it."""
    if found := list(mistakes(data, kind, where)):
        raise Mistaken(found)
    try:
        return converted(data, kind)
    except msgspec.ValidationError as error:
        raise Mistaken([_plain(error, where)]) from None


def converted(data: object, kind: type[S]) -> S:
    """``data`` as ``kind``, closed values made of their texts. Raises msgspec's ValidationError."""
    return msgspec.convert(data, kind, dec_hook=_closed)


def mistakes(data: object, kind: Any, where: str) -> list[Mistake]:
    """Everything in ``data`` that is not as ``kind`` wants it, key by key."""
    if get_origin(kind) is Annotated:
        return mistakes(data, get_args(kind)[0], where) or _leaf(data, kind, where)
    if get_origin(kind) in (Union, types.UnionType):
        inner = [one for one in get_args(kind) if one is not type(None)]
        if len(inner) == 1 and data is not None:
            return mistakes(data, inner[0], where)
        return _tagged(data, inner, where) or _leaf(data, kind, where)
    if isinstance(kind, type) and issubclass(kind, Struct) and isinstance(data, Mapping):
        return _struct(data, kind, where)
    if get_origin(kind) is tuple and isinstance(data, list) and get_args(kind)[-1] is ...:
        inner = get_args(kind)[0]
        return [m for n, one in enumerate(data, 1) for m in mistakes(one, inner, f"{where}[{n}]")]
    return _leaf(data, kind, where)


def _struct(data: Mapping[str, object], kind: type[Struct], where: str) -> list[Mistake]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    if kind.__struct_config__.tag_field:
        data = {key: one for key, one in data.items() if key != kind.__struct_config__.tag_field}
    found = []
    for key in data.keys() - fields.keys():
        found.append(Mistake(_path(where, key), f"is not known here; there are {_names(fields)}"))
    for name, field in fields.items():
        if name in data:
            found += mistakes(data[name], field.type, _path(where, name))
        elif field.required:
            found.append(Mistake(_path(where, name), "is missing"))
    return sorted(found, key=lambda one: one.where) or _leaf(data, kind, where)


def _tagged(data: object, kinds: list[Any], where: str) -> list[Mistake]:
    """Mistakes in a table that says by its tag which of several kinds it is."""
    if not isinstance(data, Mapping):
        return []
    for kind in kinds:
        config = getattr(kind, "__struct_config__", None)
        if config and config.tag_field and data.get(config.tag_field) == config.tag:
            return mistakes(data, kind, where)
    return []


def _leaf(data: object, kind: Any, where: str) -> list[Mistake]:
    try:
        converted(data, kind)
    except msgspec.ValidationError as error:
        return [_plain(error, where)]
    return []


def _closed(_: type, data: object) -> Closed:
    """A closed value is written as a plain text. Nothing else needs a hook."""
    return Closed(msgspec.convert(data, Text))


def _plain(error: msgspec.ValidationError, where: str) -> Mistake:
    what, _, inner = str(error).partition(" - at `$")
    what = re.sub(r"^Expected `(.*?)`, got `(.*?)`$", r"should be \1, not \2", what)
    return Mistake((where + inner.rstrip("`")).lstrip(".") or "the text", what)


def _path(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _names(names: object) -> str:
    return ", ".join(sorted(names))  # type: ignore[call-overload]
