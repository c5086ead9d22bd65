"""Clients of a page that ask again as soon as they are answered, and cost little themselves."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from time import perf_counter

CONNECTIONS = 16
END_OF_HEAD = b"\r\n\r\n"


def asked(port: int, path: str, headers: Mapping[str, str], times: int) -> list[float]:
    """So many answers, all of them 200, by connections that stay open: how long each took."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = "\r\n".join([*lines, "", ""]).encode()
    left, took = times, list[float]()
    with selectors.DefaultSelector() as ready, ExitStack() as ending:
        for _ in range(min(CONNECTIONS, times)):
            one = Connection(port, request)
            ending.enter_context(one.socket)
            ready.register(one.socket, selectors.EVENT_READ, one)
            one.ask()
            left -= 1
        while ready.get_map():
            for key, _ in ready.select():
                client: Connection = key.data
                if (seconds := client.answered()) is None:
                    continue
                took.append(seconds)
                if left:
                    left -= 1
                    client.ask()
                else:
                    ready.unregister(client.socket)
    return took


class Connection:
    def __init__(self, port: int, request: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request, self._got, self._began = request, b"", 0.0

    def ask(self) -> None:
        self._got, self._began = b"", perf_counter()
        self.socket.sendall(self._request)

    def answered(self) -> float | None:
        """Seconds, once all of the answer is here. Raises ValueError for any other than 200."""
        self._got += self.socket.recv(1 << 18)
        head, found, body = self._got.partition(END_OF_HEAD)
        if not found or len(body) < _length(head):
            return None
        if not head.startswith(b"HTTP/1.1 200 "):
            raise ValueError(head.partition(b"\r\n")[0].decode())
        return perf_counter() - self._began


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0])
