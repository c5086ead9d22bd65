"""Sentences about what comes between an award and its contract."""

from __future__ import annotations

from domain.claims import ClaimEnded, ClaimNotified
from domain.indicators import PerformanceIndicatorsSet
from domain.representations import RepresentationReceived, RepresentationReviewed
from domain.standstill import AssessmentSummariesSent, AwardNoticesSent
from domain.wording import counted, long_day, short_day
from projections.phrases import ended, numbered, sentence


@sentence.register
def _(event: AssessmentSummariesSent) -> str:
    return "Sent every tenderer who was assessed its assessment summary."


@sentence.register
def _(event: PerformanceIndicatorsSet) -> str:
    if event.none_because:
        return f"Set no performance indicators: {ended(event.none_because)}"
    return f"Set {counted(len(event.indicators), 'performance indicator')}."


@sentence.register
def _(event: AwardNoticesSent) -> str:
    if event.count is None:
        said = f"Published the award notice{numbered(event.identifier)}"
        return f"{said}. The law asks for no standstill here."
    kind = "voluntary standstill" if event.voluntary else "standstill"
    sent = f"Sent the award notices{numbered(event.identifier)}"
    return f"{sent}. The {kind} ends with {long_day(event.count.last_day)}."


@sentence.register
def _(event: RepresentationReceived) -> str:
    return f"Received a representation of {event.provider}: {ended(event.about)}"


@sentence.register
def _(event: RepresentationReviewed) -> str:
    if event.count is None:
        what = "the award goes back to an earlier step"
    else:
        what = f"the award stands, and the standstill ends with {long_day(event.count.last_day)}"
    return f"Reviewed the representation of {event.provider}: {what}. {ended(event.because)}"


@sentence.register
def _(event: ClaimNotified) -> str:
    return f"Was notified of the claim of {event.claimant}, issued on {short_day(event.issued)}."


@sentence.register
def _(event: ClaimEnded) -> str:
    how = "the court lifted the suspension" if event.how == "lifted-by-the-court" else "disposed of"
    return f"The claim of {event.claimant}: {how}."
