"""The market in facts: options, engagement, conflicts, the tender and its evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from domain.assessing_conflicts import changed_since
from domain.competition import Evaluation, Tender
from domain.conflicts import KINDS, PARTS
from domain.messages import Context
from domain.procurement import Procurement
from domain.wording import amount, counted, listed, short_day, when
from projections.fact import Fact, first_up, sentences

ENGAGED = {"soft-market-test": "Soft market test", "market-consultation": "Market consultation"}


def market(p: Procurement, context: Context) -> Iterator[Fact]:
    """From the options to the ranking of the tenders."""
    yield from _appraised(p)
    if one := p.engagement:
        heard = "" if one.suppliers is None else f" with {counted(one.suppliers, 'supplier')}"
        closed = f"closed on {short_day(one.closed)}{heard}: {one.findings}" if one.closed else ""
        says = sentences(f"since {short_day(one.opened)}: {one.purpose}", closed)
        yield Fact("Market engagement", "engagement", ENGAGED[one.kind], says)
    yield from _conflicts(p, context)
    if p.tender:
        yield Fact("Tender", "tender", "Invitation to tender", _invited(p.tender))
    if p.evaluation:
        yield from _evaluated(p.evaluation)
    if p.indicators:
        named = listed(p.indicators.named) if p.indicators.named else ""
        says = named or f"none, because {p.indicators.none_because}"
        yield Fact("Evaluation", "indicators", "Performance indicators", says)


def _appraised(p: Procurement) -> Iterator[Fact]:
    if p.appraisal is None:
        return
    services = {one.id: one.title for one in p.appraisal.services}
    for one in p.appraisal.options:
        preferred = p.appraisal.preferred.get(one.service) == one.id
        stands = "not shortlisted" if one.fails else "shortlisted"
        fails = [f"fails {f.criterion or 'the criteria'}: {f.because}" for f in one.fails]
        says = sentences("preferred" if preferred else stands, *fails)
        name = f"{services[one.service]}: {one.title}"
        yield Fact("Options appraised", f"{one.service} {one.id}", name, says)


def _conflicts(p: Procurement, context: Context) -> Iterator[Fact]:
    part = "Conflicts assessment"
    if not p.conflicts:
        return
    last, title = p.conflicts[-1], context.offices.title
    found = "" if last.conflicts else "no conflict of interest was found"
    since = listed([one.what for one in changed_since(p)]) if changed_since(p) else ""
    says = sentences(
        f"version {len(p.conflicts)}, {when(last.on)}, {title(last.by.post)}",
        found,
        f"to be revised, since {since}" if since else "",
    )
    yield Fact(part, "assessment", "Assessment", says)
    for n, one in enumerate(last.conflicts, 1):
        who = f"{title(one.post)}, as {PARTS[one.part]}" if one.post else PARTS[one.part]
        excluded = "a supplier is excluded" if one.excludes else ""
        says = sentences(f"{KINDS[one.kind]}: {one.interest}", one.steps, excluded)
        yield Fact(part, f"{n}", first_up(who), says)


def _invited(tender: Tender) -> str:
    weights = [f"{one.name} {one.weight.normalize():f} %" for one in tender.criteria]
    return sentences(
        f"{short_day(tender.opened)} to {short_day(tender.closes)}, on {listed(weights)}",
        "open to all" if tender.advertised else "from chosen suppliers",
        tender.no_engagement_notice,
    )


def _evaluated(found: Evaluation) -> Iterator[Fact]:
    """In the order of the scores. A tenderer whose name is closed is a number."""
    yield Fact("Evaluation", "panel", "Scored by", f"{listed(found.panel)}, {short_day(found.on)}")
    for n, one in enumerate(found.ranking, 1):
        scores = [f"{name} {score.normalize():f}" for name, score in one.scores.items()]
        total = f"{one.total.normalize():f} ({listed(scores)})"
        says = f"{one.tenderer}, {total}, price {amount(one.offer)}"
        yield Fact("Evaluation", f"place {n}", f"Place {n}", says)
