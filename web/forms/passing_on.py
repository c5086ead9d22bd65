"""Forms about a part of delegated authority: pass it on, take it back."""

from __future__ import annotations

from domain.delegation import Delegation, delegation_id
from domain.effects import DelegateAuthority
from domain.messages import Command
from domain.passing_on import PassOnAuthority, TakeBackAuthority
from domain.procurement import others
from domain.reported import Under
from domain.wording import pounds
from web.balance import balance_of
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import named
from web.forms.money import money_fields, money_of


def authority_of(asked: Asked) -> Delegation:
    """The authority that the subject names: its decision, its letter, and perhaps a part."""
    decision, rest = named(asked)
    return asked.house.delegation(delegation_id(decision, rest.partition(" ")[0]))


class PassOn(ActForm):
    act = "pass-on-authority"
    title = "Pass on a part of delegated authority"
    button = "Pass it on"

    @staticmethod
    def intro(asked: Asked) -> str:
        one = authority_of(asked)
        if not one.version:
            return ""
        under = Under(one.procurements[0], one.decision, one.label)
        balance = balance_of(asked.house, under, asked.context, closed=asked.closed)
        left = f" Left of it today: {pounds(balance.left)}." if balance.left is not None else ""
        return (
            "Whoever gets a part decides personally, after the same consultation. What they award "
            f"is drawn on the one balance.{left} You may take it back, and so may who gave it."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [
            Field("to", "To which post", "select", options=_posts(asked)),
            *money_fields("up-to", "Up to", asked, was=None),
            Field("reason", "For what, and why", "textarea"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        one = authority_of(asked)
        return PassOnAuthority(
            asked.case,
            one.decision,
            one.label or "-",
            answers.one_of("to", "a post", [key for key, _ in _posts(asked)]),
            money_of("up-to", "the amount", answers, "up-to"),
            answers.text("reason", "for what it is passed on"),
            also=others(one.procurements, asked.p),
        )


def _posts(asked: Asked) -> list[tuple[str, str]]:
    """Every post but the one that holds the authority."""
    mine: DelegateAuthority = authority_of(asked).terms
    posts = asked.context.offices.acting
    return [(one.id, one.title) for one in posts if not one.body and one.id != mine.delegate]


class TakeBack(ActForm):
    act = "take-back-authority"
    title = "Take back a part of delegated authority"
    button = "Take it back"

    @staticmethod
    def intro(asked: Asked) -> str:
        return "From now on nothing can be decided under this part. What was decided stands."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("reason", "Why", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        one, part = authority_of(asked), asked.subject.rpartition(" ")[2]
        return TakeBackAuthority(
            asked.case,
            one.decision,
            one.label or "-",
            int(part) if part.isascii() and part.isdigit() and len(part) < 4 else 0,
            answers.text("reason", "why it is taken back"),
            also=others(one.procurements, asked.p),
        )


FORMS = (PassOn, TakeBack)
