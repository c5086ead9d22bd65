"""A process that records one note after another, and says which ones were confirmed.

python -m tests.adapters.confirming WHERE KEY [NOTE TO ASK FOR AGAIN]
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import sleep
from uuid import UUID, uuid4

from adapters.database import Unavailable
from adapters.house import House
from domain.opening import NoteOnSource
from domain.refusals import Stale
from tests.adapters.leeds import LEEDS
from tests.scenario import CLERK

PAUSE = 0.02


def confirm(house: House, note: UUID) -> None:
    """Asks until it is on record, always with the same id, as a page does that is sent again."""
    print(f"asked {note}", flush=True)
    while True:
        try:
            house.execute(NoteOnSource(LEEDS, "silence", str(note), "Not said"), CLERK, note)
        except (Unavailable, Stale):
            sleep(PAUSE)
        else:
            print(f"confirmed {note}", flush=True)
            return


def opened(where: str, key: str) -> House:
    """As soon as the store can be reached."""
    place = where if "://" in where else Path(where)
    while True:
        try:
            return House(place, key_file=Path(key))
        except Unavailable:
            sleep(PAUSE)


if __name__ == "__main__":
    found = opened(*sys.argv[1:3])
    for again in sys.argv[3:]:
        confirm(found, UUID(again))
    while True:
        confirm(found, uuid4())
