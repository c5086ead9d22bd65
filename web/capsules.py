"""Draws what a decision page shows into a capsule, and draws it again from the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from markupsafe import Markup
from msgspec.structs import replace

from adapters.asof import AsOf, TheRecord
from adapters.house import House
from adapters.ledgers.capsules import digest_of
from domain.messages import Actor, Context
from domain.procurement import Procurement
from domain.reported import Report
from domain.values import authority_of
from projections.capsule import Asked, Capsule, Check, Footing, Shown, Stood
from projections.standing import context_at
from web.matter import Matter, matter_of
from web.pages import Pages

DRAWN_BY = ("domain", "projections", "web", "adapters/asof.py")
"""Where the words of a page come from."""
Case = tuple[Procurement, Context, Report]


@cache
def program() -> str:
    """The version, and a digest of everything that words a page: the same draws the same."""
    root, found = Path(__file__).parent.parent, sha256()
    for one in sorted(_files(root)):
        found.update(f"{one.relative_to(root).as_posix()} ".encode() + one.read_bytes())
    return f"{version('countersign')} {found.hexdigest()[:16]}"


def _files(root: Path) -> Iterator[Path]:
    for name in DRAWN_BY:
        one = root / name
        every = [one] if one.is_file() else one.rglob("*")
        yield from (each for each in every if each.suffix in (".py", ".html", ".toml"))


class Drawn(NamedTuple):
    """A capsule, and what its reader is shown, closed parts included."""

    matter: Matter
    shown: Shown
    capsule: Capsule

    @property
    def digest(self) -> str:
        return digest_of(self.capsule)


def drawn(
    house: House,
    pages: Pages,
    record: TheRecord,
    case: Case,
    seat: Actor | None,
    *,
    closed: bool,
) -> Drawn:
    """By what is in ``record``, for somebody who may see closed figures or not."""
    p, context, report = case
    matter = matter_of(record, p, report, context, seat, closed=closed)
    nobody = replace(seat, person=None) if seat else None
    readable = matter_of(record, p, report, context, nobody, closed=False)
    yours = seat is not None and not matter.barred
    shown, anybodys = _shown(pages, matter, yours=yours), _shown(pages, readable, yours=yours)
    hidden = None
    if shown != anybodys and (streams := {*matter.closed_streams()}):
        hidden = house.capsules.hidden(shown, streams)
    elif shown != anybodys:
        # All that was closed in it has been erased: it says no more than that.
        readable, anybodys = matter, shown
    capsule = Capsule(
        form="decide/1",
        program=program(),
        reference=p.reference,
        report=report.id,
        report_version=report.version,
        gateway=report.gateway,
        footing=Footing(
            matter.seat,
            closed,
            context.day,
            context.stamp.versions,
            tuple(Stood(one, each.version) for one, each in matter.rests_on.items()),
        ),
        body=matter.body,
        papers=report.documents,
        checks=tuple(_checks(readable)),
        shown=anybodys,
        hidden=hidden,
    )
    return Drawn(matter, shown, capsule)


def _checks(matter: Matter) -> Iterator[Check]:
    for label, refusals in {"": matter.against_all, **matter.against}.items():
        yield from (Check(label, one.rule, one.reason) for one in refusals)


def _shown(pages: Pages, matter: Matter, *, yours: bool) -> Shown:
    values = {**matter._asdict(), "yours": yours}
    report, context = matter.report, matter.context

    def part(template: str, **more: object) -> str:
        return str(pages.part(template, {**values, **more})).strip()

    return Shown(
        title=report.title,
        above=f"{matter.p.reference}, {context.constitution.title}",
        matter=part("matter.html"),
        acting=part("acting.html"),
        asked=tuple(
            Asked(one.label, one.text, part("against.html", one=one), part("asked.html", one=one))
            for one in report.recommendations
        ),
    )


def drawn_again(
    house: House,
    pages: Pages,
    reference: str,
    report: UUID,
    footing: Footing,
) -> Drawn:
    """The page from what was on record, by today's program.

    Raises Refused, KeyError, ValueError where what it is drawn from is not on record.
    """
    versions = {one.stream: one.version for one in footing.stood}
    record = AsOf(house.log, house.log.last_position(), versions)
    rules = record.authority(authority_of(reference)).relied_on(footing.versions)
    p = record.procurement(reference)
    case = p, context_at(p, rules, footing.day), p.reports[report]
    return drawn(house, pages, record, case, footing.seat, closed=footing.sees_closed)


def as_html(shown: Shown) -> Mapping[str, object]:
    """For templates, which escape what is not marked as HTML."""
    asked = {
        one.label: {"text": one.text, "against": Markup(one.against), "effect": Markup(one.effect)}
        for one in shown.asked
    }
    return {
        "title": shown.title,
        "above": shown.above,
        "matter": Markup(shown.matter),
        "acting": Markup(shown.acting),
        "asked": asked,
    }
