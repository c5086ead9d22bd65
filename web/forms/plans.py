"""Forms about plans: sound the market, prefer an option, waive a gateway, report back, figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast
from uuid import uuid5

from domain.appraisal import Choice, ChoosePreferredOptions
from domain.appraised import Option, Service
from domain.engagement import CloseMarketEngagement, EngageMarket
from domain.exempt import EnterExemptFigure
from domain.gateways import WaiveGateway
from domain.messages import Command
from domain.procurement import others
from domain.undertakings import DischargeUndertaking, RecordUndertaking
from domain.values import Amount, Closed, When
from web.forms.base import PERIODS, ActForm, Answers, Asked, Field
from web.forms.delegated import named

KINDS = (("soft-market-test", "A soft market test"), ("market-consultation", "A consultation"))


class Engage(ActForm):
    act = "engage-market"
    title = "Sound the market"

    @staticmethod
    def intro(asked: Asked) -> str:
        return "It informs what comes next. Nobody has to procure, and nobody has to offer."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("kind", "How", "radios", options=KINDS),
            Field("purpose", "What it is to show", "textarea"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        kind = answers.one_of("kind", "how the market is sounded", [key for key, _ in KINDS])
        purpose = answers.text("purpose", "what it is to show")
        return EngageMarket(
            asked.case, cast(Literal["soft-market-test", "market-consultation"], kind), purpose
        )


class CloseEngagement(ActForm):
    act = "close-market-engagement"
    title = "Record what the market showed"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("findings", "What it showed", "textarea"),
            Field("suppliers", "How many suppliers took part", "number", "Empty if nobody counted"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        findings = answers.text("findings", "what it showed")
        given = answers.optional("suppliers")
        suppliers = answers.whole("suppliers", "how many took part", 0, 10_000) if given else None
        return CloseMarketEngagement(asked.case, findings, suppliers)


class Choose(ActForm):
    act = "choose-preferred-options"
    title = "Record the preferred options"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        appraisal = asked.p.appraisal
        if appraisal is None:
            return []
        found = [
            Field(
                f"option-{one.id}",
                one.title,
                "radios",
                options=[(o.id, o.title) for o in appraisal.short_list(one.id)],
            )
            for one in appraisal.services
        ]
        return [*found, Field("because", "Why these", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        appraisal = asked.p.appraisal
        choices = tuple(
            _choice(one, appraisal.short_list(one.id), answers)
            for one in (appraisal.services if appraisal else ())
            if appraisal
        )
        because = answers.text("because", "why these are preferred")
        return ChoosePreferredOptions(asked.case, choices, because)


def _choice(service: Service, options: Sequence[Option], answers: Answers) -> Choice:
    allowed = [one.id for one in options] or ["none"]
    name, what = f"option-{service.id}", f"an option for {service.title}"
    return Choice(service.id, answers.one_of(name, what, allowed))


class Waive(ActForm):
    act = "waive-gateway"
    title = "Waive a gateway"
    button = "Waive it"

    @staticmethod
    def intro(asked: Asked) -> str:
        gateway = asked.context.constitution.gateway(asked.subject)
        return f"The procurement goes on without “{gateway.title}”." if gateway else ""

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("reason", "Why", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return WaiveGateway(
            asked.case, asked.subject or "-", answers.text("reason", "why it is waived")
        )


class EnterFigure(ActForm):
    act = "enter-exempt-figure"
    title = "Enter an exempt figure"

    @staticmethod
    def intro(asked: Asked) -> str:
        return "The figure is kept sealed. Rules go by it; only those who may see it are shown it."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("amount", "The figure", "money"),
            Field("per", "What it covers", "radios", value="total", options=PERIODS),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        figure = Closed(str(answers.pounds("amount", "the figure")))
        per = answers.one_of("per", "whether it is in all or a year", ("total", "year"))
        amount = Amount("exempt", per="year" if per == "year" else "total", closed=figure)
        decision, label = named(asked)
        found = asked.p.decisions.get(decision)
        rest = others(found.procurements, asked.p) if found else ()
        return EnterExemptFigure(asked.case, decision, label or "-", amount, also=rest)


class Undertake(ActForm):
    act = "record-undertaking"
    title = "Record what an officer undertook"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        posts = [(one.id, one.title) for one in asked.context.offices.acting]
        return [
            Field("what", "What was undertaken", "textarea"),
            Field("by", "Who undertook it", "select", options=posts),
            Field("to", "To whom", "select", options=posts),
            Field("due", "By when", "day", "Leave it empty where no day was said"),
            Field("once", "Once what has happened", "text", "Only if it waits for something"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        posts = [one.id for one in asked.context.offices.acting]
        due = answers.day_if_any("due", "by when")
        return RecordUndertaking(
            asked.case,
            uuid5(asked.case, answers.sent.get("command", "")),
            answers.text("what", "what was undertaken"),
            answers.one_of("by", "who undertook it", posts),
            answers.one_of("to", "to whom", posts),
            When(due) if due else None,
            answers.optional("once"),
        )


class Discharge(ActForm):
    act = "discharge-undertaking"
    title = "Report back"
    button = "Record that it is done"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("how", "What was reported, to whom and where", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        how = answers.text("how", "what was reported")
        return DischargeUndertaking(asked.case, asked.subject or "-", how)


FORMS = (Engage, CloseEngagement, Choose, Waive, EnterFigure, Undertake, Discharge)
