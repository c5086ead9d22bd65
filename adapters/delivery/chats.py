"""Chats: a message in the shape that incoming webhooks of Slack and Microsoft Teams take."""

from __future__ import annotations

from collections.abc import Callable, Collection
from hashlib import sha256
from typing import Any

from msgspec import json

from adapters.delivery.bodies import Message
from adapters.delivery.outlets import Outlet
from adapters.delivery.webhook import Answer, Poster
from projections.messages import Words, words

Shape = Callable[[Words], dict[str, Any]]


class Chats:
    """Posts to an address that is a secret by itself, so nothing is signed."""

    def __init__(self, poster: Poster, shape: Shape) -> None:
        self._poster, self._shape = poster, shape

    async def send(self, outlet: Outlet, messages: Collection[Message]) -> tuple[Answer, str]:
        (message,) = messages
        said = words(message.kind, message.facts, outlet.endpoint.of, message.code)
        body = json.encode(self._shape(said))
        answer = await self._poster.post(outlet.address or "", body, {})
        return answer, sha256(body).hexdigest()

    async def close(self) -> None:
        await self._poster.close()


def slack(said: Words) -> dict[str, Any]:
    """Text for notifications, and the same in blocks."""
    lines = [f"*{_plain(said.what)}*", *map(_plain, (said.about, said.status, said.code))]
    text = "\n".join(one for one in lines if one)
    link = f"<{_plain(said.link)}|{said.link_text}>"
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": link}]},
    ]
    return {"text": _plain(" ".join((said.what, said.about, said.code)).strip()), "blocks": blocks}


def teams(said: Words) -> dict[str, Any]:
    """An adaptive card, as workflows and connectors of Teams take it."""
    lines = [(said.what, True), (said.about, False), (said.status, False), (said.code, True)]
    body = [
        {"type": "TextBlock", "text": _escaped(text), "wrap": True, "weight": _weight(bold=bold)}
        for text, bold in lines
        if text
    ]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": said.link_text, "url": said.link}],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}


def _weight(*, bold: bool) -> str:
    return "Bolder" if bold else "Default"


def _plain(text: str) -> str:
    """Text in which Slack finds no links, mentions or marks of its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped(text: str) -> str:
    """Text in which the Markdown of cards finds nothing."""
    return "".join(f"\\{one}" if one in "\\*_[]()#`" else one for one in text)
