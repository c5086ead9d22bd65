"""E-mail: one message at once, or those of a day in one; under ids that stay the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from hashlib import sha256
from typing import NamedTuple

import aiosmtplib

from adapters.delivery.bodies import Message
from adapters.delivery.outlets import Outlet
from adapters.delivery.server import Server
from adapters.delivery.webhook import Answer
from projections.messages import Words, words

SECONDS = 15.0


class Letter(NamedTuple):
    """What a message says, as text and as HTML."""

    subject: str
    text: str
    html: str


class Mail:
    def __init__(self, server: Server, written: Callable[[Sequence[Words]], Letter]) -> None:
        self._server, self._written = server, written

    async def send(self, outlet: Outlet, messages: Collection[Message]) -> tuple[Answer, str]:
        """Taken means that the mail server took it over."""
        of, server = outlet.endpoint.of, self._server
        letter = self._written([words(o.kind, o.facts, of, o.code) for o in messages])
        first = next(iter(messages))
        mail = self._mail(letter, outlet.address or "", str(first.due.id))
        body = sha256(f"{letter.subject}\n{letter.text}\n{letter.html}".encode()).hexdigest()
        try:
            await aiosmtplib.send(
                mail,
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPResponseException as error:
            return Answer(error.code, f"The mail server answered {error.code}"), body
        except aiosmtplib.SMTPRecipientsRefused as error:
            return Answer(error.recipients[0].code, "The mail server refused the address"), body
        except (aiosmtplib.SMTPException, OSError) as error:
            return Answer(None, f"The mail server was not reached: {type(error).__name__}"), body
        return Answer(None, ""), body

    async def close(self) -> None:
        """Nothing is open."""

    def _mail(self, letter: Letter, to: str, number: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"] = self._server.sender, to
        mail["Subject"] = " ".join(letter.subject.split())
        mail["Date"] = formatdate()
        domain = self._server.sender.rpartition("@")[2].rstrip(">") or None
        mail["Message-ID"] = f"<{number}@{domain}>" if domain else make_msgid()
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.text)
        mail.add_alternative(letter.html, subtype="html")
        return mail
