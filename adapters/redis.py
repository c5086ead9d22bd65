"""Redis, or Valkey: signals and scratch for all processes. No other file knows its library."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

import msgspec
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from adapters.database import Unavailable
from adapters.scratch import Scratch
from adapters.signals import AGAIN, Signals

CHANNEL = "countersign"
APART = 0.005
"""Seconds between two messages of a process; what is told meanwhile goes into one, once."""
ANSWERS = 0.5
"""How many seconds a server may take for an answer, before it counts as gone."""
SILENCE = 1.0
"""Seconds without a message after which the server is asked whether it is there."""
LOOK_UP = 0.1
"""Seconds between two looks at whether it is time to end."""
LONGEST_WAIT = 1.0
"""Seconds between two attempts to reach a server that has been gone for a while."""
MOST_TOPICS = 1000
"""More than so many wait for no server: whoever listens looks at everything again."""

AT_HAND = 0.1
"""How many seconds somebody who waits for a page waits for a server."""
LEFT_ALONE = 1.0
"""Seconds for which a server that did not answer is not asked again while somebody waits."""
PREFIX = "countersign:"

T = TypeVar("T")
GONE = (redis.RedisError, OSError)
logger = logging.getLogger("countersign.redis")


def client(url: str, answers: float) -> redis.Redis:
    """A client that does not try again by itself and waits no longer than told, in seconds.

    Raises Unavailable where the address is none.
    """
    never = Retry(NoBackoff(), 0)
    try:
        found: redis.Redis = redis.Redis.from_url(
            url, protocol=2, socket_timeout=answers, socket_connect_timeout=answers, retry=never
        )
    except ValueError as error:
        raise Unavailable(f"the address of Redis cannot be read: {error}") from None
    return found


class RedisSignals(Signals):
    """Between processes too. In its own, signals pass also while the server is gone."""

    def __init__(self, url: str) -> None:
        """Connects in threads of its own, now and whenever the connection was lost."""
        super().__init__()
        self._redis, self._me = client(url, ANSWERS), secrets.token_hex(8)
        self._waiting: set[str] = set()
        self._lock, self._news = threading.Lock(), threading.Event()
        self._closed, self.connected = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(target=one, name=one.__name__.strip("_"), daemon=True)
            for one in (self._send, self._receive)
        ]
        for one in self._threads:
            one.start()

    def tell(self, topics: Collection[str]) -> None:
        super().tell(topics)
        with self._lock:
            self._waiting.update(topics)
            if len(self._waiting) > MOST_TOPICS:
                self._waiting = {AGAIN}
        self._news.set()

    def close(self) -> None:
        """Sends what waits, if that goes at once."""
        super().close()
        self._closed.set()
        self._news.set()
        send, receive = self._threads
        send.join(timeout=2 * ANSWERS)
        receive.join(timeout=2 * ANSWERS)
        self._redis.close()

    def _send(self) -> None:
        """Publishes what waits; it goes on waiting while there is no server."""
        failed, closed = 0, False
        while not closed:
            self._news.wait()
            self._news.clear()
            closed = self._closed.is_set()
            with self._lock:
                topics, self._waiting = self._waiting, set()
            try:
                if topics:
                    self._redis.publish(CHANNEL, msgspec.json.encode([self._me, sorted(topics)]))
                failed = 0
                self._closed.wait(APART)
            except Exception:
                failed += 1
                with self._lock:
                    self._waiting |= topics
                self._news.set()
                self._closed.wait(_wait(failed))

    def _receive(self) -> None:
        """Listens, and after each gap tells everybody here to look again."""
        failed = 0
        while not self._closed.is_set():
            try:
                with self._redis.pubsub() as subscribed:  # type: ignore[no-untyped-call]
                    subscribed.subscribe(CHANNEL)
                    for data in self._messages(subscribed):
                        if failed or not self.connected.is_set():
                            logger.info("the connection to Redis is there")
                            self.connected.set()
                            super().tell([AGAIN])
                        failed = 0
                        if data:
                            self._heard(data)
            except Exception as error:
                if not (failed or self._closed.is_set()):
                    logger.warning("Redis is gone, signals between processes wait: %s", error)
                self.connected.clear()
                failed += 1
                self._closed.wait(_wait(failed))

    def _messages(self, subscribed: Any) -> Iterator[bytes]:
        """Each message; nothing for each other sign of life. Raises where there is none."""
        alive, asked = monotonic(), False
        while not self._closed.is_set():
            found = subscribed.get_message(timeout=LOOK_UP)
            silent = monotonic() - alive
            if found:
                alive, asked = monotonic(), False
                yield found["data"] if found["type"] == "message" else b""
            elif silent > SILENCE + ANSWERS:
                raise redis.TimeoutError("no answer")
            elif silent > SILENCE and not asked:
                subscribed.ping()
                asked = True

    def _heard(self, data: bytes) -> None:
        """What others tell, and not one's own, which was heard here already."""
        with suppress(msgspec.DecodeError):
            sender, topics = msgspec.json.decode(data, type=tuple[str, list[str]])
            if sender != self._me:
                super().tell(topics)


def _wait(failed: int) -> float:
    return min(LONGEST_WAIT, 0.05 * 2.0 ** min(failed, 10))


class RedisScratch(Scratch):
    """Shared by all processes. While the server is gone nothing is found; each counts by itself."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis, self._ask_from, self._gone = client(url, AT_HAND), 0.0, False

    def get(self, key: str) -> str | None:
        found = self._asked(lambda there: there.get(PREFIX + key))
        return found.decode() if isinstance(found, bytes) else None

    def put(self, key: str, value: str, seconds: int, *, new: bool = False) -> None:
        self._asked(lambda there: there.set(PREFIX + key, value, ex=seconds, nx=new))

    def count(self, key: str, seconds: int) -> int:
        def ask(there: redis.Redis) -> int:
            with there.pipeline() as both:
                both.incr(PREFIX + key)
                both.expire(PREFIX + key, seconds)
                return int(both.execute()[0])

        found = self._asked(ask)
        return super().count(key, seconds) if found is None else found

    def close(self) -> None:
        self._redis.close()

    def _asked(self, ask: Callable[[redis.Redis], T]) -> T | None:
        """The answer; nothing where the server is gone, or was a moment ago."""
        if monotonic() < self._ask_from:
            return None
        try:
            found = ask(self._redis)
        except GONE as error:
            if not self._gone:
                logger.warning("Redis does not answer, it is done without: %s", error)
            self._ask_from, self._gone = monotonic() + LEFT_ALONE, True
            return None
        self._gone = False
        return found
