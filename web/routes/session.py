"""Signing in and out. In the demonstration by choosing a person, clearly marked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from web.limits import few_sign_ins
from web.pages import pages_of
from web.reader import TheHouse, cookie_name, token_of

router = APIRouter()


def local(path: str) -> str:
    """A path on our own pages, or the queue."""
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if fine and "\\" not in path else "/queue"


@router.get("/")
def front() -> Response:
    return RedirectResponse("/queue", status_code=303)


@router.get("/sign-in")
def choose(request: Request, house: TheHouse, next: str = "/queue") -> Response:
    names = house.identity.names()
    councils = []
    for name in house.views.authorities():
        rules, today = house.rules(name), house.clocks.today(name)
        people = [
            {
                "person": one.person,
                "name": names.get(one.person, "Somebody"),
                "post": rules.offices.title(one.post),
                "waits": house.queue([one.post], most=0).ready,
            }
            for one in rules.offices.holders
        ]
        councils.append({"title": rules.constitution.title, "today": today, "people": people})
    values = {"title": "Sign in", "councils": councils, "next": local(next)}
    return pages_of(request).page(request, "sign_in.html", values)


@router.post("/sign-in", dependencies=[Depends(few_sign_ins)])
def sign_in(
    request: Request,
    house: TheHouse,
    person: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/queue",
) -> Response:
    if not request.app.state.demo:
        raise HTTPException(404, "People are chosen only in the demonstration.")
    known = {str(one): one for one in house.identity.names()}
    if person not in known:
        raise HTTPException(404, "There is no such person here. Choose one of those listed.")
    response = RedirectResponse(local(next), status_code=303)
    secure = request.app.state.secure
    response.set_cookie(
        cookie_name(secure),
        house.identity.sign_in(known[person]),
        httponly=True,
        secure=secure,
        samesite="lax",
        path="/",
    )
    return response


@router.post("/sign-out")
def sign_out(request: Request, house: TheHouse) -> Response:
    house.identity.sign_out(token_of(request))
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(cookie_name(request.app.state.secure), path="/")
    return response
