"""Renders templates with what every page shows: the reader, the demo clocks, the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markdown_it import MarkdownIt
from markupsafe import Markup

from adapters.house import House
from domain import wording
from projections import sentences
from web.reader import Reader

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
            when=wording.when,
            amount=wording.amount,
            pounds=wording.pounds,
            number=lambda one: f"{one.normalize():f}",
            markdown=lambda text: Markup(MARKDOWN.render(text)),
        )
        self._templates.globals.update(
            OUTCOMES=sentences.OUTCOMES,
            outcome_options=[(k, o.capitalize()) for k, o in sentences.OUTCOMES.items()],
            CALL_IN_OUTCOMES=sentences.CALL_IN_OUTCOMES,
            counted=wording.counted,
            listed=wording.listed,
        )

    def page(
        self,
        request: Request,
        template: str,
        values: Mapping[str, Any],
        *,
        reader: Reader | None = None,
        status: int = 200,
    ) -> Response:
        """A whole page."""
        shown = {
            **values,
            "demo": self._demo,
            "reader": reader,
            "clocks": self._clocks(reader) if self._demo else [],
            "here": request.url.path,
        }
        html = self._templates.get_template(template).render(shown)
        return HTMLResponse(html, status_code=status)

    def has(self, template: str) -> bool:
        return template in self._names

    def _clocks(self, reader: Reader | None) -> list[dict[str, Any]]:
        """The clock of each demo council, for councils where the reader has a seat."""
        mine = {one.post.partition("/")[0] for one in reader.seats} if reader else None
        return [
            {
                "authority": name,
                "title": self._house.rules(name).constitution.title,
                "today": (today := self._house.clocks.today(name)),
                "next": self._house.views.next_date(name, today),
            }
            for name in self._house.views.authorities()
            if (mine is None or name in mine) and self._house.clocks.is_demo(name)
        ]


def pages_of(request: Request) -> Pages:
    found: Pages = request.app.state.pages
    return found
