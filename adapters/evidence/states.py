"""What streams add up to, in a digest: the same wherever the same events are folded.

Whatever is closed counts as erased, so that it comes out the same for whoever has no keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

import msgspec

from adapters.folding import from_the_start
from adapters.log import Log, Stored, Written
from domain.values import Closed


def _nothing(closed: object) -> None:
    if not isinstance(closed, Closed):
        raise TypeError(f"what is {type(closed).__name__} in a digest?")


def state(log: Log, stored: Iterable[Stored | Written]) -> str:
    """Of one stream, by all of its events in their order. Raises what the decoder raises."""
    history = [log.recorded(one, opened=False) for one in stored]
    plain = msgspec.to_builtins(from_the_start(history), str_keys=True, enc_hook=_nothing)
    return sha256(msgspec.json.encode(plain, order="deterministic")).hexdigest()


def states(log: Log, streams: Iterable[UUID]) -> dict[str, str]:
    """Of each as it stands."""
    return {str(one): state(log, log.store.of_stream(one, None)) for one in streams}
