"""What cannot be done becomes a page that says what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from adapters.database import Unavailable
from domain.refusals import Refused, Stale
from domain.wording import counted
from web.answers import Answered
from web.limits import TooOften
from web.pages import here, pages_of
from web.reader import SignInFirst, whoever
from web.refusing import page_refused

BARE = "There is no such page. Check the address, or start again from one of these."
"""Said where nothing of ours was asked for."""


def _page(request: Request, template: str, values: Mapping[str, Any], status: int) -> Response:
    reader = whoever(request)
    return pages_of(request).page(request, template, values, reader=reader, status=status)


def install(app: FastAPI) -> None:
    @app.exception_handler(SignInFirst)
    def sign_in(request: Request, _: SignInFirst) -> Response:
        return RedirectResponse(f"/sign-in?next={quote(here(request))}", status_code=303)

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> Response:
        missing = any(one.rule == "C1" for one in error.refusals)
        sent = request.method not in ("GET", "HEAD")
        title = "This cannot be done" if sent else "This cannot be shown"
        values = {"title": title, "refusals": error.refusals, "sent": sent}
        return _page(request, "refused.html", values, 404 if missing else 422)

    @app.exception_handler(Stale)
    def stale(request: Request, error: Stale) -> Response:
        values = {"title": "Something has happened since you looked", "said": str(error)}
        return _page(request, "error.html", values, 409)

    @app.exception_handler(Unavailable)
    def unavailable(request: Request, _: Unavailable) -> Response:
        said = "The record is busy. Nothing was recorded: try again in a moment."
        values = {"title": "Try again in a moment", "said": said}
        response = _page(request, "error.html", values, 503)
        response.headers["Retry-After"] = "5"
        return response

    @app.exception_handler(Answered)
    def again(_: Request, answered: Answered) -> Response:
        return RedirectResponse(answered.there, status_code=303)

    @app.exception_handler(TooOften)
    def too_often(request: Request, error: TooOften) -> Response:
        when = counted(error.seconds, "second")
        said = f"{error}. Nothing was recorded: try again in {when}."
        values = {"title": "Too much at once", "said": said}
        response = _page(request, "error.html", values, 429)
        response.headers["Retry-After"] = str(error.seconds)
        return response

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, _: RequestValidationError) -> Response:
        said = "Something in the address or the form could not be read. Nothing was recorded."
        values = {"title": "That could not be read", "said": said}
        return _page(request, "error.html", values, 422)

    @app.exception_handler(HTTPException)
    def other(request: Request, error: HTTPException) -> Response:
        titles = {404: "That is not here", 403: "This is not for you", 405: "Not like this"}
        title = titles.get(error.status_code, "That did not work")
        if error.status_code == 403:
            page_refused(request, whoever(request))
        bare = error.detail == HTTPStatus(error.status_code).phrase
        values = {"title": title, "said": BARE if bare else error.detail}
        response = _page(request, "error.html", values, error.status_code)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> Response:
        said = "Something went wrong on our side. Nothing was recorded half: try again."
        values = {"title": "Sorry", "said": said}
        return _page(request, "error.html", values, 500)
