"""When a failed delivery is tried again, and when an endpoint is left alone for a while."""

from __future__ import annotations

from random import uniform
from typing import NamedTuple

MINUTE, HOUR = 60.0, 3600.0


class Schedule(NamedTuple):
    """Times are in seconds. The first attempt is at once, ``waits`` come between the others."""

    waits: tuple[float, ...] = (
        5.0,
        5 * MINUTE,
        30 * MINUTE,
        2 * HOUR,
        5 * HOUR,
        10 * HOUR,
        14 * HOUR,
        20 * HOUR,
        24 * HOUR,
    )
    jitter: float = 0.2
    """By this share more or less, so that what failed together does not come back together."""
    breaks_at: int = 5
    """After so many failures one after the other only one attempt at a time is made."""
    given_up: float = 120 * HOUR
    """An endpoint that has taken nothing for so long is disabled."""
    longest: float = 24 * HOUR
    """What a receiver asks for is heeded up to this."""

    def is_over(self, tried: int) -> bool:
        """Whether so many attempts were all."""
        return tried > len(self.waits)

    def after(self, tried: int) -> float:
        """How long to wait after so many failed attempts."""
        return self.waits[tried - 1] * uniform(1 - self.jitter, 1 + self.jitter)

    def breaks(self, failures: int) -> bool:
        return failures >= self.breaks_at

    def probe(self, failures: int) -> float:
        """How long an endpoint is left alone after so many failures in any lane."""
        n = min(failures - self.breaks_at, len(self.waits) - 1)
        return self.waits[n] * uniform(1 - self.jitter, 1 + self.jitter)
