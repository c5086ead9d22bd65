"""What every request and response goes through: no foreign forms, strict headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

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
MOST_BYTES = 2_000_000
TOO_MUCH = "This is more than a form can hold. Nothing was recorded."
UNMEASURED = "The form does not say how long it is. Nothing was recorded."
FOREIGN = "This form was not sent from our own pages. Nothing was recorded: open the page again."


def install(app: FastAPI, *, secure: bool) -> None:
    @app.middleware("http")
    async def guard(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        if request.method not in SAFE and not _ours(request):
            response: Response = PlainTextResponse(FOREIGN, status_code=403)
        elif request.method not in SAFE and _unmeasured(request):
            response = PlainTextResponse(UNMEASURED, status_code=411)
        elif _size(request) > MOST_BYTES:
            response = PlainTextResponse(TOO_MUCH, status_code=413)
        else:
            response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            age = "max-age=31536000; includeSubDomains"
            response.headers.setdefault("Strict-Transport-Security", age)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


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
