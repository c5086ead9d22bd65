"""What is told in words, for mail and chats: as thin as what webhooks carry."""

from __future__ import annotations

from msgspec import Struct

from domain.published import ABOUT_ENDPOINTS, CONSULTATION_ASKED, PUBLISHED, VERIFICATION
from projections.told import Facts

SAYS = {name: one.says for name, one in (*PUBLISHED.items(), *ABOUT_ENDPOINTS.items())}
ASKED = "You are asked for your view before a decision."
VERIFY = "Enter this code on the endpoint’s page, so that messages come here."


class Words(Struct, frozen=True):
    """One message: what happened, about what, how it stands, and where the rest can be read."""

    what: str
    about: str
    status: str
    link: str
    link_text: str
    code: str = ""


def words(kind: str, said: Facts, to: str | None, code: str = "") -> Words:
    """For a post that hears it, or nobody in particular."""
    asked = kind == CONSULTATION_ASKED and to in said.asked
    what = ASKED if asked else VERIFY if kind == VERIFICATION else SAYS[kind]
    about = ", ".join(one for one in (said.reference, said.title) if one)
    link_text = "Answer" if asked else "Open it"
    status = said.status if said.reference else ""
    return Words(what, about, status, said.link, link_text, code)
