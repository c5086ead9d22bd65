"""Forms for a key decision with less notice: general exception, special urgency, its report."""

from __future__ import annotations

from collections.abc import Callable

from domain.messages import Command
from domain.procurement import Procurement, others
from domain.short_notice import (
    AgreeSpecialUrgency,
    NotifyGeneralException,
    ReportSpecialUrgency,
    chairs,
    exception_after,
    unreported,
)
from domain.wording import listed, long_day
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import also
from web.forms.in_order import asked_before, passed_over

TOLD = (("chair", "The chair of the scrutiny committee"), ("members", "Every member of it"))


class Except(ActForm):
    act = "notify-general-exception"
    title = "Give notice under the general exception"
    button = "Publish the notice"

    @staticmethod
    def intro(asked: Asked) -> str:
        day = long_day(exception_after(asked.context.day, asked.context))
        return f"5 clear days have to pass: given today, it can be decided from {day}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        chairless = "Only where every member was told"
        return [
            Field("told", "Who was told in writing", "radios", options=TOLD),
            Field("no_chair", "Why there is no chair to tell", "text", chairless),
            Field("reasons", "Why 28 clear days are impracticable", "textarea"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        told = answers.one_of("told", "who was told", [one for one, _ in TOLD])
        return NotifyGeneralException(
            asked.case,
            asked.subject or "-",
            "chair" if told == "chair" else "members",
            answers.text("reasons", "why 28 clear days are impracticable"),
            answers.optional("no_chair"),
            also=_lacking(asked, lambda one: asked.subject in one.exceptions),
        )


class Urgent(ActForm):
    act = "agree-special-urgency"
    title = "Agree that the decision is specially urgent"
    button = "Agree, and publish the reasons"

    @staticmethod
    def intro(asked: Asked) -> str:
        order = listed([asked.context.offices.title(one) for one in chairs(asked.context)], "then")
        return f"The key decision can then be taken without notice. Who is asked: {order}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("reasons", "Why the decision cannot wait", "textarea"),
            *asked_before(chairs(asked.context), asked),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return AgreeSpecialUrgency(
            asked.case,
            asked.subject or "-",
            answers.text("reasons", "why the decision cannot wait"),
            passed_over(chairs(asked.context), answers),
            also=_lacking(asked, lambda one: one.urgent(asked.subject or "-")),
        )


class Report(ActForm):
    act = "report-special-urgency"
    title = "Report the urgent decision to the council"
    button = "Record that it was reported"

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        told = [one.decision for one in unreported(asked.p) if one.gateway == asked.subject]
        mine = asked.p.decisions.get(told[0]) if told and told[0] else None
        rest = tuple(
            one
            for one in (others(mine.procurements, asked.p) if mine else ())
            if any(
                urgency.gateway == asked.subject
                for urgency in unreported(asked.house.procurement(one))
            )
        )
        return ReportSpecialUrgency(asked.case, asked.subject or "-", also=rest)


def _lacking(asked: Asked, has: Callable[[Procurement], bool]) -> tuple[str, ...]:
    """The other procurements of the report that waits, where this has not been done yet."""
    report = asked.p.open_report
    mine = report and asked.subject in (report.gateway, *report.combines)
    rest = also(report if mine else None, asked)
    return tuple(one for one in rest if not has(asked.house.procurement(one)))


FORMS = (Except, Urgent, Report)
