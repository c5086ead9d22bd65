"""Sentences about publication, call-in and urgency."""

from __future__ import annotations

from domain.call_in import DecisionCalledIn
from domain.closing_call_in import CallInClosed
from domain.london import london_clock
from domain.urgency import UrgencyAgreed
from domain.wording import clock, counted, lettered, listed, short_day
from projections.phrases import CALL_IN_OUTCOMES, ended, not_asked, sentence


@sentence.register
def _(event: DecisionCalledIn) -> str:
    labels = listed([lettered(one) for one in event.resolutions])
    members = counted(len(event.members), "member")
    at = f" at {clock(london_clock(event.received))}" if event.received else ""
    on = f" on the ground “{listed(event.on_grounds)}”" if event.on_grounds else ""
    meets = (
        f" Scrutiny has to meet by {short_day(event.meets_by.last_day)}." if event.meets_by else ""
    )
    later = f" Recorded on {short_day(event.recorded)}." if event.recorded else ""
    said = f"Received a call-in of {labels} from {members}{at}{on}: {ended(event.grounds)}"
    return f"{said}{meets}{later}"


@sentence.register
def _(event: CallInClosed) -> str:
    by = event.reconsidered_by
    again = f" It is decided again by {short_day(by.last_day)}." if by else ""
    note = f" {ended(event.note)}" if event.note else ""
    return f"Closed the call-in: {CALL_IN_OUTCOMES[event.outcome]}.{again}{note}"


@sentence.register
def _(event: UrgencyAgreed) -> str:
    said = f"Agreed that the decision cannot wait for call-in: {ended(event.because)}"
    return f"{said}{not_asked(event.passed_over)}"
