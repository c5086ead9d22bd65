"""Live updates: an open page is told when to look again, and nothing else.

A page that is open costs a socket and a few hundred bytes here: no thread, and no connection to
the database. What there is to see, it fetches as any page, under its own session.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from random import random
from time import monotonic

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from starlette.types import Receive, Scope, Send

from adapters.database import Unavailable
from adapters.house import PROJECTIONS, House
from adapters.signals import AGAIN, Signals
from web.following import Following
from web.reader import SignInFirst

PER_SESSION = 4
"""So many open pages of a browser are told: it has six connections to a site, and needs some."""
MOST = 2000
"""So many in one process."""
APART = 0.05
"""Seconds between two that a page is told: one who looks again sees all that came meanwhile."""
KEEP_ALIVE = 15.0
"""Seconds of silence before a sign of life. As often is asked whether the reader may go on."""
RECHECKED = 1.0
"""Before news it is asked as well, but once in so many seconds."""
POLL = 1.0
"""Seconds between two looks at how far the read models are, in case a signal did not come."""
SPREAD = 1.0
"""Seconds over which all pages are told, so that they do not look again at the same moment."""
NEWS = format_sse_event(event="news", data_str="look again")
STILL_HERE = format_sse_event(comment="still here")


class Stream:
    """One open page. ``since`` says whether there is anything that it does not show yet.

    ``watching`` says which topics it shows something of, or raises SignInFirst.
    """

    def __init__(
        self,
        house: House,
        session: str,
        watching: Callable[[], frozenset[str]],
        since: Callable[[], bool],
    ) -> None:
        self.session, self.topics = session, watching()
        self.news, self.ended = asyncio.Event(), False
        self._identity, self._watching, self._since = house.identity, watching, since
        self._asked = self._watched = monotonic()

    def end(self) -> None:
        self.ended = True
        self.news.set()

    async def events(self) -> AsyncIterator[bytes]:
        """What the page is sent, as long as its reader may look."""
        self.news.set()
        while await self._something() and await self._may_go_on():
            if not self.news.is_set():
                yield STILL_HERE
                continue
            self.news.clear()
            if await self._to_see():
                yield NEWS
                await asyncio.sleep(APART)

    async def _something(self) -> bool:
        """Waits for news or for the time of a sign of life; nothing comes after the end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.news.wait(), KEEP_ALIVE)
        return not self.ended

    async def _may_go_on(self) -> bool:
        try:
            if monotonic() - self._asked >= RECHECKED:
                if await run_in_threadpool(self._identity.who, self.session) is None:
                    return False
                self._asked = monotonic()
            if monotonic() - self._watched >= KEEP_ALIVE:
                self.topics = await run_in_threadpool(self._watching)
                self._watched = monotonic()
        except SignInFirst:
            return False
        except Unavailable:
            pass
        return True

    async def _to_see(self) -> bool:
        try:
            return await run_in_threadpool(self._since)
        except Unavailable:
            return True


class Told(StreamingResponse):
    """The answer to a page that stays open."""

    media_type = "text/event-stream"

    def __init__(self, live: Live, stream: Stream) -> None:
        super().__init__(stream.events(), headers={"X-Accel-Buffering": "no"})
        self._live, self._stream = live, stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._live.open(self._stream):
            await super().__call__(scope, receive, send)


class Live:
    """All pages that are open in this process."""

    def __init__(self, house: House, signals: Signals) -> None:
        self._house, self._signals = house, signals
        self._streams: set[Stream] = set()
        self._ended = False
        self._following = [Following(one.name) for one in PROJECTIONS if one.seen_by is not None]

    def full(self, session: str) -> bool:
        """Whether no more pages are told, of this browser or at all."""
        streams = tuple(self._streams)
        mine = sum(one.session == session for one in streams)
        return mine >= PER_SESSION or len(streams) >= MOST

    @contextmanager
    def open(self, stream: Stream) -> Iterator[None]:
        self._streams.add(stream)
        if self._ended:
            stream.end()
        try:
            yield
        finally:
            self._streams.discard(stream)

    def end(self) -> None:
        """Ends every stream. Its page asks again, here or elsewhere, and misses nothing."""
        self._ended = True
        for one in tuple(self._streams):
            one.end()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hears signals meanwhile, and looks for itself."""
        loop = asyncio.get_running_loop()
        stop = self._signals.listen(lambda topics: _soon(loop, self._hear, frozenset(topics)))
        looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            stop()
            looking.cancel()
            self.end()

    def _hear(self, topics: Collection[str]) -> None:
        for each in self._following:
            each.hear(topics)
        if AGAIN in topics:
            self._all()
        for one in self._streams:
            if not one.topics.isdisjoint(topics):
                one.news.set()

    def _all(self) -> None:
        for one in self._streams:
            asyncio.get_running_loop().call_later(SPREAD * random(), one.news.set)

    async def _look(self) -> None:
        """Tells all pages where a read model has moved on and nobody said so."""
        while True:
            with suppress(Unavailable):
                now = await run_in_threadpool(self._positions)
                missed = [one for one in self._following if one.missed(now)]
                if missed:
                    self._all()
            await asyncio.sleep(POLL)

    def _positions(self) -> dict[str, int]:
        return {one.name: self._house.runners[one.name].position() for one in self._following}


def _soon(
    loop: asyncio.AbstractEventLoop,
    hear: Callable[[Collection[str]], None],
    topics: Collection[str],
) -> None:
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(hear, topics)
