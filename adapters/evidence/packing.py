"""Writes an audit pack: what is stored, what proves it, and what checks it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct
from sqlalchemy import select

from adapters.database import raw_of
from adapters.documents import documents
from adapters.evidence.entries import entry_of, written
from adapters.evidence.merkle import inclusion, leaf_hash
from adapters.evidence.named import Named
from adapters.evidence.notes import PublicKey
from adapters.evidence.packed import CAPSULES, EVENTS, FORM, MANIFEST, NOTE, PAPERS
from adapters.evidence.script import SCRIPT, script
from adapters.evidence.sealer import event_of
from adapters.evidence.seals import Sealed
from adapters.evidence.states import state
from adapters.evidence.tree import Tree
from adapters.house import House
from adapters.ledgers.capsules import capsules
from adapters.log import Stored
from domain.messages import Recorded
from domain.values import procurement_id
from projections.capsule import Capsule
from projections.related import related

REPORT = "report.html"
PAGE = 5000
WHEN = (1980, 1, 1, 0, 0, 0)
"""Of every file, so that the same record makes the same bytes."""
Report = Callable[[str, Sequence[Recorded], Mapping[str, Capsule]], str]
"""A page to read: of what, what happened, and what was on screens, by the digests of that."""


class NotSealed(Exception):
    """Not all of it is under a signature yet."""


class Packed(Struct, frozen=True):
    """What went into a pack."""

    events: int
    streams: int
    papers: int
    size: int
    """Entries under the checkpoint that proves it."""


def pack(
    house: House, reference: str | None, keys: Collection[PublicKey], report: Report, file: Path
) -> Packed:
    """Of one procurement with all that it rests on, or of everything.

    Raises NotSealed, OSError, FileExistsError where something is there.
    """
    latest = house.seals.latest()
    found = [*_chosen(house, reference)]
    if latest is None or found[-1].position > latest.size:
        raise NotSealed("not all of it is sealed yet: try again in a second")
    streams: dict[UUID, list[Stored]] = {}
    for one in sorted(found, key=lambda one: (str(one.stream), one.version)):
        streams.setdefault(one.stream, []).append(one)
    recorded = [house.log.recorded(one, opened=False) for one in found]
    named = Named()
    for _ in named.noting(map(event_of, found)):
        pass
    screens = {one: seen for one in named.capsules if (seen := house.capsules.get(one))}
    subject = procurement_id(reference) if reference else None
    shown = [one for one in recorded if subject in (None, one.stream)]
    manifest = {
        "form": FORM,
        "of": reference or "everything",
        "all": reference is None,
        "keys": [one.text() for one in keys],
        "streams": {str(one): stored[-1].version for one, stored in streams.items()},
        "states": {str(one): state(house.log, stored) for one, stored in streams.items()},
        "leaves": [_base64(one) for one in _leaves(found)] if reference is None else [],
    }
    with ZipFile(file, "x", ZIP_DEFLATED) as into:
        _put(into, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        _put(into, EVENTS, "".join(_lines(house, found, latest, alone=reference is not None)))
        _put(into, NOTE, latest.note)
        _put(into, REPORT, report(reference or "everything", shown, screens))
        _put(into, SCRIPT, script())
        with house.database.read() as db:
            for folder, table, digests in (
                (PAPERS, documents, named.papers),
                (CAPSULES, capsules, named.capsules),
            ):
                for digest in sorted(digests):
                    body = db.scalar(select(table.c.body).where(table.c.digest == digest))
                    if body is not None:
                        _put(into, folder + digest, raw_of(body))
    return Packed(len(found), len(streams), len(named.papers), latest.size)


def _chosen(house: House, reference: str | None) -> Iterator[Stored]:
    """In the order of the log, as far as each stream has come by now."""
    last = house.log.last_position()
    if reference is None:
        after = 0
        while news := house.log.tail(after, min(PAGE, last - after)):
            yield from news
            after = news[-1].position
        return
    own = house.log.stored(procurement_id(reference), last)
    history = [house.log.recorded(one, opened=False) for one in own]
    found = list(own)
    for stream in related(history):
        found += house.log.stored(stream, last)
    yield from sorted(found, key=lambda one: one.position)


def _lines(house: House, found: Sequence[Stored], latest: Sealed, *, alone: bool) -> Iterator[str]:
    with house.database.read() as db:
        tree = Tree(db)
        for one in found:
            line: dict[str, Any] = {
                "position": one.position,
                "stream": str(one.stream),
                "version": one.version,
                "kind": one.topic,
                "state": _base64(one.state),
            }
            if alone:
                proof = inclusion(one.position - 1, latest.size, tree.at)
                line["proof"] = [_base64(part) for part in proof]
            yield json.dumps(line) + "\n"


def _leaves(found: Sequence[Stored]) -> Iterator[bytes]:
    return (leaf_hash(written(entry_of(event_of(one)))) for one in found)


def _put(into: ZipFile, name: str, body: str | bytes) -> None:
    into.writestr(ZipInfo(name, WHEN), body, ZIP_DEFLATED)


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
