"""One signed POST: to an address that was checked, with no redirects, in time or not at all."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from socket import AF_INET, AF_INET6, AF_UNSPEC, AddressFamily
from typing import NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from adapters.delivery.guard import Forbidden, Guard

CONNECT_SECONDS = 5.0
SECONDS = 15.0
MOST_READ = 64 * 1024
KEPT = 2048
"""Characters of an answer that are kept."""
SECRET = re.compile(r"wh(?:sec|sk)_[A-Za-z0-9+/=]+|v1a?,[A-Za-z0-9+/=]{20,}")
PRINTED = re.compile(r"[^\t\n\x20-\x7e\u00a0-\uffff]")


class Answer(NamedTuple):
    """What came back: ``error`` is nothing where it was taken. ``wait`` is in seconds."""

    status: int | None
    error: str
    text: str = ""
    wait: float = 0.0


class Checked(AbstractResolver):
    """Lets a connection be made to addresses only that were checked a moment ago."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._guard.addresses(host)
        return [
            ResolveResult(
                hostname=host,
                host=one,
                port=port,
                family=AF_INET6 if ":" in one else AF_INET,
                proto=0,
                flags=0,
            )
            for one in found
            if family in (AF_UNSPEC, AF_INET6 if ":" in one else AF_INET)
        ]

    async def close(self) -> None:
        """Nothing is open."""


class Poster:
    """Posts over connections that it keeps open for a while. Used in one event loop."""

    def __init__(self, guard: Guard, seconds: float = SECONDS) -> None:
        self.guard = guard
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What came of it. Never raises for what is wrong at the other end."""
        try:
            target = self.guard.target(url)
            async with asyncio.timeout(self._seconds):
                await self.guard.addresses(target.host)
                return await self._posted(target.url, body, {**FIXED, **headers})
        except Forbidden as error:
            return Answer(None, str(error))
        except TimeoutError:
            return Answer(None, "It did not answer in time")
        except (aiohttp.ClientError, OSError, ssl.SSLError, UnicodeError, ValueError) as error:
            return Answer(None, _said(error))

    async def _posted(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        sending = self._there().post(url, data=body, headers=headers, allow_redirects=False)
        async with sending as answer:
            text = await _read(answer)
            return _answer(answer.status, answer.headers.get("Retry-After"), text)

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    def _there(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=Checked(self.guard), use_dns_cache=False, limit=0, ssl=_tls()
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session


FIXED = {"Content-Type": "application/json", "User-Agent": "Countersign", "Accept": "*/*"}


def _tls() -> ssl.SSLContext:
    found = ssl.create_default_context()
    found.minimum_version = ssl.TLSVersion.TLSv1_2
    return found


async def _read(answer: aiohttp.ClientResponse) -> str:
    """The beginning of an answer. What is endless is not read to its end."""
    read = bytearray()
    async for chunk in answer.content.iter_any():
        read += chunk
        if len(read) > MOST_READ:
            answer.close()
            break
    return read[:MOST_READ].decode("utf-8", "replace")


def _answer(status: int, retry_after: str | None, text: str) -> Answer:
    kept = PRINTED.sub("", SECRET.sub("(not kept)", text))[:KEPT]
    if 200 <= status < 300:
        return Answer(status, "", kept)
    error = f"It answered {status}"
    if 300 <= status < 400:
        error += ": redirects are not followed"
    return Answer(status, error, kept, _wait(retry_after))


def _wait(said: str | None) -> float:
    """How long ``Retry-After`` asks to wait, in seconds; a day of the calendar counts from now."""
    if not said:
        return 0.0
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def _said(error: BaseException) -> str:
    """What went wrong, in a word that holds no address."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError | ssl.SSLCertVerificationError):
        return "Its certificate is not valid for its name"
    if isinstance(error, aiohttp.ClientConnectorSSLError | ssl.SSLError):
        return "No encrypted connection could be made"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"It could not be reached: {error.os_error.strerror or error.os_error}"
    if isinstance(error, aiohttp.ServerDisconnectedError | ConnectionError):
        return "It closed the connection without an answer"
    if isinstance(error, OSError):
        return f"It could not be reached: {error.strerror or error}"
    return f"It did not answer as a web server does: {type(error).__name__}"
