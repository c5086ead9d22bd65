"""A receiver that does nothing but read and say yes: python -m bench.receiver"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from typing import cast

import uvloop

YES = b"HTTP/1.1 204 No Content\r\n\r\n"
END_OF_HEAD, LENGTH = b"\r\n\r\n", b"content-length:"


class Yes(asyncio.Protocol):
    """Answers each request that is whole; the next may follow on the same connection."""

    def __init__(self) -> None:
        self._read = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (head := self._read.find(END_OF_HEAD)) >= 0:
            lines = bytes(self._read[:head]).lower()
            _, _, length = lines.partition(LENGTH)
            whole = head + len(END_OF_HEAD) + int(length.split(b"\r\n")[0])
            if len(self._read) < whole:
                return
            del self._read[:whole]
            self._transport.write(YES)


class Receiver:
    """In a process of its own, until it is closed."""

    def __init__(self) -> None:
        line = [sys.executable, "-m", "bench.receiver"]
        self._process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


async def main() -> None:
    loop = asyncio.get_running_loop()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = await loop.create_server(Yes, sock=listening, backlog=256)
        print(listening.getsockname()[1], flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
