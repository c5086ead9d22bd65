"""Forms about the standstill: summaries, award notices, representations and claims."""

from __future__ import annotations

from typing import Literal, cast

from domain.claims import EndClaim, RecordClaim
from domain.indicators import SetPerformanceIndicators
from domain.messages import Command
from domain.no_standstill import exempt
from domain.regimes import Notices, standstill
from domain.representations import RecordRepresentation, ReviewRepresentation
from domain.standstill import SendAssessmentSummaries, SendAwardNotices
from domain.thresholds import below_threshold
from domain.wording import listed, long_day
from web.forms.base import ActForm, Answers, Asked, Field, day_value
from web.forms.public_notices import identifier_of, identifiers

MEANS = (
    ("electronic", "Electronically: ten days"),
    ("other", "By post: fifteen days, or ten from receipt if that is sooner"),
    ("mixed", "Both: the later of the two"),
)
REVIEWED = (
    ("stands", "The award stands: the standstill lasts five more working days at least"),
    ("goes-back", "It goes back to an earlier step: the award is notified again"),
)
ENDED = (
    ("lifted-by-the-court", "The court lifted the suspension"),
    ("disposed-of", "The claim was disposed of"),
)


class Summarise(ActForm):
    act = "send-assessment-summaries"
    title = "Record the assessment summaries"

    @staticmethod
    def intro(asked: Asked) -> str:
        ranking = asked.p.evaluation.ranking if asked.p.evaluation else ()
        names = listed([one.tenderer for one in ranking])
        return f"Record that {names} were each sent an assessment summary today."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return SendAssessmentSummaries(asked.case)


class Indicate(ActForm):
    act = "set-performance-indicators"
    title = "Set the performance indicators"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("indicators", "Performance indicators", "textarea", "One to a line, at least 3"),
            Field("none", "Or why none would fit", "textarea"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        lines = map(str.strip, answers.optional("indicators").splitlines())
        return SetPerformanceIndicators(
            asked.case, tuple(filter(None, lines)), answers.optional("none")
        )


class Notify(ActForm):
    act = "send-award-notices"
    title = "Record the award notices"

    @staticmethod
    def intro(asked: Asked) -> str:
        day, why = asked.context.day, exempt(asked.p, asked.context.day)
        names = [one.tenderer for one in asked.p.evaluation.ranking] if asked.p.evaluation else []
        count = standstill(asked.p.regime, Notices(day), asked.context.calendar)
        how = {
            "pcr2015": f"Sent electronically today, {long_day(day)}, to {listed(names)}",
            "pa2023": f"With the contract award notice (UK6) published today, {long_day(day)}"
            if not below_threshold(asked.p)
            else f"Told to all who tendered today, {long_day(day)}",
            "psr2023": f"With the notice of the intended award published today, {long_day(day)}",
        }[asked.p.regime]
        free = f"The law asks for no standstill: this is {why}. One can be held freely. "
        return (
            f"{free if why else ''}{how}: the standstill ends with {long_day(count.last_day)}, "
            f"and the contract may be signed from {long_day(count.day_after)}."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        found = []
        if exempt(asked.p, asked.context.day):
            options = (("yes", "Hold a voluntary standstill"), ("no", "Only what was decided on"))
            found.append(Field("voluntary", "Standstill", "radios", "", "no", options))
        if asked.p.regime != "pcr2015":
            return [*found, *(() if below_threshold(asked.p) else identifiers(asked))]
        hint = "With both ways only"
        return [
            *found,
            Field("means", "How the notices were sent", "radios", options=MEANS),
            Field("otherwise", "When the last notice by post was sent", "day", hint),
            Field("received", "When the last of those arrived, if known", "day", "Not needed"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        voluntary = "voluntary" in answers.sent and answers.sent["voluntary"] == "yes"
        if asked.p.regime != "pcr2015":
            called = identifier_of(answers)
            return SendAwardNotices(asked.case, voluntary=voluntary, identifier=called)
        means = answers.one_of("means", "how the notices were sent", [key for key, _ in MEANS])
        mixed, posted = means == "mixed", means != "electronic"
        otherwise = answers.day("otherwise", "when the last was posted") if mixed else None
        arrived = posted and any(answers.sent.get(f"received-{one}") for one in PARTS)
        return SendAwardNotices(
            asked.case,
            cast(Literal["electronic", "other", "mixed"], means),
            otherwise,
            answers.day("received", "when the last one arrived") if arrived else None,
            voluntary,
        )


PARTS = ("day", "month", "year")


class Represent(ActForm):
    act = "record-representation"
    title = "Record a representation"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        hint = "In writing, and received today"
        return [
            Field("provider", "Which provider", "text"),
            Field("about", "What is represented", "textarea", hint),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        provider = answers.text("provider", "which provider represents")
        return RecordRepresentation(asked.case, provider, answers.text("about", "what it is about"))


class Review(ActForm):
    act = "review-representation"
    title = "Record the review of a representation"

    @staticmethod
    def intro(asked: Asked) -> str:
        return f"The further decision is told to {asked.subject} today."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("outcome", "What was decided", "radios", options=REVIEWED),
            Field("because", "Why", "textarea"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        outcome = answers.one_of("outcome", "what was decided", [key for key, _ in REVIEWED])
        stands = cast(Literal["stands", "goes-back"], outcome)
        because = answers.text("because", "why")
        return ReviewRepresentation(asked.case, asked.subject or "-", stands, because)


class Claimed(ActForm):
    act = "record-claim"
    title = "Record a claim against the award"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        today = day_value(asked.context.day)
        return [
            Field("claimant", "Who claims", "text"),
            Field("issued", "When the court issued the claim", "day"),
            Field("notified", "When the authority was notified of it", "day", value=today),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return RecordClaim(
            asked.case,
            answers.text("claimant", "who claims"),
            answers.day("issued", "when the claim was issued"),
            answers.day("notified", "when the authority was notified"),
        )


class Ended(ActForm):
    act = "end-claim"
    title = "Record the end of a claim"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("how", "How it ended", "radios", options=ENDED)]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        how = answers.one_of("how", "how it ended", [key for key, _ in ENDED])
        ending = cast(Literal["lifted-by-the-court", "disposed-of"], how)
        return EndClaim(asked.case, asked.subject or "-", ending)


FORMS = (Summarise, Indicate, Notify, Represent, Review, Claimed, Ended)
