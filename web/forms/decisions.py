"""Forms about a decision once taken: its publication."""

from __future__ import annotations

from domain.messages import Command
from domain.procurement import others
from domain.publication import PublishDecision
from web.forms.base import ActForm, Answers, Asked


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
        return PublishDecision(asked.case, asked.subject_id, also=also(asked))


def also(asked: Asked) -> tuple[str, ...]:
    """The other procurements that the decision concerns."""
    decision = asked.p.decisions.get(asked.subject_id)
    return others(decision.procurements, asked.p) if decision else ()


FORMS = (Publish,)
