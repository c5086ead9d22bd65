"""The market: tenders are invited on published criteria, and evaluated against their weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.assessing_conflicts import TENDER, why_not_confirmed
from domain.award import why_not_weights
from domain.case_command import ProcurementCommand
from domain.closed import Exemption
from domain.competition import Evaluation, Ranked, Tender
from domain.deadlines import why_not_covered
from domain.effective import has_effect, why_not_in_effect
from domain.effects import AuthoriseProcurement, AwardContract, Criterion, Kind
from domain.governing import commencing, why_not_commence
from domain.messages import Context, Event, Stamp, evolve
from domain.noticed import Identifier
from domain.opening import why_not_framework
from domain.owed_before import why_not_unannounced
from domain.owing import notifiable, with_notice
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.tendering import earliest_close, why_not_close
from domain.thresholds import below_threshold
from domain.values import Closed, Text, check_pounds, check_share
from domain.wording import counted, listed, long_day


class TendersInvited(Event, frozen=True, tag="tenders-invited/1"):
    closes: date
    criteria: tuple[Criterion, ...]
    advertised: bool = True
    identifier: Identifier = ""
    no_engagement_notice: str = ""
    urgent: str = ""


class EvaluationRecorded(Event, frozen=True, tag="evaluation-recorded/1"):
    ranking: tuple[Ranked, ...]
    panel: tuple[str, ...]
    exemption: Exemption | None = None


def why_not_invite(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """A competition opens when a decision that authorises it has effect (L1, D10).

    Under the 2023 Act its tender notice confirms the conflicts assessment (G5).
    """
    yield from why_not_framework(procurement.framework, context)
    if procurement.tender:
        yield Refusal("C2", "Tenders have been invited")
    if procurement.contract:
        yield Refusal("C2", "The contract is signed: no tenders are invited any more")
    elif _given_up(procurement):
        reason = "The contract has been awarded without competition"
        yield Refusal("P8", f"{reason}: no tenders are invited for it")
    yield from why_not_commence(procurement, context)
    if procurement.framework is None:  # No tender notice is published for a call-off.
        yield from why_not_confirmed(commencing(procurement, context.day), TENDER)
    if has_effect(AuthoriseProcurement, procurement, context):
        return
    resolved = [(d, r) for d, r, _ in procurement.resolved(AuthoriseProcurement)]
    if not resolved:
        yield Refusal("L1", "No decision authorises this procurement")
    else:
        what = "The decision that authorises this procurement"
        yield from why_not_in_effect(resolved, what, context)


def _given_up(procurement: Procurement) -> bool:
    """Whether it was awarded without competition, and no competition was authorised since."""
    last: Kind | None = None
    for _, _, effect in procurement.resolved(Kind):
        direct = isinstance(effect, AwardContract) and effect.direct
        last = effect if direct or isinstance(effect, AuthoriseProcurement) else last
    return isinstance(last, AwardContract)


class InviteTenders(ProcurementCommand, frozen=True, tag="invite-tenders"):
    """Record that tenders were invited today, until the end of the closing day.

    Under the 2023 Act that is the tender notice (UK4): ``identifier`` is what the central platform
    calls it, ``advertised`` is false where only chosen suppliers were invited, and
    ``no_engagement_notice`` says why the market was engaged without a notice of that, and
    ``urgent`` why there is no time to give tenderers the 25 days of section 54.
    """

    closes: date
    criteria: tuple[Criterion, ...]
    advertised: bool = True
    identifier: Identifier = ""
    no_engagement_notice: str = ""
    urgent: str = ""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_invite(procurement, context)
        yield from why_not_weights(self.criteria)
        begun = commencing(procurement, context.day)
        yield from why_not_unannounced(begun, self.no_engagement_notice)
        if not self.advertised and _is_advertised(begun):
            reason = "A competition above the threshold is advertised by a tender notice (UK4)"
            yield Refusal("P8", reason)
        terms = procurement.in_effect(AuthoriseProcurement, context.day)
        least = earliest_close(context.day, terms.tender_days if terms else 1)
        yield from why_not_covered(self.closes, context.calendar)
        if self.closes < least:
            reason = f"Tenderers get {counted((least - context.day).days, 'day')} at least: "
            yield Refusal("P7", f"{reason}until {long_day(least)}")
        yield from why_not_close(begun, context.day, self.closes, self.urgent)
        if terms and terms.criteria and _weights(terms.criteria) != _weights(self.criteria):
            wanted = listed([f"{c.name} {c.weight.normalize():f} %" for c in terms.criteria])
            yield Refusal("E1", f"The decision fixed the weights: {wanted}")

    def event(self, procurement: Procurement, context: Context) -> Event:
        more = (self.advertised, self.identifier, self.no_engagement_notice, self.urgent)
        return TendersInvited(self.closes, self.criteria, *more)


def _is_advertised(p: Procurement) -> bool:
    return p.regime == "pa2023" and p.framework is None and not below_threshold(p)


def _weights(criteria: Iterable[Criterion]) -> Mapping[str, Decimal]:
    return {one.name: one.weight for one in criteria}


class ScoredTender(Struct, frozen=True, forbid_unknown_fields=True):
    """A tender with its price in pounds, and its scores out of 100 by criterion."""

    tenderer: Text
    price: Decimal
    scores: Mapping[str, Decimal]

    def __post_init__(self) -> None:
        check_pounds(self.price)
        for score in self.scores.values():
            check_share(score)


def why_not_evaluate(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Tenders are opened after the closing day."""
    if procurement.tender is None:
        yield Refusal("C1", "No tenders have been invited")
    elif procurement.evaluation:
        yield Refusal("C2", "The evaluation is on record")
    elif context.day <= procurement.tender.closes:
        closes = procurement.tender.closes
        reason = f"Tenders may come in until the end of {long_day(closes)}"
        yield Refusal("E1", reason, cured_on=closes + timedelta(days=1))


