"""A house whose log is sealed, and what a check of it says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from adapters.evidence.checking import check
from adapters.evidence.findings import Anchor, Kind, Report
from adapters.evidence.keyring import Keyring, make
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Signer
from adapters.evidence.stored import evidence
from adapters.evidence.tree import HEIGHT
from adapters.house import House
from tests.adapters.leeds import note

NAME = "council.example/log"
ENOUGH = 600
"""Events that fill two tiles, and a part of another."""


class Sealed:
    """The house, and the one who seals it."""

    def __init__(self, house: House, folder: Path, height: int = HEIGHT) -> None:
        self.house, self.folder = house, folder
        self.keys = make(folder / "countersign.seal", NAME)
        self.signer = Signer(self.keys, folder / "countersign.signed")
        self.sealer = Sealer(house.log, house.database, self.signer, height)
        self._width = 2**height

    def goes_on(self, upto: int) -> None:
        """Until so many events are on record; all of them sealed."""
        while self.house.log.last_position() < upto:
            note(self.house)
        self.sealer.seal()

    def report(self, *anchors: Anchor, keys: Keyring | None = None) -> Report:
        known = (keys or self.keys).known
        self.house.log.last_position()
        with self.house.database.view() as db:
            return check(evidence(db), known, NAME, anchors, self._width)

    def last(self) -> Anchor:
        """What the sealer itself remembers."""
        last = self.signer.last()
        assert last
        return Anchor("The sealer", last)

    def found(self, *anchors: Anchor) -> list[tuple[int, Kind]]:
        return places(self.report(*anchors))


def places(report: Report) -> list[tuple[int, Kind]]:
    return [(one.position, one.kind) for one in report.findings]


def kinds(found: Sequence[tuple[int, Kind]]) -> set[Kind]:
    return {kind for _, kind in found}
