"""Acts that put reports up, in the order of the gateways, and publish them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.constitution import Gateway
from domain.gateways import FITTING, passes, settled, why_not_waive
from domain.offering import Act, Offering
from domain.plans import BEFORE_THE_MARKET, above_authority, above_budget
from domain.report_acts import why_not_publish_report
from domain.reported import Report


def first(case: Offering) -> Iterator[Act]:
    """A first report at a gateway that is neither passed nor waived; or the waiver of it."""
    seen = {one.gateway for one in case.p.reports.values()}
    for gateway in case.rules.gateways:
        passed = any(passes(one, gateway, case.p) for one in case.p.decisions.values())
        if passed or settled(gateway, case.p):
            continue
        early = gateway.asks_for in BEFORE_THE_MARKET
        direct = gateway.asks_for == "award-contract" and not case.p.evaluation
        if gateway.id not in seen and (early or direct):
            title = f"Put up the first report at “{gateway.title}”"
            # What was agreed elsewhere takes a report here only if it turns out to be too little.
            agreed = any(True for _ in case.p.resolved(FITTING[gateway.asks_for][0]))
            if gateway.asks_for == "approve-budget":
                agreed = agreed and not above_budget(case.p)
            yield from case.put_up(gateway, title, case.now, awaited=early and not agreed)
        if gateway.waived_by:
            refusals = why_not_waive(gateway.id, case.p, case.context)
            whose, title = (gateway.waived_by, gateway.provenance), f"Waive “{gateway.title}”"
            yield case.act("waive-gateway", title, refusals, gateway.id, posts=whose, awaited=False)


def again(case: Offering) -> Iterator[Act]:
    """A report that was withdrawn, not agreed or is not enough may come back in a new version.

    Where only closed figures say whether it is enough, it may come back, and nobody waits for it.
    """
    for gateway in case.rules.gateways:
        seen = [one for one in case.p.reports.values() if one.gateway == gateway.id]
        if not seen or seen[-1].state == "open":
            continue
        more = seen[-1].state == "withdrawn" or _takes_more(gateway, seen[-1], case)
        if more is not False:
            title = f"Put up a new version of “{seen[-1].title}”"
            yield from case.put_up(
                gateway, title, case.now, awaited=more is True, combines=seen[-1].combines
            )


def _takes_more(gateway: Gateway, report: Report, case: Offering) -> bool | None:
    """Whether what the gateway is there for was not agreed on a report, or is not enough."""
    main = FITTING[gateway.asks_for][0]
    if not any(d.report == report.id for d, _, _ in case.p.resolved(main)):
        return True
    match gateway.asks_for:
        case "authorise-procurement":
            return above_authority(case.p)
        case "approve-budget":
            return above_budget(case.p)
    return False


def papers(case: Offering) -> Iterator[Act]:
    for one in case.p.reports.values():
        refusals, title = why_not_publish_report(one.id, case.p), f"Publish “{one.title}”"
        since = one.on
        yield case.act("publish-report", title, refusals, one.id, since=since, awaited=False)
