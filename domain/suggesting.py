"""What a report at a gateway would ask for, as the record stands: a draft for its author."""

from __future__ import annotations

from msgspec.structs import replace

from domain.constitution import Gateway
from domain.effects import (
    AuthoriseProcurement,
    AwardContract,
    ExtendContract,
    ReleasePhase,
)
from domain.gateways import FITTING
from domain.messages import Context
from domain.plans import BEFORE_THE_MARKET, above_authority
from domain.procurement import Procurement
from domain.reported import Recommendation, Report
from domain.wording import amount, counted


def suggest(gateway: Gateway, p: Procurement, context: Context) -> tuple[Recommendation, ...]:
    """Recommendations that the rules would let through, where the record says what is next."""
    match gateway.asks_for:
        case "award-contract" if p.evaluation and p.term:
            first = p.evaluation.ranking[0]
            starts, term = max(p.term.starts, context.day), p.term
            effect = AwardContract(
                first.tenderer, first.offer, starts, term.months, extensions=term.extensions
            )
            price = amount(first.offer) if first.price is not None else "a price that is exempt"
            text = f"Award the contract to {first.tenderer}, who scored highest, for {price}"
            return (Recommendation("a", text, effect),)
        case "release-phase" if p.started:
            phase = max(p.started) + 1
            if phase <= len(p.phases):
                text = f"Release phase {phase}: {p.phases[phase - 1].purpose}"
                return (Recommendation("a", text, ReleasePhase(phase)),)
        case "extend-contract" if p.contract:
            option = p.contract.extended + 1
            if option <= len(p.contract.term.extensions):
                months = counted(p.contract.term.extensions[option - 1], "month")
                text = f"Take up option {option} and extend the contract by {months}"
                return (Recommendation("a", text, ExtendContract(option)),)
    return ()


def version_before(gateway: Gateway, p: Procurement) -> Report | None:
    """What a new version goes on from: the latest report there that is out of the way.

    None where that did what the gateway is there for. What comes before the market may be asked
    for again all the same, with more authority where the winning price takes more.
    """
    there = [one for one in p.reports.values() if one.gateway == gateway.id]
    earlier = [one for one in there if one.state != "open"]
    main = FITTING[gateway.asks_for][0]
    if not earlier:
        return None
    done = any(decision.report == earlier[-1].id for decision, _, _ in p.resolved(main))
    if done and gateway.asks_for not in BEFORE_THE_MARKET:
        return None
    raised = tuple(_raised(one, p) for one in earlier[-1].recommendations)
    return replace(earlier[-1], recommendations=raised)


def _raised(one: Recommendation, p: Procurement) -> Recommendation:
    """The same again, with authority for the winning price where that was missing, or may be."""
    if not isinstance(one.effect, AuthoriseProcurement) or above_authority(p) is False:
        return one
    assert p.evaluation
    price = p.evaluation.ranking[0].offer
    up_to = price if price.pounds is None else replace(price, basis="up-to")
    text = f"{one.text} Set the authority at what was offered, {amount(price)}."
    return replace(one, text=text, effect=replace(one.effect, up_to=up_to))
