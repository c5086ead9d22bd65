"""Reports to the council that scrutiny required, in sentences."""

from __future__ import annotations

from domain.not_key import ReportedToCouncil, ReportToCouncilRequired
from domain.wording import short_day
from projections.phrases import ended, sentence


@sentence.register
def _(event: ReportToCouncilRequired) -> str:
    return (
        f"Scrutiny required a report to the council by {short_day(event.due)}, because the "
        f"decision should have been treated as key: {ended(event.because)}"
    )


@sentence.register
def _(event: ReportedToCouncil) -> str:
    why = ended(event.why_not_key)
    return f"Reported to the council on the decision, and why it was not treated as key: {why}"
