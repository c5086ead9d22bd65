"""Ports for servers that are about to start: of which no other process is given the same.

The kernel hands out those from 32768 on to whoever asks for any, also to connections on their way
out; one that was free a moment ago may then answer for somebody else.
"""

from __future__ import annotations

import os
import socket
from itertools import cycle

FIRST, SLICES, EACH = 12_000, 200, 100


def _slice() -> range:
    """Of this process."""
    first = FIRST + os.getpid() % SLICES * EACH
    return range(first, first + EACH)


_next = cycle(_slice())


def free_port() -> int:
    """The next that nobody listens on."""
    for port in _next:
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("unreachable")
