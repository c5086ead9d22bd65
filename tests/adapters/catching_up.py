"""A process that keeps the read models up to date, or rebuilds them, until somebody kills it.

python -m tests.adapters.catching_up WHERE KEY SEED, or WHERE KEY rebuild
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from random import Random

from adapters.database import Unavailable
from adapters.house import House


def work(house: House, random: Random) -> None:
    """Small batches of any size, and now and then a rebuild, perhaps of what another rebuilds."""
    while True:
        runner = random.choice(list(house.runners.values()))
        with suppress(Unavailable):
            if random.random() < 0.02:
                runner.rebuild(random.randint(20, 200))
            runner.catch_up(random.randint(1, 30))


def rebuild(house: House) -> None:
    """One event at a time, said aloud."""
    for runner in house.runners.values():
        runner.rebuild(1, progress=lambda count: print(count, flush=True))


if __name__ == "__main__":
    where, key, what = sys.argv[1:]
    print("going", flush=True)
    place = where if "://" in where else Path(where)
    found = House(place, key_file=Path(key), careless=True)
    rebuild(found) if what == "rebuild" else work(found, Random(int(what)))
