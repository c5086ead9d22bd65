"""The form in which finance, legal and others clear a report."""

from __future__ import annotations

from domain.clearance_rule import name_of
from domain.clearances import GiveClearance, clearances_of
from domain.messages import Command
from domain.reported import Clearing, Report
from projections.sentences import CLEARINGS
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import also, named

NO_KIND = "none"
OUTCOMES: tuple[Clearing, ...] = ("cleared", "cleared-with-comments", "not-cleared")


class Clear(ActForm):
    act = "give-clearance"
    title = "Give a clearance"
    button = "Give the clearance"

    @staticmethod
    def report(asked: Asked) -> Report | None:
        return asked.p.reports.get(named(asked)[0])

    @staticmethod
    def intro(asked: Asked) -> str:
        report, kind = Clear.report(asked), named(asked)[1]
        if report is None:
            return ""
        every = clearances_of(report, asked.p, asked.context)
        before = next((one.before for one in every if one.kind == kind), 0)
        again = f"It was given for version {before}. " if before else ""
        return (
            f"{again}This is the {name_of(kind)} clearance of version {report.version}: a new "
            "version has to be cleared again. What is not cleared cannot be decided."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        options = [(one, CLEARINGS[one].capitalize()) for one in OUTCOMES]
        hint = "What you looked at, also where all is well. It is public: nothing that is exempt"
        return [
            Field("outcome", "Is this version cleared?", "radios", options=options),
            Field("comment", "Your comments", "textarea", hint),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        report, (number, kind) = Clear.report(asked), named(asked)
        chosen = answers.one_of("outcome", "whether it is cleared", OUTCOMES)
        outcome = next(one for one in OUTCOMES if one == chosen)
        comment = answers.text("comment", "your comments")
        rest = also(report, asked)
        return GiveClearance(asked.case, number, kind or NO_KIND, outcome, comment, also=rest)


FORMS = (Clear,)
