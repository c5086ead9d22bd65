"""Forms about reports: put one up, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid5

from msgspec.structs import replace

from domain.effects import AwardContract
from domain.messages import Command
from domain.notices import PublishKeyDecisionNotice, earliest_after
from domain.record import Alternative, Document, Recommendation
from domain.report_acts import PublishReport, WithdrawReport
from domain.reports import PutUpReport
from domain.routes import together, way_for
from domain.suggesting import suggest, suggest_class
from domain.wording import long_day
from web.forms.base import ActForm, Answers, Asked, Field

ALTERNATIVES = 2


class PutUp(ActForm):
    act = "put-up-report"
    title = "Put up a report"
    button = "Put up the report"

    @staticmethod
    def intro(asked: Asked) -> str:
        gateway = asked.context.constitution.gateway(asked.subject)
        if gateway is None:
            return ""
        kind = suggest_class(gateway, asked.p, asked.context)
        found = asked.context.constitution.decision_class(kind)
        route = way_for(asked.subject, kind, together([asked.p]), asked.context)
        who = asked.context.offices.title(route.decided_by) if route else "nobody"
        name = found.title.lower() if found else kind
        open_ = "open" if found and found.call_in else "not open"
        return f"It goes to {who}, as a {name}, {open_} to call-in."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        gateway = asked.context.constitution.gateway(asked.subject)
        if gateway is None:
            return []
        asks = suggest(gateway, asked.p, asked.context)
        title = f"{asked.p.title}: {gateway.title.lower()}"
        found = [Field("title", "Title", "text", value=title)]
        found += [
            Field(f"asks-{a.label}", f"Recommendation ({a.label})", "said", a.text) for a in asks
        ]
        hint = "What the decision maker should know. Headings, lists and tables in Markdown work"
        found.append(Field("body", "The report", "textarea", hint))
        found.append(Field("implications", "Resource implications", "textarea"))
        if _direct(asks):
            hint = "An award without competition names it, such as regulation 32(2)(b)(ii)"
            found.append(Field("ground", "Legal ground", "text", hint))
        hint = "Needed where the value alone would make it another kind"
        found.append(Field("class_reason", "Why the decision is of this kind", "text", hint))
        for n in range(1, ALTERNATIVES + 1):
            left = " (may be left empty)" if n > 1 else ""
            found.append(Field(f"option-{n}", f"Alternative {n}{left}", "text"))
            found.append(Field(f"why-{n}", f"Why alternative {n} is not recommended{left}", "text"))
        return found

    @staticmethod
    def papers(asked: Asked, answers: Answers) -> Sequence[bytes]:
        title = answers.text("title", "a title", most=300)
        body = answers.text("body", "the report", most=100_000)
        return (f"# {title}\n\n*{long_day(asked.context.day)}*\n\n{body}\n".encode(),)

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        rules = asked.context.constitution
        gateway = rules.gateway(asked.subject)
        kind = suggest_class(gateway, asked.p, asked.context) if gateway else "-"
        route = way_for(asked.subject, kind, together([asked.p]), asked.context)
        title = answers.text("title", "a title", most=300)
        alternatives = tuple(
            Alternative(
                answers.text(f"option-{n}", f"alternative {n}", most=500),
                answers.text(f"why-{n}", f"why alternative {n} is not recommended", most=2000),
            )
            for n in range(1, ALTERNATIVES + 1)
            if n == 1 or answers.optional(f"option-{n}") or answers.optional(f"why-{n}")
        )
        (paper,) = PutUp.papers(asked, answers)
        return PutUpReport(
            asked.case,
            uuid5(asked.case, answers.sent.get("command", "")),
            asked.subject or "-",
            kind or "-",
            title,
            route.decided_by if route else "nobody/nobody",
            _asks(asked, answers),
            (Document(title, sha256(paper).hexdigest()),),
            answers.optional("class_reason"),
            alternatives,
            answers.optional("implications"),
        )


def _direct(asks: tuple[Recommendation, ...]) -> bool:
    return any(isinstance(one.effect, AwardContract) and one.effect.direct for one in asks)


def _asks(asked: Asked, answers: Answers) -> tuple[Recommendation, ...]:
    """What the record suggests, with the legal ground that was filled in."""
    gateway = asked.context.constitution.gateway(asked.subject)
    found = suggest(gateway, asked.p, asked.context) if gateway else ()
    if not _direct(found):
        return found
    ground = answers.text("ground", "the legal ground", most=500)
    return tuple(
        replace(one, effect=replace(one.effect, ground=ground))
        if isinstance(one.effect, AwardContract)
        else one
        for one in found
    )


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
        return WithdrawReport(asked.case, asked.subject_id, reason)


class Publish(ActForm):
    act = "publish-report"
    title = "Publish the report"
    button = "Publish the report"

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return PublishReport(asked.case, asked.subject_id)


class Notice(ActForm):
    act = "publish-key-decision-notice"
    title = "Publish the notice of a key decision"
    button = "Publish the notice"

    @staticmethod
    def intro(asked: Asked) -> str:
        day = long_day(earliest_after(asked.context.day))
        return f"28 clear days have to pass: published today, it can be decided from {day}."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return PublishKeyDecisionNotice(asked.case, asked.subject or "-")


FORMS = (PutUp, Withdraw, Publish, Notice)
