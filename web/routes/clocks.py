"""The clocks of the demo councils, moved forward from any page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from web.reader import TheHouse
from web.routes.session import local

router = APIRouter()
DAYS = {"day": 1, "week": 7}


@router.post("/clocks/{authority}")
def forward(
    request: Request,
    house: TheHouse,
    authority: str,
    by: Annotated[str, Form()],
    back: Annotated[str, Form()] = "/queue",
) -> Response:
    if not request.app.state.demo or not house.clocks.is_demo(authority):
        raise HTTPException(404, "This council has no demo clock.")
    today = house.clocks.today(authority)
    if by == "next":
        day = house.views.next_date(authority, today)
        days = (day - today).days if day else 0
    else:
        days = DAYS.get(by, 0)
    if not days:
        raise HTTPException(422, "The clock moves by a day, by a week, or to the next date.")
    try:
        house.clocks.forward(authority, days)
    except ValueError as error:
        raise HTTPException(422, f"{error}.") from None
    return RedirectResponse(local(back), status_code=303)
