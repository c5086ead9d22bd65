"""Sentences about who may decide: rules, recommendations, delegated authority, consultation."""

from __future__ import annotations

from domain.authority import CalendarAdopted, ConstitutionAdopted, OfficesAdopted
from domain.budget import BudgetDrawn
from domain.conditions import ConditionMet
from domain.consultation import ConsultationAnswered, ConsulteesAsked, ConsulteeStoodAside
from domain.correcting import CalendarCorrected, PeriodsRecounted
from domain.deadlines import NAMED
from domain.delegation import AuthorityDelegated, AuthorityExercised, AuthorityRevoked
from domain.drawing import DrawingGivenBack, Drawings
from domain.exempt import ExemptFigureEntered
from domain.gateways import GatewayWaived
from domain.margin import limit_in_words
from domain.passing_on import AuthorityPassedOn, AuthorityTakenBack
from domain.recommending import RecommendationMade
from domain.undertakings import UndertakingDischarged, UndertakingGiven
from domain.wording import amount, counted, lettered, listed, long_day, short_day, when
from projections.phrases import ANSWERS, VIEWS, ended, recorded_later, sentence


@sentence.register
def _(event: RecommendationMade) -> str:
    views = listed([f"{lettered(one.label)} {VIEWS[one.view]}" for one in event.advice])
    later = recorded_later(event.recorded)
    return f"Recommended to the decision maker: {views}. {ended(event.reasons)}{later}"


@sentence.register
def _(event: GatewayWaived) -> str:
    return f"Waived the gateway “{event.gateway}”: {ended(event.reason)}"


@sentence.register
def _(event: AuthorityDelegated) -> str:
    terms = event.terms
    cap = f"{'cap ' if terms.cap else ''}{limit_in_words(terms)}"
    by = f"resolution {lettered(event.label)}"
    return f"Delegated authority by {by}, {cap}: {ended(terms.purpose)}"


@sentence.register
def _(event: AuthorityExercised) -> str:
    again = "Reconsidered, and drew" if event.replaces else "Drew"
    return f"{again} on the delegated authority: {_drawings(event.drawn)}."


@sentence.register
def _(event: BudgetDrawn) -> str:
    again = "Reconsidered, and drew" if event.replaces else "Drew"
    return f"{again} on the budget of {event.budget_of}: {_drawings(event.drawn)}."


def _drawings(drawn: Drawings) -> str:
    return listed([f"{amount(one.amount)} in {one.procurement}" for one in drawn])


@sentence.register
def _(event: DrawingGivenBack) -> str:
    back = _drawings(event.given_back)
    return f"Gave back {back}, drawn and not signed for: {ended(event.reason)}"


@sentence.register
def _(event: AuthorityPassedOn) -> str:
    part = f"Passed on part {event.part} of the authority delegated by resolution "
    return f"{part}{lettered(event.label)}, {amount(event.up_to)}: {ended(event.reason)}"


@sentence.register
def _(event: AuthorityTakenBack) -> str:
    part = f"Took back part {event.part} of the authority delegated by resolution "
    return f"{part}{lettered(event.label)}: {ended(event.reason)}"


@sentence.register
def _(event: AuthorityRevoked) -> str:
    by = f"resolution {lettered(event.label)}"
    return f"Revoked the authority delegated by {by}: {ended(event.reason)}"


@sentence.register
def _(event: ConditionMet) -> str:
    which = f"Condition {event.condition} of resolution {lettered(event.label)}"
    return f"{which} is met, “{event.words}”: {ended(event.evidence)}"


@sentence.register
def _(event: ConsulteesAsked) -> str:
    number = counted(len(event.consultees), "consultee")
    return f"Asked {number} for their view of the report."


@sentence.register
def _(event: ConsultationAnswered) -> str:
    said = f": {ended(event.comment)}" if event.comment else "."
    interest = (
        f" Declared an interest: {ended(event.interests_note)}" if event.interests_note else ""
    )
    return f"Answered the consultation: {ANSWERS[event.view]}{said}{interest}"


@sentence.register
def _(event: ConsulteeStoodAside) -> str:
    return f"A consultee is {event.why}: {ended(event.reason)}"


@sentence.register
def _(event: UndertakingGiven) -> str:
    due = f", due {when(event.due)}" if event.due else ""
    once = f", once {event.once}" if event.once else ""
    return f"An officer undertook{due}{once}: {ended(event.what)}"


@sentence.register
def _(event: UndertakingDischarged) -> str:
    return f"Reported back: {ended(event.how)}"


@sentence.register
def _(event: ExemptFigureEntered) -> str:
    return f"Entered the figure of resolution {lettered(event.label)}, exempt from publication."


@sentence.register
def _(event: ConstitutionAdopted) -> str:
    return f"Adopted constitution {event.version}, in force from {short_day(event.in_force)}."


@sentence.register
def _(event: OfficesAdopted) -> str:
    return f"Adopted offices {event.version}, in force from {short_day(event.in_force)}."


@sentence.register
def _(event: CalendarAdopted) -> str:
    years = f"{event.calendar.first} to {event.calendar.last}"
    return f"Adopted the calendar of bank holidays {event.calendar.version}, for {years}."


@sentence.register
def _(event: CalendarCorrected) -> str:
    where = listed([NAMED[one] for one in event.where])
    now = f"the bank holiday “{event.name}”" if event.name else "a working day"
    cases = f" It touches {listed(event.touches)}." if event.touches else " It touches no case."
    return (
        f"Corrected the calendar: {long_day(event.day)} is {now} in {where}. "
        f"{ended(event.because)}{cases}"
    )


@sentence.register
def _(event: PeriodsRecounted) -> str:
    now = f"the bank holiday “{event.name}”" if event.name else "a working day"
    said = [
        f"the {'standstill' if one.decision is None else 'window for call-in'} "
        + (f"was over on {short_day(one.was)} and stays, though it would have ended with "
           if one.over else f"ends not with {short_day(one.was)} but with ")
        + long_day(one.count.last_day)
        for one in event.recounted
    ]  # fmt: skip
    return f"Counted again, as {short_day(event.day)} is {now}: {listed(said)}."
