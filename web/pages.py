"""Renders templates with what every page shows: the reader, the demo clocks, the words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markdown_it import MarkdownIt
from markupsafe import Markup

from adapters.house import House
from domain import wording
from domain.assessing_conflicts import changed_since
from domain.changes import changes, said
from domain.claims import suspends, warning
from domain.clearance_rule import name_of
from domain.clearances import clearances_of
from domain.closed_readers import reads_as
from domain.conflicts import KINDS, PARTS
from domain.convertible import governed
from domain.governing import commencement, threshold_in_words
from domain.london import LONDON
from domain.messages import tag_of
from domain.requesters import who_may
from projections import sentences
from projections.changed import comes_to, ground_of, told
from projections.phrases import SENDERS
from projections.rulebook_clearances import of_which
from projections.sentences_of_endpoints import CHANNELS
from projections.sentences_of_public_notices import ENDINGS
from web.reader import Reader

FURTHEST = 3660
"""How many days a clock moves on at once: what ``Clocks.forward`` allows."""
TOLD_ONCE = ("", "done", "new")
"""Parts of an address that announce what was just recorded."""
SHOWN_AT = ("/procurements/", "/rules/")
"""Where a form is sent to the address that it is shown at."""
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class Pages:
    """Templates of the product and of GOV.UK Frontend, all values escaped."""

    def __init__(self, house: House, *, demo: bool) -> None:
        self._house, self._demo = house, demo
        theirs = PackageLoader("govuk_frontend_jinja")
        loaders = [PackageLoader("web"), theirs, PrefixLoader({"govuk_frontend_jinja": theirs})]
        self._templates = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=ChainableUndefined,
        )
        self._names = frozenset(self._templates.list_templates())
        self._templates.filters.update(
            day=wording.long_day,
            short_day=wording.short_day,
            clocked=clocked,
            when=wording.when,
            amount=wording.amount,
            pounds=wording.pounds,
            lettered=wording.lettered,
            in_sentence=lambda text: f"{text[:1].lower()}{text[1:]}",
            title_of=lambda post, offices: offices.title(post),
            number=lambda one: f"{one.normalize():f}",
            kind=lambda one: tag_of(type(one)),
            markdown=lambda text: Markup(MARKDOWN.render(text)),
        )
        self._templates.globals.update(
            senders=SENDERS,
            suspends=suspends,
            changed_since=changed_since,
            commencement=commencement,
            governed=governed,
            threshold_in_words=threshold_in_words,
            CHANNELS=CHANNELS,
            CONFLICT_KINDS=KINDS,
            CONFLICT_PARTS=PARTS,
            reads_as=reads_as,
            claim_warning=warning,
            OUTCOMES=sentences.OUTCOMES,
            outcome_options=[(k, o.capitalize()) for k, o in sentences.OUTCOMES.items()],
            CALL_IN_OUTCOMES=sentences.CALL_IN_OUTCOMES,
            CLEARINGS=sentences.CLEARINGS,
            clearances_of=clearances_of,
            clearance_rule=of_which,
            name_of=name_of,
            VIEWS=sentences.VIEWS,
            ANSWERS=sentences.ANSWERS,
            ENDINGS=ENDINGS,
            counted=wording.counted,
            clock=wording.clock,
            who_may=who_may,
            listed=wording.listed,
            comes_to=comes_to,
            ground_of=ground_of,
            changes=changes,
            said=said,
            told=told,
        )

    def page(
        self,
        request: Request,
        template: str,
        values: Mapping[str, Any],
        *,
        reader: Reader | None = None,
        authority: str = "",
        status: int = 200,
    ) -> Response:
        """A whole page. It shows the clock of ``authority`` also where the reader has no seat."""
        shown = {
            **values,
            "demo": self._demo,
            "reader": reader,
            "clocks": self._clocks(reader, authority) if self._demo else [],
            "here": here(request),
        }
        html = self._templates.get_template(template).render(shown)
        return HTMLResponse(html, status_code=status)

    def whole(self, template: str, values: Mapping[str, Any]) -> str:
        """A page as nobody in particular sees it, to be set for paper."""
        values = {**values, "demo": False, "reader": None, "clocks": [], "here": ""}
        return self._templates.get_template(template).render(values)

    def part(self, template: str, values: Mapping[str, Any]) -> Markup:
        """What can stand in pages."""
        return Markup(self._templates.get_template(template).render(values))

    def has(self, template: str) -> bool:
        return template in self._names

    def _clocks(self, reader: Reader | None, authority: str) -> list[dict[str, Any]]:
        """The clocks of the demo councils where the reader has a seat, and of the one shown."""
        mine = {one.post.partition("/")[0] for one in reader.seats} if reader else None
        return [
            {
                "authority": name,
                "title": self._house.rules(name).constitution.title,
                "today": (today := self._house.clocks.today(name)),
                "next": _near(self._house.views.next_date(name, today), today),
            }
            for name in self._house.views.authorities()
            if (mine is None or name in mine or name == authority)
            and self._house.clocks.is_demo(name)
        ]


def clocked(moment: datetime) -> str:
    """A moment as London's clocks say it: 26 November 2026, 17:05:09."""
    there = moment.astimezone(LONDON)
    return f"{wording.short_day(there.date())}, {there:%H:%M:%S}"


def _near(day: date | None, today: date) -> date | None:
    """The day, unless it is further away than a clock can be moved at once."""
    return day if day and (day - today).days <= FURTHEST else None


def here(request: Request) -> str:
    """Where the page can be opened again: its address, without what is told only once."""
    path = request.url.path
    if request.method not in ("GET", "HEAD") and not path.startswith(SHOWN_AT):
        return "/queue"
    kept = [one for one in request.url.query.split("&") if one.partition("=")[0] not in TOLD_ONCE]
    return "?".join(part for part in (path, "&".join(kept)) if part)


def pages_of(request: Request) -> Pages:
    found: Pages = request.app.state.pages
    return found
