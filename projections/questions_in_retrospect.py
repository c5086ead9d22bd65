"""What was done before the decision that it rests on had effect (D11, T2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.contract import ContractSigned, PhaseStarted
from domain.decided import DecisionTaken
from domain.effective import standing_days
from domain.effects import AuthoriseProcurement, AwardContract, ExtendContract, ReleasePhase
from domain.extension import ContractExtended
from domain.market import TendersInvited
from domain.procurement import Procurement
from domain.record import Decision, Resolution
from domain.reported import retrospective
from domain.variation import ContractVaried
from domain.wording import lettered, short_day
from projections.question import Case, Found, Question, Step, found_at

Resolved = list[tuple[Decision, Resolution]]


def in_retrospect(case: Case) -> Iterator[Found]:
    for step in case.steps:
        yield from _acted_before(step, case)
        if isinstance(step.event, DecisionTaken):
            yield from _changed_before(step, step.event, case)
            yield from _recorded_after(step, step.event, case)


def _acted_before(step: Step, case: Case) -> Iterator[Found]:
    """It was done before any decision to do it had effect, as far as days are known."""
    if not (told := _rests_on(step, step.before)) or not step.dated:
        return
    did, what, before = told
    _, _, since = _rests_on(step, case.after) or (did, what, [])
    every = [*before, *since]
    days = standing_days(every)
    if any(day <= step.day for day in days):
        return
    known = [day for day in days if not _vague(day, every)]
    says = f"{did} on {short_day(step.day)}"
    if known:
        says = f"{says}; {what} took effect later, on {short_day(min(known))}."
        yield found_at(step, case, says, "D11")
    elif not days:
        lacks = "has no effect on record" if every else "is not on record"
        yield found_at(step, case, f"{says}; {what} {lacks}.", "D11")


def _vague(day: date, resolved: Resolved) -> bool:
    """Whether it is the day of a decision that is not dated exactly: it may have been earlier."""
    return any(one.at_once for one, _ in resolved if one.effective == day)


def _rests_on(step: Step, p: Procurement) -> tuple[str, str, Resolved] | None:
    """What was done, what the decision for it is called, and those there are in a state."""
    match step.event:
        case ContractSigned():
            found = [(d, r) for d, r, _ in p.resolved(AwardContract)]
            return "The contract was signed", "the decision to award it", found
        case PhaseStarted(phase=phase) if phase > 1:
            found = [(d, r) for d, r, e in p.resolved(ReleasePhase) if e.phase == phase]
            return f"Phase {phase} was started", "the decision to release it", found
        case ContractExtended(option=option):
            found = [(d, r) for d, r, e in p.resolved(ExtendContract) if e.option == option]
            return "The contract was extended", "the decision to extend it", found
        case ContractVaried(decision=decision, label=label):
            mine = p.decisions.get(decision)
            found = [(mine, r) for r in mine.resolutions if r.label == label] if mine else []
            return "The contract was changed", "the decision to change it", found
        case TendersInvited():
            found = [(d, r) for d, r, _ in p.resolved(AuthoriseProcurement)]
            return "Tenders were invited", "the decision that authorises it", found
    return None


def _changed_before(step: Step, event: DecisionTaken, case: Case) -> Iterator[Found]:
    """A change that is only asked for after it was made (T2)."""
    decision = case.after.decisions[event.decision]
    for one in event.resolutions:
        since = retrospective(one.effect) if one.agreed else None
        effective = decision.effective_on(one.label)
        if since and (effective is None or since < effective):
            took = f"took effect on {short_day(effective)}" if effective else "has no effect yet"
            says = f"The contract was changed from {short_day(since)}; resolution "
            says += f"{lettered(one.label)}, which agrees to it, {took}."
            yield found_at(step, case, says, "T2")


def _recorded_after(step: Step, event: DecisionTaken, case: Case) -> Iterator[Found]:
    """A meeting that was recorded only when what it resolved had effect already (D8)."""
    effective = case.after.decisions[event.decision].effective
    if event.recorded and effective and effective < event.recorded:
        says = f"What was resolved took effect on {short_day(effective)}, and was recorded on "
        yield found_at(step, case, f"{says}{short_day(event.recorded)}.", "D8")


QUESTION = Question(
    "in-retrospect",
    "Done before the decision had effect",
    "Contracts signed, changed or extended, phases started and tenders invited before the decision "
    "for it took effect, and meetings recorded only after that. What was taken over from elsewhere "
    "is recorded later by its nature: it is not listed for that alone.",
    "every signature, change, extension, start of a phase and invitation to tender, with the day "
    "from which the decision for it has effect; what is not dated exactly cannot be compared",
    in_retrospect,
)
