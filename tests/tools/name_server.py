"""A name server that says of each name what it is told to, and may change its mind each time."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import dns.message
import dns.rdatatype
import dns.rrset

SaysOf = Callable[[str, int], Sequence[str] | None]
"""The addresses of a name when it is asked for the n-th time, from 1; None leaves it unanswered."""


class NameServer:
    """Real questions and answers over UDP, on a port of its own."""

    def __init__(self, says: SaysOf) -> None:
        self._says, self.asked = says, Counter[tuple[str, str]]()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, where = self._socket.recvfrom(4096)
            if not data:
                return
            query = dns.message.from_wire(data)
            if (answer := self._answer(query)) is not None:
                self._socket.sendto(answer.to_wire(), where)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True), question.rdtype
        self.asked[name, dns.rdatatype.to_text(kind)] += 1
        told = self._says(name, self.asked[name, dns.rdatatype.to_text(kind)])
        if told is None:
            return None
        answer = dns.message.make_response(query)
        wanted = [one for one in told if (":" in one) == (kind == dns.rdatatype.AAAA)]
        if wanted and kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
            answer.answer.append(dns.rrset.from_text(question.name, 0, "IN", kind, *wanted))
        return answer
