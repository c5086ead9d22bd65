"""Forms about a report once it is put up: publish it, take it back, give notice."""

from __future__ import annotations

from domain.messages import Command
from domain.notices import PublishKeyDecisionNotice, earliest_after
from domain.report_acts import PublishReport
from domain.withdrawing import WithdrawReport
from domain.wording import long_day
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import also


class Withdraw(ActForm):
    act = "withdraw-report"
    title = "Withdraw the report"
    button = "Withdraw the report"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("reason", "Why", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        reason = answers.text("reason", "why it is withdrawn")
        report = asked.p.reports.get(asked.subject_id)
        return WithdrawReport(asked.case, asked.subject_id, reason, also=also(report, asked))


class Publish(ActForm):
    act = "publish-report"
    title = "Publish the report"
    button = "Publish the report"

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        report = asked.p.reports.get(asked.subject_id)
        return PublishReport(asked.case, asked.subject_id, also=also(report, asked))


class Notice(ActForm):
    act = "publish-key-decision-notice"
    title = "Publish the notice of a key decision"
    button = "Publish the notice"

    @staticmethod
    def intro(asked: Asked) -> str:
        day = long_day(earliest_after(asked.context.day, asked.context.calendar))
        return f"28 clear days have to pass: published today, it can be decided from {day}."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        report = asked.p.open_report
        mine = report and asked.subject in (report.gateway, *report.combines)
        rest = tuple(
            one
            for one in also(report if mine else None, asked)
            if asked.subject not in asked.house.procurement(one).notices
        )
        return PublishKeyDecisionNotice(asked.case, asked.subject or "-", also=rest)


FORMS = (Withdraw, Publish, Notice)
