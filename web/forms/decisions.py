"""Forms about a decision once taken: publication, call-in and its outcome."""

from __future__ import annotations

from typing import cast

from domain.call_in import CloseCallIn, RecordCallIn
from domain.messages import Command
from domain.procurement import others
from domain.publication import PublishDecision
from domain.record import CallInOutcome, Resolution
from domain.wording import counted, lettered, long_day
from projections.sentences import CALL_IN_OUTCOMES
from web.forms.base import ActForm, Answers, Asked, Field


class Publish(ActForm):
    act = "publish-decision"
    title = "Publish the decision"
    button = "Publish the decision"

    @staticmethod
    def intro(asked: Asked) -> str:
        decision = asked.p.decisions.get(asked.subject_id)
        if decision and decision.open_to_call_in:
            return "The call-in window is counted by the rules, and shown on the next page."
        return "The decision is not open to call-in: it has effect already."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return PublishDecision(asked.case, asked.subject_id, also=_also(asked))


class CallIn(ActForm):
    act = "record-call-in"
    title = "Record a call-in"

    @staticmethod
    def intro(asked: Asked) -> str:
        rule = asked.context.constitution.call_in
        decision = asked.p.decisions.get(asked.subject_id)
        needed = counted(rule.members, "member") if rule else "some members"
        closes = (
            f" until the end of {long_day(decision.window.last_day)}"
            if (decision and decision.window)
            else ""
        )
        return f"It takes {needed}, and is possible{closes}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        hint = "One to a line: the council's number or initials for each, never a name"
        every = "Untick those that are not called in: they take effect when the window closes"
        offered = [
            (one.label, f"{lettered(one.label)} {one.wording}") for one in _resolutions(asked)
        ]
        return [
            Field("members", "Members who ask for it", "textarea", hint),
            Field("grounds", "Grounds", "textarea"),
            Field("resolutions", "Resolutions called in", "checkboxes", every, options=offered),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        members = [one.strip() for one in answers.text("members", "the members").splitlines()]
        offered = [one.label for one in _resolutions(asked)]
        return RecordCallIn(
            asked.case,
            asked.subject_id,
            tuple(one for one in members if one),
            answers.text("grounds", "the grounds"),
            answers.ticked("resolutions", "the resolutions that are called in", offered),
            also=_also(asked),
        )


class Close(ActForm):
    act = "close-call-in"
    title = "Record what became of the call-in"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        options = [(key, one.capitalize()) for key, one in CALL_IN_OUTCOMES.items()]
        return [
            Field("outcome", "Outcome", "radios", options=options),
            Field("note", "Anything to add", "textarea", "You may leave this empty"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        outcome = answers.one_of("outcome", "what became of it", list(CALL_IN_OUTCOMES))
        note = answers.optional("note")
        kind = cast(CallInOutcome, outcome)
        return CloseCallIn(asked.case, asked.subject_id, kind, note, also=_also(asked))


def _resolutions(asked: Asked) -> tuple[Resolution, ...]:
    decision = asked.p.decisions.get(asked.subject_id)
    return decision.resolutions if decision else ()


def _also(asked: Asked) -> tuple[str, ...]:
    """The other procurements that the decision concerns."""
    decision = asked.p.decisions.get(asked.subject_id)
    return others(decision.procurements, asked.p) if decision else ()


FORMS = (Publish, CallIn, Close)
