"""Forms about the notices of the Procurement Act 2023, and the early end of a contract."""

from __future__ import annotations

from typing import cast

from domain.competition import Ending
from domain.ending import EndContract
from domain.governing import commencing
from domain.messages import Command
from domain.noticed import Code
from domain.owed import all_owed
from domain.owed_before import why_not_unannounced
from domain.owing import Owed
from domain.public_notices import NOTICES
from domain.publishing import PublishNotice
from domain.thresholds import below_threshold
from domain.wording import long_day
from projections.sentences_of_public_notices import ENDINGS
from web.forms.base import ActForm, Answers, Asked, Field, day_value

IDENTIFIER = Field(
    "identifier",
    "What the central digital platform calls the notice",
    "text",
    "Such as 2026/S 000-012345. Leave it empty if you do not have it",
)


def identifiers(asked: Asked) -> list[Field]:
    """The question for it, where the law has notices with one."""
    return [IDENTIFIER] if asked.p.regime == "pa2023" else []


def identifier_of(answers: Answers) -> str:
    what = "what the platform calls it"
    found = answers.text("identifier", what, needed=False, most=100)
    return "" if found == "-" else found[:100]


def announcing(asked: Asked) -> list[Field]:
    """What an invitation to tender says of its notice (UK4), and of the one before it (UK2)."""
    found, begun = identifiers(asked), commencing(asked.p, asked.context.day)
    if below_threshold(begun):
        options = (("yes", "Open to all"), ("no", "Only suppliers who were chosen"))
        found.append(Field("advertised", "Who is invited", "radios", value="yes", options=options))
    if any(why_not_unannounced(begun, "")):
        label = "Why there was no preliminary market engagement notice (UK2)"
        hint = "Or publish that notice first"
        found.append(Field("no_engagement_notice", label, "textarea", hint))
    return found


class Publish(ActForm):
    act = "publish-notice"
    title = "Publish a notice"
    button = "Record the notice"

    @staticmethod
    def intro(asked: Asked) -> str:
        one = _owed(asked)
        if one is None:
            return ""
        due = f" It is due by {long_day(one.due)}." if one.due else ""
        why = f"{one.because}: it is published {one.due_by}.{due}"
        return f"Record that it was published today. {why[0].upper()}{why[1:]}"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return identifiers(asked)

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        code, _, about = asked.subject.partition(" ")
        known = cast(Code, code if code in NOTICES else "UK1")
        return PublishNotice(asked.case, known, about, identifier_of(answers))


def _owed(asked: Asked) -> Owed | None:
    code, _, about = asked.subject.partition(" ")
    found = all_owed(asked.p, asked.context)
    return next((one for one in found if (one.notice.code, one.about) == (code, about)), None)


class End(ActForm):
    act = "end-contract"
    title = "End the contract early"
    button = "Record the end"

    @staticmethod
    def intro(asked: Asked) -> str:
        if asked.p.contract is None:
            return ""
        contract = asked.p.contract
        ends, over = long_day(contract.ends), asked.context.day > contract.ends
        if contract.ended:
            said = f"Its early end is on record: its last day {'was' if over else 'is'} {ends}."
            return f"{said} An earlier last day replaces it."
        if over:
            return f"It ended by itself on {ends}. If it ended before, say when."
        said = f"It runs until {ends}, and then ends by itself. Ended early, it is not extended any"
        return f"{said} more, and not changed after its last day."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        options = [(key, f"{said[0].upper()}{said[1:]}") for key, said in ENDINGS.items()]
        return [
            Field("last", "Its last day", "day", value=day_value(asked.context.day)),
            Field("how", "How it ends", "radios", options=options),
            Field("reason", "Why", "textarea"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        how = answers.one_of("how", "how it ends", list(ENDINGS))
        return EndContract(
            asked.case,
            answers.day("last", "its last day"),
            cast(Ending, how),
            answers.text("reason", "why it ends"),
        )


FORMS = (Publish, End)
