"""The dispatcher: sends what the desk says, everything at once that may be, each lane in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from typing import Protocol

from adapters.database import Unavailable
from adapters.delivery.bodies import Message
from adapters.delivery.desk import Desk, Job
from adapters.delivery.outlets import Outlet
from adapters.delivery.webhook import Answer
from adapters.ledgers.recording import Result
from adapters.signals import AGAIN, DELIVERIES

POLL_SECONDS = 1.0
"""How soon what nobody told of is found: what was appended elsewhere, and what is tried again."""
TOGETHER = 0.006
"""Seconds for which results wait for others."""
LAST_SECONDS = 5.0
"""How long what is on its way may still take when it is told to stop."""
PATIENCE = 0.5
"""Seconds to wait where the store could not be read."""

logger = logging.getLogger("countersign.delivery")


class Channel(Protocol):
    """A way to tell something."""

    async def send(self, outlet: Outlet, messages: Collection[Message]) -> tuple[Answer, str]:
        """What came of it, and the SHA-256 of what was sent. Raises nothing."""

    async def close(self) -> None: ...


class Dispatcher:
    """Runs in an event loop of its own; the database is asked in one thread beside it."""

    def __init__(
        self, desk: Desk, channels: Mapping[str, Channel], poll: float = POLL_SECONDS
    ) -> None:
        self._desk, self._channels, self._poll = desk, channels, poll
        self._results: list[Result] = []
        self._flying: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False

    def hear(self, topics: Collection[str]) -> None:
        """Wakes up where something waits, or may. Called in any thread."""
        if not {DELIVERIES, AGAIN}.isdisjoint(topics):
            self._wake()

    def stop(self) -> None:
        """Sends nothing more, and ends when what is on its way is on record."""
        self._stopped = True
        self._wake()

    async def run(self) -> None:
        """Until it is told to stop, and what is on its way is on record or has taken too long."""
        self._loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, "deliveries") as thread:
            while not self._stopped:
                await self._once(thread)
            until = monotonic() + LAST_SECONDS
            while (self._flying or self._results) and monotonic() < until:
                await self._once(thread)
            for task in self._flying:
                task.cancel()
            with suppress(Unavailable):
                await self._loop.run_in_executor(thread, self._desk.leave)
        for channel in self._channels.values():
            await channel.close()

    async def _once(self, thread: ThreadPoolExecutor) -> None:
        """One look at what is due; then a wait for news, unless there is more to do at once."""
        self._news.clear()
        for job in await self._turn(thread):
            task = asyncio.create_task(self._send(job))
            self._flying.add(task)
            task.add_done_callback(self._flying.discard)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), self._poll)
        # What is put on record together costs little more: so half of all is waited for, no longer.
        until = monotonic() + TOGETHER
        while len(self._results) < len(self._flying) and monotonic() < until:
            await asyncio.sleep(0.001)

    async def _turn(self, thread: ThreadPoolExecutor) -> list[Job]:
        results, self._results = self._results, []
        assert self._loop

        def turn() -> list[Job]:
            if results:
                self._desk.record(results)
                results.clear()
            return [] if self._stopped else self._desk.jobs()

        try:
            return await self._loop.run_in_executor(thread, turn)
        except Unavailable as error:
            logger.warning("deliveries wait for the store: %s", error)
        except Exception:
            logger.exception("deliveries could not be gone on with: trying again")
        self._results = results + self._results
        await asyncio.sleep(PATIENCE)
        return []

    async def _send(self, job: Job) -> None:
        began = monotonic()
        try:
            answer, body = await self._sent(job)
        except Exception as error:
            logger.exception("a delivery failed in a way that nobody thought of")
            answer, body = Answer(None, f"It could not be sent: {type(error).__name__}"), ""
        taken = monotonic() - began
        said = (answer.status, answer.error, answer.text, body, answer.wait)
        self._results.append(Result(job.due, taken, *said))
        self._news.set()

    async def _sent(self, job: Job) -> tuple[Answer, str]:
        if not job.messages:
            return Answer(None, "What is to be told could not be read"), ""
        if job.outlet.address is None:
            return Answer(None, "Its address is gone: give it another"), ""
        if (way := self._channels.get(job.outlet.endpoint.channel)) is None:
            return Answer(None, "Nothing is set that could send it: see the settings"), ""
        return await way.send(job.outlet, job.messages)

    def _wake(self) -> None:
        loop = self._loop
        if loop and not loop.is_closed():
            loop.call_soon_threadsafe(self._news.set)
