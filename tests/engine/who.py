"""Who may ask for what: an own reading of duties and posts, without the domain."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engine.asks import Ask, Seat
from tests.engine.council import BODIES, DUTIES
from tests.engine.model import Model


def seated(seat: Seat, model: Model) -> Iterator[str]:
    if not model.council.seated(seat, model.day):
        yield "the person is not in that post today"


def duty(ask: Ask, model: Model) -> Iterator[str]:
    yield from seated(ask.by, model)
    if ask.by.post not in DUTIES[type(ask).__name__]:
        yield "it is another post's duty"


def on_behalf(post: str, ask: Ask, model: Model) -> Iterator[str]:
    """A post acts itself; for a body, those act whose duty it is to record what it resolves."""
    if post in BODIES:
        yield from duty(ask, model)
    else:
        yield from seated(ask.by, model)
        if ask.by.post != post:
            yield f"it is {post}'s"
