"""Workers: each keeps something up to date with the log, woken by appends and idle between them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

from adapters.database import Unavailable
from adapters.evidence.asking import Away
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Refusal
from adapters.house import House
from adapters.leases import Leases
from adapters.signals import AGAIN, APPENDED, Signals

if TYPE_CHECKING:
    from adapters.evidence.cosigning import Cosigner
    from adapters.evidence.stamps import Stamper

POLL_SECONDS = 0.5
"""How soon an append or a rebuild of another process is noticed, by reading the positions."""
SEALED_SECONDS = 0.3
"""How often the log is sealed at most: what comes in between is signed together."""
COSIGNED_SECONDS = 60.0
"""How often witnesses are asked, and whether a time stamp is due: what is signed anew in between
shows only by the sealer’s file."""
Step = Callable[[Callable[[], bool]], object]
"""One round of work, which ends early where it is told to stop."""

logger = logging.getLogger("countersign.worker")


class Worker:
    def __init__(self, what: str, step: Step, leases: Leases, pause: float = 0.0) -> None:
        """``what`` is worked on, for people to read; ``pause`` is after each round, in seconds."""
        self._what, self._step, self._leases, self._pause = what, step, leases, pause
        self._news, self._over = threading.Event(), threading.Event()
        self._why = ""

    def hear(self, topics: Collection[str]) -> None:
        """Wakes up where something was appended, or may have been."""
        if not {APPENDED, AGAIN}.isdisjoint(topics):
            self._news.set()

    def stop(self) -> None:
        self._over.set()
        self._news.set()

    def work(self, signals: Signals) -> None:
        """Applies what is new until it is told to stop."""
        signals.listen(self.hear)
        while not self._over.is_set():
            try:
                self._step(self._over.is_set)
            except Unavailable as error:
                logger.warning("%s wait for the store: %s", self._what, error)
            except Away as error:
                self._refused(f"nobody signs elsewhere what is sealed: {error}")
            except Refusal as refusal:
                self._refused(f"nothing more is sealed: {refusal}")
            except Exception:
                logger.exception("%s could not be brought up to date: trying again", self._what)
            self._over.wait(self._pause)
            self._news.wait(POLL_SECONDS)
            self._news.clear()
        with suppress(Unavailable):
            self._leases.give_all_up()

    def _refused(self, why: str) -> None:
        """Said once, however often it is tried."""
        if why != self._why:
            logger.error("%s", why)
        self._why = why

    @contextmanager
    def running(self, signals: Signals) -> Iterator[None]:
        """Works in a thread of its own meanwhile."""
        work = threading.Thread(target=self.work, args=(signals,), name=self._what, daemon=True)
        work.start()
        try:
            yield
        finally:
            self.stop()
            work.join(timeout=10)


def reading(house: House) -> Worker:
    """Keeps the read models and the outbox up to date."""
    return Worker("the read models", lambda stopped: house.keep_up(stopped=stopped), house.leases)


def sealing(house: House, sealer: Sealer) -> Worker:
    """Seals the log, one of all processes at a time."""
    leases = Leases(house.database)

    def seal(_: object) -> None:
        if leases.take("sealer"):
            sealer.seal()

    return Worker("the entries to be sealed", seal, leases, SEALED_SECONDS)


def cosigning(house: House, cosigner: Cosigner) -> Worker:
    """Has witnesses sign what is sealed, one of all processes at a time."""
    leases, rests = Leases(house.database), 0.0

    def cosign(_: object) -> None:
        nonlocal rests
        if monotonic() < rests or not leases.take("cosigner"):
            return
        rests = monotonic() + COSIGNED_SECONDS
        if not cosigner.cosign():
            rests = 0.0

    return Worker("the cosignatures", cosign, leases)


def stamping(house: House, stamper: Stamper) -> Worker:
    """Has what is sealed stamped with the time, one of all processes at a time."""
    leases, rests = Leases(house.database), 0.0

    def stamp(_: object) -> None:
        nonlocal rests
        if monotonic() < rests or not leases.take("stamper"):
            return
        rests = monotonic() + COSIGNED_SECONDS
        if stamper.due():
            stamper.stamp()

    return Worker("the time stamps", stamp, leases)
