"""A witness, served: one address, to which logs post their checkpoints."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from adapters.database import Unavailable
from adapters.evidence.witness import LONGEST, Reply, Witness

PATH = "/add-checkpoint"
SECONDS = 10
"""How long somebody may take to say what they ask."""


def serving(one: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """The server, which is not started yet."""
    return ThreadingHTTPServer((host, port), _handler(one))


def _handler(one: Witness) -> type[BaseHTTPRequestHandler]:
    """What answers requests for a witness."""

    class Handler(BaseHTTPRequestHandler):
        timeout = SECONDS
        server_version, sys_version = "Countersign", ""

        def do_POST(self) -> None:
            self._answer(self._decided())

        def log_message(self, *_: object) -> None:
            """Nothing: who asks may be read off what it remembers."""

        def _decided(self) -> Reply:
            length = self.headers.get("Content-Length", "")
            if self.path != PATH:
                return Reply(404, "post to /add-checkpoint\n")
            if not length.isdigit() or int(length) > LONGEST:
                return Reply(413, "this is too long, or does not say how long it is\n")
            try:
                body = self.rfile.read(int(length)).decode()
                return one.add(body, int(time.time()))
            except UnicodeDecodeError:
                return Reply(400, "this is no text\n")
            except Unavailable:
                return Reply(500, "what was seen last cannot be read here\n")

        def _answer(self, reply: Reply) -> None:
            body = reply.body.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
