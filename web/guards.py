"""What every request and response goes through: no foreign forms, strict headers."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SECURE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
MOST_BYTES = 2_000_000
TOO_MUCH = "This is more than a form can hold. Nothing was recorded."
UNMEASURED = "The form does not say how long it is. Nothing was recorded."
FOREIGN = "This form was not sent from our own pages. Nothing was recorded: open the page again."


def guarded(app: ASGIApp, *, secure: bool) -> ASGIApp:
    """The application, reached only by requests that may be, and answering with these headers."""
    always = {**HEADERS, **(SECURE if secure else {})}

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in always.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await (_refused(Request(scope)) or app)(scope, receive, headed)

    return answer


def _refused(request: Request) -> Response | None:
    """The answer to what goes no further."""
    if request.method not in SAFE and not _ours(request):
        return PlainTextResponse(FOREIGN, status_code=403)
    if request.method not in SAFE and _unmeasured(request):
        return PlainTextResponse(UNMEASURED, status_code=411)
    if _size(request) > MOST_BYTES:
        return PlainTextResponse(TOO_MUCH, status_code=413)
    return None


def _ours(request: Request) -> bool:
    """Browsers say where a form comes from; without a word it is refused."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def _unmeasured(request: Request) -> bool:
    """In pieces, or without a length, a form could be endless. No browser sends one like this."""
    return "transfer-encoding" in request.headers or "content-length" not in request.headers


def _size(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length) if length.isdigit() else MOST_BYTES + 1
