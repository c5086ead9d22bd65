"""Where the law asks for no standstill, and whether a council chose one all the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.deadlines import ONE
from domain.effective import award_on
from domain.effects import Asked, AuthoriseProcurement, AwardContract
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.thresholds import below_threshold
from domain.wording import long_day


def exempt(procurement: Procurement, day: date, planned: AwardContract | None = None) -> str:
    """Why the law asks for no standstill here, or nothing (P3, P4, P5).

    It goes by the award on a London day; ``planned`` is one that nobody has resolved yet.
    """
    resolved = award_on(procurement, day)
    award = resolved[1] if resolved else planned
    process = award.process if award else "ordinary"
    evaluation = procurement.evaluation
    match procurement.regime:
        case "pa2023" if below_threshold(procurement):
            return "a procurement below the threshold"
        case "pa2023" if process == "extreme-urgency":
            return "an award in extreme urgency"
        case "pa2023" if process == "protecting-life":
            return "an award to protect life"
        case "pa2023" if procurement.subject == "light-touch":
            return "a light touch contract"
        case "pcr2015" if award and award.direct:
            return "an award for which no prior notice was needed"
        case "pcr2015" if evaluation and len(evaluation.ranking) == 1:
            return "an award to the only tenderer"
        case "psr2023" if process in ("direct-award-a", "direct-award-b"):
            return f"direct award process {process[-1].upper()}"
        case "psr2023":
            return ""
    return "a call-off under a framework" if procurement.framework else ""


def why_not_closed(procurement: Procurement, day: date) -> Iterable[Refusal]:
    """Nobody is awarded a contract while others may still tender for it (E1)."""
    tender = procurement.tender
    if tender and procurement.evaluation is None and day <= tender.closes:
        reason = f"Tenders may come in until the end of {long_day(tender.closes)}"
        yield Refusal("E1", reason, cured_on=tender.closes + ONE)


def decided_freely(procurement: Procurement, day: date) -> bool:
    """Whether the decision on the competition asks for a standstill that the law does not."""
    terms = procurement.in_effect(AuthoriseProcurement, day)
    competed = procurement.evaluation is not None
    return bool(exempt(procurement, day) and competed and terms and asks_for_one(terms.standstill))


def asks_for_one(standstill: Asked) -> bool:
    """Whether a decision on a competition asks for a standstill, needed by law or not."""
    return standstill != "none"
