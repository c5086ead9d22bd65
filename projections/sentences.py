"""Every event in a sentence: what happened, for somebody who was not there."""

from __future__ import annotations

from domain.abandoning import ProcurementAbandoned
from domain.appraisal import OptionsAppraised, PreferredOptionsChosen
from domain.contract import ContractPublished, ContractSigned, PhaseStarted
from domain.decided import DecisionTaken
from domain.engagement import MarketEngagementClosed, MarketEngagementOpened
from domain.handing_over import ReportHandedOver
from domain.market import EvaluationRecorded, TendersInvited
from domain.notices import KeyDecisionNoticePublished
from domain.opening import ProcurementOpened, SourceNoteMade
from domain.publication import DecisionPublished
from domain.report_acts import ReportPublished
from domain.reports import ReportPutUp
from domain.withdrawing import ReportWithdrawn
from domain.wording import amount, clock, counted, lettered, listed, short_day
from projections import (
    sentences_of_authority,
    sentences_of_call_in,
    sentences_of_changes,
    sentences_of_conflicts,
    sentences_of_endpoints,
    sentences_of_notices,
    sentences_of_private_meetings,
    sentences_of_public_notices,
    sentences_of_records,
    sentences_of_scrutiny,
    sentences_of_standstill,
)
from projections.phrases import (
    ANSWERS,
    CALL_IN_OUTCOMES,
    CLEARINGS,
    OUTCOMES,
    VIEWS,
    ended,
    numbered,
    recorded_later,
    sentence,
)
from projections.sentences_of_changes import in_retrospect

__all__ = [
    "ANSWERS",
    "CALL_IN_OUTCOMES",
    "CLEARINGS",
    "OUTCOMES",
    "VIEWS",
    "sentence",
    "sentences_of_authority",
    "sentences_of_call_in",
    "sentences_of_changes",
    "sentences_of_conflicts",
    "sentences_of_endpoints",
    "sentences_of_notices",
    "sentences_of_private_meetings",
    "sentences_of_public_notices",
    "sentences_of_records",
    "sentences_of_scrutiny",
    "sentences_of_standstill",
]


@sentence.register
def _(event: ProcurementOpened) -> str:
    began = f" It commenced on {short_day(event.commenced)}." if event.commenced else ""
    mixed = " It is for health care and something else." if event.mixed else ""
    return f"Opened the procurement “{event.title}”, value {amount(event.value)}.{began}{mixed}"


@sentence.register
def _(event: ProcurementAbandoned) -> str:
    return f"Abandoned the procurement: {ended(event.reason)}"


@sentence.register
def _(event: SourceNoteMade) -> str:
    kinds = {
        "contradiction": "The source contradicts itself",
        "silence": "The source is silent or unclear",
        "inference": "The source had to be read somehow",
    }
    used = f" Used here: {ended(event.readings[event.used - 1].says)}" if event.used else ""
    return f"{kinds[event.kind]}: {ended(event.about)}{used}"


@sentence.register
def _(event: KeyDecisionNoticePublished) -> str:
    return f"Gave notice of a key decision, to be made on {short_day(event.earliest)} or later."


@sentence.register
def _(event: ReportPutUp) -> str:
    asks = counted(len(event.recommendations), "recommendation")
    version = f", version {event.version}" if event.version > 1 else ""
    back = " It answers what had to be reported back." if event.reports_back else ""
    late = in_retrospect([(one.label, one.effect) for one in event.recommendations])
    return f"Put up the report “{event.title}”{version}, with {asks}.{back}{late}"


@sentence.register
def _(event: ReportPublished) -> str:
    return "Published the report."


@sentence.register
def _(event: ReportWithdrawn) -> str:
    return f"Withdrew the report: {ended(event.reason)}"


@sentence.register
def _(event: ReportHandedOver) -> str:
    return f"Handed the report over because of an interest: {ended(event.interest)}"


@sentence.register
def _(event: DecisionTaken) -> str:
    answers = listed(
        [f"{lettered(one.label)} {OUTCOMES[one.outcome]}" for one in event.resolutions]
    )
    again = "Reconsidered the decision" if event.replaces else "Decided the report"
    since = f"on {short_day(event.effective)}" if event.effective else ""
    if not event.open_to_call_in:
        since = "at once"  # the day of the decision, which the record may not have
    late = in_retrospect([(one.label, one.effect) for one in event.resolutions if one.agreed])
    effect = f" It takes effect {since}." if since else ""
    return f"{again}: {answers}.{effect}{late}{recorded_later(event.recorded)}"


@sentence.register
def _(event: DecisionPublished) -> str:
    window = event.window
    at = f"{clock(window.closes_at)} on" if window and window.closes_at else "the end of"
    closes = f" Call-in closes at {at} {short_day(window.last_day)}." if window else ""
    later = window and event.effective
    effect = f" It takes effect on {short_day(later)}." if later else ""
    differs = event.published_effective and event.published_effective != event.effective
    because = f": {ended(event.because)}" if event.because else "."
    as_published = (
        f" Published as {short_day(event.published_effective)}{because}"
        if event.published_effective and differs
        else ""
    )
    return f"Published the decision.{closes}{effect}{as_published}"


@sentence.register
def _(event: TendersInvited) -> str:
    weights = listed([f"{one.name} {one.weight.normalize():f} %" for one in event.criteria])
    whom = "" if event.advertised else " from chosen suppliers"
    said = f"Invited tenders{whom} until {short_day(event.closes)}, on {weights}"
    why = ended(event.no_engagement_notice) if event.no_engagement_notice else ""
    without = f" Why the market was engaged without a notice of that: {why}" if why else ""
    urgent = f" Why there is no more time to tender: {ended(event.urgent)}" if event.urgent else ""
    return f"{said}{numbered(event.identifier)}.{without}{urgent}"


@sentence.register
def _(event: EvaluationRecorded) -> str:
    first = event.ranking[0]
    tenders = counted(len(event.ranking), "tender")
    price = "a price that is exempt" if first.price is None else amount(first.offer)
    score = f"{first.total.normalize():f} at {price}"
    return f"Evaluated {tenders}: {first.tenderer} came first with {score}."


@sentence.register
def _(event: ContractSigned) -> str:
    starts, ends = short_day(event.term.starts), short_day(event.term.ends)
    return f"Signed the contract with {event.supplier}: {amount(event.amount)}, {starts} to {ends}."


@sentence.register
def _(event: ContractPublished) -> str:
    where = "Entered the contract in the public register of contracts"
    return f"{where}{numbered(event.identifier)}."


@sentence.register
def _(event: PhaseStarted) -> str:
    return f"Started phase {event.phase}."


@sentence.register
def _(event: OptionsAppraised) -> str:
    kept = len([one for one in event.options if not one.fails])
    services = counted(len(event.services), "service")
    options = counted(len(event.options), "option")
    return f"Appraised {options} for {services}: {kept} on the short list."


@sentence.register
def _(event: PreferredOptionsChosen) -> str:
    chosen = listed([f"“{one.option_title}” for {one.service_title}" for one in event.choices])
    return f"Preferred {chosen}: {ended(event.because)}"


@sentence.register
def _(event: MarketEngagementOpened) -> str:
    return f"Began to sound the market, which obliges nobody: {ended(event.purpose)}"


@sentence.register
def _(event: MarketEngagementClosed) -> str:
    took_part = "" if event.suppliers is None else f", {counted(event.suppliers, 'supplier')}"
    return f"Recorded what the market showed{took_part}: {ended(event.findings)}"
