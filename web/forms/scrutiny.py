"""Forms about a decision that was not treated as key: a report is required, and made (D1)."""

from __future__ import annotations

from domain.messages import Command
from domain.not_key import ReportToCouncil, RequireReportToCouncil
from domain.procurement import others
from domain.record import Decision
from domain.wording import when
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import named


def _decision(asked: Asked) -> Decision | None:
    return asked.p.decisions.get(named(asked)[0])


def _rest(asked: Asked) -> tuple[str, ...]:
    found = _decision(asked)
    return others(found.procurements, asked.p) if found else ()


class Require(ActForm):
    act = "require-report-to-council"
    title = "Require a report to the council"

    @staticmethod
    def intro(asked: Asked) -> str:
        return "For a decision that was not treated as key, where scrutiny thinks it ought to be."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("because", "Why it should have been treated as key", "textarea"),
            Field("due", "Day by which it is reported", "day"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        because = answers.text("because", "why it should have been treated as key")
        due = answers.day("due", "the day by which it is reported")
        return RequireReportToCouncil(asked.case, named(asked)[0], because, due, also=_rest(asked))


class Report(ActForm):
    act = "report-to-council"
    title = "Report to the council on a decision that was not key"
    button = "Record that it was reported"

    @staticmethod
    def intro(asked: Asked) -> str:
        if (found := _decision(asked)) is None:
            return ""
        who = asked.context.offices.title(found.decided_by)
        about = asked.p.reports[found.report].title
        reasons = found.reasons or "none on record"
        said = f"The report gives the decision on “{about}”, by {who}, {when(found.on)}"
        return f"{said}; its reasons: {reasons}"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("why_not_key", "Why it was not treated as key", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        why = answers.text("why_not_key", "why it was not treated as key")
        return ReportToCouncil(asked.case, named(asked)[0], why, also=_rest(asked))


FORMS = (Require, Report)
