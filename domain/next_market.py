"""Acts about options and the market: appraise, engage, invite, evaluate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.appraisal import why_not_appraise, why_not_choose
from domain.effects import ApprovePlan, AuthoriseProcurement, AwardContract
from domain.engagement import why_not_close_engagement, why_not_engage
from domain.market import why_not_evaluate, why_not_invite
from domain.offering import Act, Offering
from domain.opening import why_not_part_of
from domain.plans import asked, in_effect_since, parts_at_market, planned


def appraisal(case: Offering) -> Iterator[Act]:
    """Options and market engagement, where the constitution gives somebody the duty."""
    if case.rules.duty("appraise-options"):
        refusals, title = why_not_appraise(case.p), "Record the options appraisal"
        yield case.act("appraise-options", title, refusals, awaited=False)
        refusals, title = why_not_choose(case.p), "Record the preferred options"
        yield case.act("choose-preferred-options", title, refusals)
    allowed = [(d, r) for d, r, plan in case.p.resolved(ApprovePlan) if plan.market_engagement]
    if allowed and not parts_at_market(case.p):
        since, refusals = in_effect_since(*allowed[0]), why_not_engage(case.p, case.context)
        yield case.act("engage-market", "Sound the market", refusals, since=since)
    if engaged := case.p.engagement:
        refusals, title = why_not_close_engagement(case.p), "Record what the market showed"
        yield case.act("close-market-engagement", title, refusals, since=engaged.opened)


def parts(case: Offering) -> Iterator[Act]:
    """Procurements that carry out an approved plan, while nothing is bought by the plan's own."""
    gateway = case.rules.gateway_for("approve-plan")
    waived = gateway is not None and gateway.id in case.p.waived
    approved = waived or any(True for _ in case.p.resolved(ApprovePlan))
    bought = case.p.tender or case.p.contract or any(True for _ in case.p.resolved(AwardContract))
    if approved and not bought and not case.p.part_of and case.rules.duty("open-procurement"):
        refusals = why_not_part_of(case.p, case.context)
        yield case.act("open-procurement", "Open a part of this plan", refusals, awaited=False)


def market(case: Offering) -> Iterator[Act]:
    authorised = list(case.p.resolved(AuthoriseProcurement))
    if authorised:
        decision, resolution, _ = authorised[-1]
        since = in_effect_since(decision, resolution)
        refusals = why_not_invite(case.p, case.context)
        title, due = "Record the invitation to tender", planned("invite-tenders", case.p)
        yield case.act("invite-tenders", title, refusals, since=since, due=due)
    if case.p.tender:
        since = case.p.tender.closes + timedelta(days=1)
        refusals = why_not_evaluate(case.p, case.context)
        title = "Record the evaluation of tenders"
        yield case.act("record-evaluation", title, refusals, since=since)


def award(case: Offering) -> Iterator[Act]:
    if case.p.evaluation and not asked(AwardContract, case.p):
        gateway = case.rules.gateway_for("award-contract")
        title = "Put up the report on the award"
        yield from case.put_up(gateway, title, case.p.evaluation.on)
