"""The form by which a member who decides alone hands a report over."""

from __future__ import annotations

from domain.handing_over import HandOverReport
from domain.messages import Command
from domain.routes import Way, way_of
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import also


class HandOver(ActForm):
    act = "hand-over-report"
    title = "Hand the matter over"
    button = "Hand the matter over"

    @staticmethod
    def intro(asked: Asked) -> str:
        way = _way(asked)
        if way is None or way.hands_over_to is None:
            return ""
        name = asked.context.offices.title(way.hands_over_to)
        return f"{name} then decides. You take no other step, even with a dispensation."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("interest", "Which interest you have", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        way, report = _way(asked), asked.p.reports.get(asked.subject_id)
        to = way.hands_over_to if way else None
        interest = answers.text("interest", "which interest you have")
        rest = also(report, asked)
        return HandOverReport(asked.case, asked.subject_id, to or NOBODY, interest, also=rest)


NOBODY = "nobody/nobody"


def _way(asked: Asked) -> Way | None:
    report = asked.p.reports.get(asked.subject_id)
    return way_of(report, asked.p, asked.context) if report else None


FORMS = (HandOver,)
