"""A process that delivers until it is killed: python -m … WHERE KEY [REDIS]."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from adapters.delivery.desk import Limits
from adapters.house import House
from adapters.ledgers.schedule import Schedule
from adapters.redis import RedisSignals
from adapters.signals import Signals
from countersign.delivering import channels, dispatcher
from tests.adapters.delivery.telling import SETTINGS

LEASE = 1.0
SHORT = Schedule(waits=(0.05,) * 50, breaks_at=10)
"""The schedule of retries, made short."""


def main(where: str, key: str, redis: str = "") -> None:
    address = where if where.startswith("postgresql") else Path(where)
    house = House(address, key_file=Path(key), careless=True)
    one = dispatcher(house, SETTINGS, channels(SETTINGS), SHORT, Limits(lease=LEASE), 0.1)
    signals = RedisSignals(redis) if redis else Signals()
    signals.listen(one.hear)
    print("ready", flush=True)
    asyncio.run(one.run())


if __name__ == "__main__":
    main(*sys.argv[1:])
