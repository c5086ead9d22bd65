"""Forms about call-in: asked for, what became of it, and decisions too urgent for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from adapters.clock import LONDON
from domain.call_in import RecordCallIn
from domain.called_in import CallInOutcome, Capacity, Requester
from domain.closing_call_in import CloseCallIn
from domain.messages import Command
from domain.procurement import others
from domain.record import Resolution
from domain.requesters import who_may
from domain.urgency import PREJUDICE, AgreeUrgency, clause
from domain.wording import clock, lettered, long_day
from projections.sentences import CALL_IN_OUTCOMES
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.decisions import also
from web.forms.in_order import asked_before, passed_over

CAPACITIES: dict[str, Capacity] = {
    "": "non-executive",
    "member": "non-executive",
    "scrutiny": "scrutiny",
    "chair": "scrutiny-chair",
    "ward": "ward",
    "executive": "executive",
}
HINT = (
    "One to a line: the council's number or initials for each, never a name; where it matters then "
    "a comma and scrutiny, chair (of scrutiny), ward or executive, a comma and the political group"
)


class CallIn(ActForm):
    act = "record-call-in"
    title = "Record a call-in"

    @staticmethod
    def intro(asked: Asked) -> str:
        rule, decision = asked.context.constitution.call_in, asked.p.decisions.get(asked.subject_id)
        needed, closes = who_may(rule) if rule else "some members", ""
        if decision and (window := decision.window):
            at = f"{clock(window.closes_at)} on" if window.closes_at else "the end of"
            closes = f" until {at} {long_day(window.last_day)}"
        return f"It takes {needed}, and is possible{closes}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        rule = asked.context.constitution.call_in
        every = "Untick those that are not called in: they take effect when the window closes"
        offered = [
            (one.label, f"{lettered(one.label)} {one.wording}") for one in _resolutions(asked)
        ]
        found = [Field("members", "Members who ask for it", "textarea", HINT)]
        if rule and rule.grounds:
            known = [(str(n), one) for n, one in enumerate(rule.grounds, 1)]
            hint = "Untick those that it does not rest on"
            found.append(Field("on_grounds", "Grounds it rests on", "checkboxes", hint, "", known))
        return [
            *found,
            Field("grounds", "Grounds, in their words", "textarea"),
            Field("resolutions", "Resolutions called in", "checkboxes", every, options=offered),
            Field("received", "Day on which it came in", "day", "Leave empty if it was just now"),
            Field("at", "Time at which it came in", "text", "Such as 16:45; goes with the day"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        offered = [one.label for one in _resolutions(asked)]
        rule = asked.context.constitution.call_in
        named: tuple[str, ...] = ()
        if rule and rule.grounds:
            keys = [str(n) for n in range(1, len(rule.grounds) + 1)]
            ticked = answers.ticked("on_grounds", "the grounds that it rests on", keys)
            named = tuple(rule.grounds[int(one) - 1] for one in ticked)
        return RecordCallIn(
            asked.case,
            asked.subject_id,
            _members(answers),
            answers.text("grounds", "the grounds"),
            answers.ticked("resolutions", "the resolutions that are called in", offered),
            named,
            _received(answers),
            also=also(asked),
        )


def _members(answers: Answers) -> tuple[Requester, ...]:
    """Those who ask, a line each: a number or initials, as what, of which group."""
    found = []
    for line in filter(None, map(str.strip, answers.text("members", "the members").splitlines())):
        number, as_, group, *rest = (*(one.strip() for one in line.split(",")), "", "")
        if not number or len(number) > 20 or as_ not in CAPACITIES or len(group) > 80 or any(rest):
            answers.mistakes["members"] = f"“{line[:80]}” cannot be read. {HINT}"
            continue
        found.append(Requester(number, CAPACITIES[as_], group))
    return tuple(found)


def _received(answers: Answers) -> datetime | None:
    """A London day and time as a moment; None where neither is given."""
    day, at = answers.day_if_any("received", "the day on which it came in"), answers.optional("at")
    if day is None and not at:
        return None
    try:
        time = datetime.strptime(at, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        answers.mistakes["at"] = "Enter the time at which it came in, such as 16:45"
        return None
    if day is None:
        answers.mistakes["received"] = "Enter the day on which it came in: day, month and year"
    return datetime.combine(day or date(2000, 1, 1), time, LONDON)


class Close(ActForm):
    act = "close-call-in"
    title = "Record what became of the call-in"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        options = [(key, one.capitalize()) for key, one in CALL_IN_OUTCOMES.items()]
        hint = "Needed if it was withdrawn: when that came in writing. Else you may leave it empty"
        return [
            Field("outcome", "Outcome", "radios", options=options),
            Field("note", "Anything to add", "textarea", hint),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        outcome = answers.one_of("outcome", "what became of it", list(CALL_IN_OUTCOMES))
        note = answers.optional("note")
        kind = cast(CallInOutcome, outcome)
        return CloseCallIn(asked.case, asked.subject_id, kind, note, also=also(asked))


class Agree(ActForm):
    act = "agree-urgency"
    title = "Agree that the decision cannot wait for call-in"

    @staticmethod
    def intro(asked: Asked) -> str:
        rule = clause(asked.context)
        where = f" ({rule.provenance})" if rule else ""
        return f"Only if {PREJUDICE}{where}. It is reported afterwards."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        rule, title = clause(asked.context), asked.context.offices.title
        posts = rule.agreed_by if rule else ()
        found = [
            Field("agreed_by", "Who agrees", "radios", options=[(p, title(p)) for p in posts]),
            Field("because", f"Why {PREJUDICE}", "textarea"),
        ]
        return [*found, *asked_before(posts, asked)]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        rule = clause(asked.context)
        posts = rule.agreed_by if rule else ("none/none",)
        report = asked.p.reports.get(asked.subject_id)
        return AgreeUrgency(
            asked.case,
            asked.subject_id,
            answers.one_of("agreed_by", "who agrees", posts),
            answers.text("because", "why it cannot wait"),
            passed_over(posts, answers),
            also=others(report.procurements, asked.p) if report else (),
        )


def _resolutions(asked: Asked) -> tuple[Resolution, ...]:
    decision = asked.p.decisions.get(asked.subject_id)
    return decision.resolutions if decision else ()


FORMS = (CallIn, Close, Agree)
