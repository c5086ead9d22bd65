"""Whether a process can do its work: what is missing, in words that give nothing away."""

from __future__ import annotations

import os
from collections.abc import Iterator

from adapters.database import Unavailable
from adapters.house import House
from adapters.lag import lags

BEHIND_SECONDS = 10
"""How long an event may wait for a read model before that counts as stopped."""


def missing(house: House) -> list[str]:
    """What is missing; nothing where all is well."""
    return [*_of_the_record(house), *_of_the_key(house)]


def _of_the_record(house: House) -> Iterator[str]:
    try:
        found = lags(house)
    except Unavailable:
        yield "the database cannot be read"
        return
    for name, lag in found.items():
        if lag.seconds > BEHIND_SECONDS:
            what = "outbox" if name == "outbox" else f"read model {name}"
            yield f"the {what} is {lag.events} behind, for {lag.seconds:.0f} seconds"


def _of_the_key(house: House) -> Iterator[str]:
    if not os.access(house.keys.file, os.R_OK):
        yield "the key file is not there, or cannot be read"
