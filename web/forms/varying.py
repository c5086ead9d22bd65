"""Forms about changes of a contract: what a report asks for, its notice, and making the change."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from domain.change_notice import PublishChangeNotice
from domain.changes import change_of, months_said, said
from domain.effects import VaryContract
from domain.grounds import ALTERED, GROUNDS, Ground
from domain.messages import Command
from domain.procurement import Procurement
from domain.thresholds import below_threshold
from domain.variation import ChangeContract
from domain.wording import amount, long_day
from web.forms.base import YES_NO, ActForm, Answers, Asked, Field, day_value
from web.forms.kinds import At, Kind
from web.forms.money import money_fields, optional_money
from web.forms.public_notices import identifier_of, identifiers

NEW, MONTHS = "new-amount", "more-months"
SAID = "Leave it empty where the recommendation says it"
TOGETHER = "Changes on one ground are measured together. Empty where they should be"
BELOW = "Below the threshold none is needed, unless the change lifts the contract to it"
ALREADY = "Only where it was changed already: the approval is then marked as retrospective"


def fields(at: At) -> list[Field]:
    """Questions about the change. How much it adds is nobody's to type: that is worked out."""
    was: VaryContract | None = at.was
    regime, contract = at.asked.p.regime, at.asked.p.contract
    known = _grounds(at.asked.p)
    grounds = [(key, _named(one.says, one.law)) for key, one in GROUNDS[regime].items()]
    grounds = [one for one in grounds if one[0] in known]
    now = f" It is {amount(contract.amount)} now." if contract else ""
    hint = f"The whole, and not the difference. Empty where it stays as it is.{now}"
    label, before = "New amount of the whole contract", was.amount if was else None
    months = str(was.months) if was else "0"
    small = BELOW if "none-needed" in known else ""
    found = [
        at.field("scope", "What is changed", "textarea", SAID, was.scope if was else ""),
        *money_fields(f"{NEW}{at.end}", label, at.asked, was=before, hint=hint),
        at.field(MONTHS, "Months added to the term", "number", "-6 takes 6 from it", months),
        at.field(
            "change-ground", "Legal ground", "select", small, was.ground if was else "", grounds
        ),
        at.field("because", "Why this ground applies", "textarea", "", was.because if was else ""),
    ]
    for key, words in ALTERED.items():
        value = "yes" if was and key in was.alters else "no"
        label = f"Is it a change that {words}?"
        found.append(at.field(f"alters-{key}", label, "radios", "", value, YES_NO))
    label = "Why it could not have been made with earlier ones"
    since = day_value(was.since) if was else ""
    return [
        *found,
        at.field("apart", label, "text", TOGETHER, was.apart if was else ""),
        at.field("since", "Changed from", "day", ALREADY, since),
    ]


def _grounds(p: Procurement) -> list[Ground]:
    """Those that the law knows. That none is needed is offered below the threshold only."""
    small = below_threshold(p)
    return [one for one in GROUNDS[p.regime] if small or one != "none-needed"]


def _named(says: str, law: str) -> str:
    return f"{says[0].upper()}{says[1:]} ({law})"


def effect(at: At, answers: Answers) -> VaryContract:
    """The change that was filled in."""
    end = at.end
    scope = answers.optional(f"scope{end}") or at.words
    if not scope:
        answers.mistakes[f"scope{end}"] = "Enter what is changed"
    known = _grounds(at.asked.p)
    ground = answers.one_of(f"change-ground{end}", "a legal ground", known)
    return VaryContract(
        scope or "-",
        cast(Ground, ground),
        answers.text(f"because{end}", "why the ground applies", most=2000),
        optional_money(f"{NEW}{end}", "the new amount", answers, "exact", at.was and at.was.amount),
        answers.whole(f"{MONTHS}{end}", "the months that are added", -600, 600),
        tuple(one for one in ALTERED if answers.sent.get(f"alters-{one}{end}") == "yes"),
        answers.optional(f"apart{end}"),
        answers.day_if_any(f"since{end}", "from when it was changed"),
    )


def sketched(at: At) -> VaryContract:
    """The change as far as it is filled in: by what it makes of the contract, it finds its way."""
    if not at.asked.sent and at.was:
        found: VaryContract = at.was
        return found
    answers = Answers({f"{MONTHS}{at.end}": "0", **at.asked.sent})
    return effect(at, answers)


KIND = Kind(
    VaryContract,
    "A change of the contract",
    fields,
    effect,
    words=lambda one, _: f"Change the contract: {one.scope}",
)


def _resolved(asked: Asked) -> tuple[UUID, str, VaryContract | None]:
    """The resolution that the form is about, by its decision and letter."""
    first, _, label = asked.subject.partition(" ")
    for decision, r, change in asked.p.resolved(VaryContract):
        if (str(decision.id), r.label) == (first, label):
            return decision.id, label, change
    return UUID(int=0), label or "-", None


class Make(ActForm):
    act = "vary-contract"
    title = "Change the contract"
    button = "Change the contract"

    @staticmethod
    def intro(asked: Asked) -> str:
        _, _, change = _resolved(asked)
        if change is None or asked.p.contract is None:
            return ""
        words = [said(change_of(change, asked.p.contract)), months_said(change.months)]
        found = f"{change.scope}. The contract: {'; '.join(filter(None, words))}."
        since = change.since
        return f"{found} In retrospect: changed from {long_day(since)}." if since else found

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        decision, label, _ = _resolved(asked)
        return ChangeContract(asked.case, decision, label)


class Announce(ActForm):
    act = "publish-change-notice"
    title = "Publish the notice of a change"
    button = "Record the notice"

    @staticmethod
    def intro(asked: Asked) -> str:
        _, _, change = _resolved(asked)
        what = f": {change.scope}" if change else ""
        return f"Record that the notice of this change was published today{what}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return identifiers(asked)

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        decision, label, _ = _resolved(asked)
        return PublishChangeNotice(asked.case, decision, label, identifier_of(answers))


FORMS = (Make, Announce)
