"""HEAD is answered as GET is, without the body."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def head_as_get(app: ASGIApp) -> ASGIApp:
    """The application that reads a request for the head of a page as one for the page."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def bare(message: Message) -> None:
            body = message["type"] == "http.response.body"
            await send({**message, "body": b""} if body else message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            await app({**scope, "method": "GET"}, receive, bare)
        else:
            await app(scope, receive, send)

    return answer
