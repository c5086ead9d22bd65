"""Checks a live house: the sealed log, the papers, and the read models made anew in the shade."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from time import monotonic, sleep
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, select

from adapters.database import raw_of
from adapters.documents import documents
from adapters.evidence.checking import check
from adapters.evidence.findings import Anchor, Finding, Kind, Report
from adapters.evidence.named import Named
from adapters.evidence.notes import PublicKey
from adapters.evidence.stored import evidence
from adapters.house import House
from adapters.shade import Busy, strangers

if TYPE_CHECKING:
    from adapters.evidence.stamps import Stamped

PATIENCE = 2.0
ALONE = "nobody else’s checkpoint was given: another history, signed with the key, would not show"


class Verified(NamedTuple):
    """What was found, what the log's own report is, and what could not be checked."""

    findings: Sequence[Finding]
    report: Report
    unchecked: Sequence[str]
    stamped: Sequence[Stamped] = ()


def verify(
    house: House,
    keys: Sequence[PublicKey],
    origin: str,
    anchors: Sequence[Anchor],
    capsules: Callable[[House], tuple[Iterable[tuple[int, str]], Iterable[str]]] = lambda _: (
        (),
        (),
    ),
    stamps: Callable[[Connection], Iterable[Stamped | Finding]] = lambda _: (),
) -> Verified:
    """Raises Unavailable. Writes nothing but a table of its own, which it takes away again.

    ``capsules`` knows how pages are drawn: it says of which entries what was on the screen is not
    as it was, and what it could not tell. ``stamps`` knows whose time stamps are believed."""
    house.log.last_position()  # so that each event has a place
    _stored(house, max([one.checkpoint.size for one in anchors], default=0))
    with house.database.view() as db:
        found, named = evidence(db), Named()
        report = check(found._replace(events=named.noting(found.events)), keys, origin, anchors)
        papers = [*_papers(db, named.papers)]
        times = [*stamps(db)]
    unchecked = [] if any(one.elsewhere for one in anchors) else [ALONE]
    if not report.checkpoints:
        unchecked = ["nothing is sealed yet: what happened to the log before would not show"]
    elif unsigned := report.events - report.signed:
        unchecked.append(f"the last {unsigned} are not under a signature yet")
    models = []
    for name, runner in house.runners.items():
        try:
            if count := strangers(runner):
                said = f"the read model {name} does not show what the log says: {count} rows differ"
                models.append(Finding(0, Kind.READ_MODEL, said))
        except Busy as error:
            unchecked.append(str(error))
    wrong, untold = capsules(house)
    seen = [Finding(entry, Kind.CAPSULE, said) for entry, said in wrong]
    unchecked += untold
    late = [one for one in times if isinstance(one, Finding)]
    stamped = [one for one in times if not isinstance(one, Finding)]
    findings = [*report.findings, *papers, *seen, *late, *models]
    return Verified(findings, report, unchecked, stamped)


def _stored(house: House, size: int) -> None:
    """Waits a little for what was signed a moment ago: it is kept elsewhere first."""
    until = monotonic() + PATIENCE
    while monotonic() < until and ((latest := house.seals.latest()) is None or latest.size < size):
        sleep(0.05)


def _papers(db: Connection, named: Mapping[str, int]) -> Iterator[Finding]:
    """Every paper that an event names has to be here, and to be what it was."""
    missing = dict(named)
    query = select(documents.c.digest, documents.c.body).order_by(documents.c.digest)
    for digest, body in db.execute(query).yield_per(100):
        position = missing.pop(digest, 0)
        if sha256(raw_of(body)).hexdigest() != digest:
            said = f"the paper {digest[:12]}… is not the one that was put up"
            yield Finding(position, Kind.PAPER, said)
    for digest, position in missing.items():
        yield Finding(position, Kind.PAPER, f"the paper {digest[:12]}… is missing")
