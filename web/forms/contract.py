"""Forms about the contract: signature, register, phases, and giving the procurement up."""

from __future__ import annotations

from domain.abandoning import AbandonProcurement
from domain.awarded_under import authorities, why_not_exercised
from domain.closed import why_not_compare
from domain.conditions import why_not_carry_out_under
from domain.contract import PublishContract, SignContract, StartPhase
from domain.effective import award_on
from domain.effects import AwardContract
from domain.extension import TakeUpOption
from domain.messages import Command
from domain.wording import amount, counted, long_day, pounds
from web.forms.base import ActForm, Answers, Asked, Field, day_value
from web.forms.money import amount_of
from web.forms.public_notices import identifier_of, identifiers


class Sign(ActForm):
    act = "sign-contract"
    title = "Sign the contract"
    button = "Sign the contract"

    @staticmethod
    def intro(asked: Asked) -> str:
        award = asked.p.in_effect(AwardContract, asked.context.day)
        if award is None:
            return ""
        most = f" for {amount(award.amount)} at most" if award.amount.pounds else ""
        behind = authorities(asked.p).items()
        record = {one: asked.house.engine.load(one, blank) for one, blank in behind}
        # What is compared with a closed limit is said to who signs, who may see it.
        unseen = list(why_not_compare(record.values(), asked.context))
        against = [] if unseen else why_not_exercised(asked.p, record, asked.context)
        decided = award_on(asked.p, asked.context.day)
        against = [
            *against,
            *why_not_carry_out_under(decided and decided[0], asked.p, record),
        ]
        said = [f"The award is to {award.supplier}{most}. Signing is final."]
        return " ".join([*said, *(f"{one.reason}." for one in against)])

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        award = asked.p.in_effect(AwardContract, asked.context.day)
        if award is None:
            return []
        starts = max(award.starts, asked.context.day)
        price = f"{award.amount.pounds:,.2f}" if award.amount.pounds is not None else ""
        return [
            Field("amount", "Amount in the contract", "money", value=price),
            Field("starts", "First day of the contract", "day", value=day_value(starts)),
            Field("months", "Term in months", "number", value=str(award.months)),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        award = asked.p.in_effect(AwardContract, asked.context.day)
        exempt = award is not None and award.amount.basis == "exempt"
        return SignContract(
            asked.case,
            _supplier(award.supplier, asked) if award else "-",
            amount_of("amount", "the amount", answers, exempt=exempt),
            answers.day("starts", "the first day of the contract"),
            answers.whole("months", "the term in months", 1, 600),
        )


def _supplier(named: str, asked: Asked) -> str:
    """The supplier's own name, where the award names it by a number."""
    ranking = asked.p.evaluation.ranking if asked.p.evaluation else ()
    return next((one.name for one in ranking if one.tenderer == named), named)


class Publish(ActForm):
    act = "publish-contract"
    title = "Publish the contract"

    @staticmethod
    def intro(asked: Asked) -> str:
        law = " and published as the law asks (UK7)" if asked.p.regime == "pa2023" else ""
        where = "in the public register of contracts"
        return f"Record that the contract was entered today {where}{law}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return identifiers(asked)

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return PublishContract(asked.case, identifier_of(answers))


class Start(ActForm):
    act = "start-phase"
    title = "Start a phase"
    button = "Start the phase"

    @staticmethod
    def intro(asked: Asked) -> str:
        number = _number(asked)
        if not 1 <= number <= len(asked.p.phases):
            return ""
        phase = asked.p.phases[number - 1]
        most = f", up to {pounds(phase.amount.pounds)}" if phase.amount.pounds else ""
        return f"Phase {number}: {phase.purpose}{most}. From today its money may be spent."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return StartPhase(asked.case, _number(asked))


def _number(asked: Asked) -> int:
    fine = asked.subject.isascii() and asked.subject.isdigit() and len(asked.subject) < 4
    return int(asked.subject) if fine else 0


class Extend(ActForm):
    act = "extend-contract"
    title = "Extend the contract"
    button = "Extend the contract"

    @staticmethod
    def intro(asked: Asked) -> str:
        contract, option = asked.p.contract, _number(asked)
        if contract is None or not 1 <= option <= len(contract.term.extensions):
            return ""
        months = counted(contract.term.extensions[option - 1], "month")
        ends = long_day(contract.term.ends_after(option))
        return f"Option {option}: {months} more. The contract then ends on {ends}."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return TakeUpOption(asked.case, max(_number(asked), 1))


class Abandon(ActForm):
    act = "abandon-procurement"
    title = "Abandon the procurement"
    button = "Abandon the procurement"

    @staticmethod
    def intro(asked: Asked) -> str:
        return "This ends the procurement. Its record stays, and what its awards drew goes back."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("reason", "Why", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return AbandonProcurement(asked.case, answers.text("reason", "why it is abandoned"))


FORMS = (Sign, Publish, Start, Extend, Abandon)
