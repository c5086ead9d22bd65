"""The mail server, as settings name it: known without the library that talks to it."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Server(NamedTuple):
    """The council's mail server, and whom its messages are from."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