class RecordEvaluation(ProcurementCommand, frozen=True, tag="record-evaluation"):
    """Record the scores of every tender; the totals and the order are computed (E1, E3).

    With an ``exemption`` the names and prices of tenderers are closed: they show as numbers.
    """

    tenders: Annotated[tuple[ScoredTender, ...], Meta(min_length=1)]
    panel: tuple[Text, ...]
    exemption: Exemption | None = None

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_evaluate(procurement, context)
        if not self.panel:
            yield Refusal("E3", "Say who scored the tenders")
        names = [one.tenderer for one in self.tenders]
        if len(set(names)) < len(names):
            yield Refusal("C2", "A tenderer is there twice")
        if procurement.tender:
            wanted = _weights(procurement.tender.criteria)
            for one in self.tenders:
                if one.scores.keys() != wanted.keys():
                    reason = f"Score {one.tenderer} on {listed(sorted(wanted))}, each once"
                    yield Refusal("C1", reason)
                    return
            first, *others = self._ranking(procurement.tender)
            if others and others[0].total == first.total:
                reason = "have the same score: moderate it, with reasons, before it is recorded"
                yield Refusal("E3", f"{first.tenderer} and {others[0].tenderer} {reason}")

    def _ranking(self, tender: Tender) -> list[Ranked]:
        weights = _weights(tender.criteria)
        ranked = [
            Ranked(
                one.tenderer,
                one.price,
                one.scores,
                sum((one.scores[name] * weights[name] / 100 for name in weights), Decimal(0)),
            )
            for one in self.tenders
        ]
        return sorted(ranked, key=lambda one: -one.total)

    def event(self, procurement: Procurement, context: Context) -> Event:
        assert procurement.tender
        ranking = self._ranking(procurement.tender)
        if self.exemption:
            ranking = [_closed(one, n) for n, one in enumerate(ranking, 1)]
        return EvaluationRecorded(tuple(ranking), self.panel, self.exemption)


def _closed(one: Ranked, number: int) -> Ranked:
    """The same place without the name and the price, which only some may see (D9)."""
    return replace(
        one,
        tenderer=f"Tenderer {number}",
        price=None,
        closed_name=Closed(one.tenderer),
        closed_price=Closed(str(one.price)),
    )


@evolve.register
def _(event: TendersInvited, procurement: Procurement, stamp: Stamp) -> Procurement:
    tender = Tender(
        stamp.on.read_as,
        event.closes,
        event.criteria,
        event.advertised,
        event.no_engagement_notice,
    )
    invited = replace(procurement, tender=tender)
    announced = event.advertised and invited.framework is None and notifiable(invited)
    return with_notice(invited, "UK4", stamp, event.identifier) if announced else invited


@evolve.register
def _(event: EvaluationRecorded, procurement: Procurement, stamp: Stamp) -> Procurement:
    evaluation = Evaluation(stamp.on.read_as, event.ranking, event.panel, stamp.by, event.exemption)
    return replace(procurement, evaluation=evaluation)
