"""Forms about delegated authority: ask consultees, answer, stand aside, revoke."""

from __future__ import annotations

from typing import Literal, cast
from uuid import UUID

from domain.consultation import AnswerConsultation, AskConsultees, StandAside
from domain.delegating import RevokeAuthority
from domain.delegation import delegation_id
from domain.messages import Command
from domain.procurement import others
from domain.reported import Report, View
from domain.wording import listed
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.declaring import PUBLIC, declaration, declaration_of

HOW = {
    "consultation": "in consultation with: the answer is weighed",
    "agreement": "with the agreement of: an objection is a veto",
}


def named(asked: Asked) -> tuple[UUID, str]:
    """The two parts of a subject: the id of a report or decision, and what of it."""
    first, _, rest = asked.subject.partition(" ")
    try:
        return UUID(first), rest
    except ValueError:
        return UUID(int=0), rest


def also(report: Report | None, asked: Asked) -> tuple[str, ...]:
    """The other procurements that the report concerns: what is done happens in each."""
    return others(report.procurements, asked.p) if report else ()


class Ask(ActForm):
    act = "ask-consultees"
    title = "Ask the consultees"
    button = "Ask them"

    @staticmethod
    def intro(asked: Asked) -> str:
        report = asked.p.reports.get(asked.subject_id)
        consultees = report.consultees if report else ()
        new = [one for one in consultees if report and one.post not in report.consulted]
        names = listed([f"{asked.context.offices.title(one.post)} ({HOW[one.how]})" for one in new])
        return f"Asked today: {names}. Each finds it in the queue, with the report and its papers."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        report = asked.p.reports.get(asked.subject_id)
        return AskConsultees(asked.case, asked.subject_id, also=also(report, asked))


class Answer(ActForm):
    act = "answer-consultation"
    title = "Answer the consultation"
    button = "Send the answer"

    @staticmethod
    def report(asked: Asked) -> Report | None:
        return _asked(asked)[0]

    @staticmethod
    def intro(asked: Asked) -> str:
        report, post = _asked(asked)
        how = (
            next((one.how for one in report.consultees if one.post == post), None)
            if report
            else None
        )
        if report is None or how is None:
            return ""
        decider = asked.context.offices.title(report.to)
        weight = (
            f"{decider} weighs what you say, and gives reasons where the decision departs from it."
            if how == "consultation"
            else f"Without your agreement {decider} cannot agree to it."
        )
        return f"You are asked about “{report.title}”. {weight} An answer is given once."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        options = (("agrees", "I agree"), ("objects", "I object"), ("no-view", "I have no view"))
        hint = "Needed where you object. It stays on record with the decision"
        return [
            Field("view", "Your answer", "radios", options=options),
            Field("comment", "What you want to be weighed", "textarea", hint),
            *declaration(),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        report, post = _asked(asked)
        view = answers.one_of("view", "your answer", ("agrees", "objects", "no-view"))
        comment = answers.optional("comment")
        if view == "objects" and not comment:
            answers.mistakes["comment"] = "Say what stands against it: the reasons are weighed"
        number, _ = named(asked)
        interests, note = declaration_of(answers)
        said = (cast(View, view), comment, interests, note)
        return AnswerConsultation(
            asked.case, number, post or "-/-", *said, also=also(report, asked)
        )


def _asked(asked: Asked) -> tuple[Report | None, str]:
    number, post = named(asked)
    return asked.p.reports.get(number), post


class Aside(ActForm):
    act = "stand-aside"
    title = "Record that a consultee is absent or has an interest"

    @staticmethod
    def intro(asked: Asked) -> str:
        _, post = _asked(asked)
        name = asked.context.offices.title(post)
        return (
            f"No consent of {name} is taken for granted. A deputy whom the offices name for that "
            "post may answer; without one, authority has to be given afresh."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        options = (("absent", "Absent"), ("conflicted", "Has an interest"))
        return [
            Field("why", "Why", "radios", options=options),
            Field("reason", "What is known", "textarea", PUBLIC),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        report, post = _asked(asked)
        number, _ = named(asked)
        why = answers.one_of("why", "why no answer can be had", ("absent", "conflicted"))
        kind = cast(Literal["absent", "conflicted"], why)
        reason = answers.text("reason", "what is known")
        return StandAside(asked.case, number, post or "-/-", kind, reason, also=also(report, asked))


class Revoke(ActForm):
    act = "revoke-authority"
    title = "Revoke delegated authority"
    button = "Revoke it"

    @staticmethod
    def intro(asked: Asked) -> str:
        return "From now on nothing can be decided under it. What was decided stands."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        hint = "Where a body took it back: the minute in which it did"
        return [Field("reason", "Why", "textarea", hint)]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        decision, label = named(asked)
        reason = answers.text("reason", "why it is revoked")
        authority = asked.house.delegation(delegation_id(decision, label))
        rest = others(authority.procurements, asked.p)
        return RevokeAuthority(asked.case, decision, label or "-", reason, also=rest)


FORMS = (Ask, Answer, Aside, Revoke)
