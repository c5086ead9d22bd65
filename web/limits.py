"""How often somebody may ask for something within a minute."""

from __future__ import annotations

import time
from typing import NamedTuple

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from adapters.scratch import Scratch
from web.guards import SAFE
from web.reader import TheReader

WINDOW = 60


class TooOften(Exception):
    """More was asked than is allowed. ``seconds`` later there is room again."""

    def __init__(self, said: str, seconds: int) -> None:
        super().__init__(said)
        self.seconds = seconds


class Limits(NamedTuple):
    """What is allowed within each minute of the clock, counted in ``scratch``."""

    scratch: Scratch
    sign_ins: int = 300
    forms: int = 600

    def check(self, what: str, who: str, most: int) -> None:
        """Raises TooOften where this is one too many."""
        minute, second = divmod(int(time.time()), WINDOW)
        if self.scratch.count(f"limit:{what}:{who}:{minute}", WINDOW) > most:
            left = WINDOW - second
            raise TooOften(f"More than {most} {what} came within a minute", left)


def few_sign_ins(request: Request) -> None:
    """Raises TooOften where too many attempts to sign in come from one address."""
    limits = limits_of(request)
    limits.check(
        "attempts to sign in", request.client.host if request.client else "", limits.sign_ins
    )


async def few_forms(request: Request, reader: TheReader) -> None:
    """Raises TooOften where a person sends too many forms."""
    if request.method not in SAFE:
        limits = limits_of(request)
        who = str(reader.person)
        await run_in_threadpool(limits.check, "forms under your name", who, limits.forms)


def limits_of(request: Request) -> Limits:
    found: Limits = request.app.state.limits
    return found
