"""What a form was answered, kept for a while: sent again, it is answered so again at once.

It saves work and decides nothing: without it the engine finds on record what was asked before.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from adapters.scratch import Scratch
from web.reader import TheHouse, TheReader

KEPT = 600
"""Seconds."""


class Answered(Exception):
    """This was asked before, and led ``there``."""

    def __init__(self, there: str) -> None:
        super().__init__(there)
        self.there = there


async def sent_form(request: Request) -> dict[str, str]:
    """The form's answers; of a name sent twice, the last."""
    async with request.form(max_fields=500) as form:
        return {key: value for key, value in form.items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(sent_form)]


def asked_anew(request: Request, house: TheHouse, reader: TheReader, sent: Sent) -> None:
    """Raises Answered where this person has sent this very form before.

    Its fingerprint is keyed, since what is in it may be closed.
    """
    asked = str(request.url.path), str(request.url.query), sorted(sent.items())
    fingerprint = house.keys.fingerprint(msgspec.json.encode(asked))
    request.state.asked = f"answer:{reader.person}:{fingerprint}"
    if there := _scratch(request).get(request.state.asked):
        raise Answered(there)


def answered(request: Request, there: str) -> Response:
    """What was asked is on record: leads there, and does so again."""
    _scratch(request).put(request.state.asked, there, KEPT)
    return RedirectResponse(there, status_code=303)


def _scratch(request: Request) -> Scratch:
    found: Scratch = request.app.state.scratch
    return found
