"""What is in a pack, gone through again by the program: it has to add up to the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from adapters.evidence.findings import Finding, Kind
from adapters.evidence.packed import Pack
from adapters.evidence.states import state
from adapters.house import House
from adapters.log import Written


def replayed(pack: Pack) -> Iterator[Finding]:
    """Each stream that does not add up to what the pack says. What is closed counts as erased."""
    streams: dict[str, list[Written]] = {}
    for one in sorted(pack.events, key=lambda one: one.version):
        news = Written(UUID(one.stream), one.version, one.kind, one.state)
        streams.setdefault(one.stream, []).append(news)
    with TemporaryDirectory() as folder:
        house = House(Path(folder) / "pack.db")
        try:
            for stream, stored in streams.items():
                try:
                    same = state(house.log, stored) == pack.manifest["states"].get(stream)
                    said = f"{stream} does not add up to what the pack says"
                except Exception as error:
                    same, said = False, f"{stream} cannot be read: {type(error).__name__}: {error}"
                if not same:
                    yield Finding(0, Kind.STATE, said)
        finally:
            house.close()
