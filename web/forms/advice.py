"""The form in which what a body recommends is recorded."""

from __future__ import annotations

from typing import Literal, cast

from domain.messages import Command
from domain.recommending import Recommend
from domain.reported import Advice, Recommendation, Report
from domain.routes import way_of
from domain.wording import lettered
from projections.sentences import VIEWS
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import also, named
from web.forms.meeting import meeting_field, met_of

View = Literal["supported", "supported-as-amended", "not-supported"]


class RecommendForm(ActForm):
    act = "recommend"
    title = "Record a recommendation"
    button = "Record the recommendation"

    @staticmethod
    def report(asked: Asked) -> Report | None:
        return asked.p.reports.get(named(asked)[0])

    @staticmethod
    def intro(asked: Asked) -> str:
        report, body = asked.p.reports.get(named(asked)[0]), named(asked)[1]
        way = way_of(report, asked.p, asked.context) if report else None
        if way is None:
            return ""
        offices = asked.context.offices
        name, decider = offices.title(body), offices.title(way.decided_by)
        return f"{name} recommends, {decider} decides. A recommendation opens no gateway."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        options = [(key, one.capitalize()) for key, one in VIEWS.items()]
        found = []
        for one in _recommendations(asked):
            letter = lettered(one.label)
            found += [
                Field(f"asks-{one.label}", f"Recommendation {letter}", "said", one.text),
                Field(
                    f"view-{one.label}",
                    f"What the body says to {letter}",
                    "radios",
                    options=options,
                ),
                Field(f"wording-{one.label}", "Wording as amended", "textarea", "Only if amended"),
                Field(f"reason-{one.label}", "Reason", "textarea", "Needed unless supported"),
            ]
        reasons = Field("reasons", "What the body resolved, and why", "textarea")
        return [meeting_field(asked.context), *found, reasons]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        number, body = named(asked)
        advice = tuple(_advice(one, answers) for one in _recommendations(asked))
        reasons = answers.text("reasons", "what was resolved, and why")
        report = asked.p.reports.get(number)
        met = met_of(report, asked.p, asked.context, answers) if report else None
        given = (body or "-/-", advice, reasons, met)
        return Recommend(asked.case, number, *given, also=also(report, asked))


def _recommendations(asked: Asked) -> tuple[Recommendation, ...]:
    report = asked.p.reports.get(named(asked)[0])
    return report.recommendations if report else ()


def _advice(one: Recommendation, answers: Answers) -> Advice:
    label = one.label
    view = answers.one_of(f"view-{label}", f"what the body says to {lettered(label)}", list(VIEWS))
    wording, reason = answers.optional(f"wording-{label}"), answers.optional(f"reason-{label}")
    if view == "supported-as-amended" and not wording:
        answers.mistakes[f"wording-{label}"] = "Give the wording as amended"
    if view != "supported" and not reason:
        answers.mistakes[f"reason-{label}"] = "Give a reason: it is not supported as it is"
    return Advice(label, cast(View, view), wording, reason)


FORMS = (RecommendForm,)
