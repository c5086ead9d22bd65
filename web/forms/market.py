"""Forms about the market: invitation and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from domain.closed import Exemption
from domain.effects import AuthoriseProcurement, Criterion
from domain.governing import commencing
from domain.market import InviteTenders, RecordEvaluation, ScoredTender
from domain.messages import Command
from domain.tendering import LEAST, SHORTER, LeastTime, least_time
from domain.values import check_share
from domain.wording import counted
from web.forms.base import ActForm, Answers, Asked, Field, day_value
from web.forms.public_notices import announcing, identifier_of

ROWS = 3
USUAL_DAYS = 30
"""The time for tenders that is suggested where the decision fixed none."""
URGENT = Field(
    "urgent",
    f"Why tenderers get less than {LEAST} days, if they do",
    "textarea",
    f"In a state of urgency {SHORTER} days are enough: say what makes more impractical",
)
ONE_TO_A_LINE = "One to a line: Quality 60"
MOST_ROWS = 30


class Invite(ActForm):
    act = "invite-tenders"
    title = "Record the invitation to tender"

    @staticmethod
    def intro(asked: Asked) -> str:
        terms = asked.p.in_effect(AuthoriseProcurement, asked.context.day)
        if terms is None:
            return ""
        days = counted(terms.tender_days, "day")
        time = (
            f"gives tenderers at least {days}" if terms.tender_days else "fixed no time for tenders"
        )
        fixed = "fixed these weights" if terms.criteria else "left the weights to the invitation"
        law = _least_time(asked)
        least = f" {law.days} days are {law.why}." if law.days else ""
        return f"The decision {time}, and {fixed}.{least}"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        terms = asked.p.in_effect(AuthoriseProcurement, asked.context.day)
        law = _least_time(asked).days
        days = max(terms.tender_days if terms else 0, law) or USUAL_DAYS
        least = asked.context.day + timedelta(days=days)
        hint = "Tenders may come in until the end of this day"
        closes = Field("closes", "Closing day", "day", hint, day_value(least))
        weights = [
            Field(f"weight-{n}", f"{one.name}, in per cent", "number", value=f"{one.weight:f}")
            for n, one in enumerate(terms.criteria if terms else (), 1)
        ]
        if not weights:
            weights = [Field("criteria", "Criteria and weights", "textarea", ONE_TO_A_LINE)]
        urgent = [URGENT] if law > SHORTER else []
        return [closes, *weights, *announcing(asked), *urgent]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        terms = asked.p.in_effect(AuthoriseProcurement, asked.context.day)
        criteria = tuple(
            Criterion(one.name, share(answers, f"weight-{n}", f"the weight of {one.name}"))
            for n, one in enumerate(terms.criteria if terms else (), 1)
        ) or criteria_of(answers)
        return InviteTenders(
            asked.case,
            answers.day("closes", "the closing day"),
            criteria,
            answers.sent.get("advertised") != "no",
            identifier_of(answers),
            answers.optional("no_engagement_notice"),
            answers.optional("urgent"),
        )


def _least_time(asked: Asked) -> LeastTime:
    begun = commencing(asked.p, asked.context.day)
    return least_time(begun, asked.context.day)


EXEMPT = Field(
    "exempt",
    "Are names and prices exempt from publication?",
    "radios",
    "Those who may not see them are then shown numbers instead. "
    "The supplier's name becomes public when the contract is signed",
    "no",
    (("no", "No"), ("yes", "Yes, financial affairs: paragraph 3")),
)


class Evaluate(ActForm):
    act = "record-evaluation"
    title = "Record the evaluation of tenders"

    @staticmethod
    def intro(asked: Asked) -> str:
        return (
            "Score each tender out of 100 on each criterion. The totals are computed from the "
            "published weights. Rows without a tenderer are left out."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        criteria = asked.p.tender.criteria if asked.p.tender else ()
        found = [
            Field("panel", "Who scored the tenders", "textarea", "One to a line: posts or bodies"),
        ]
        if asked.context.constitution.closed:
            found.append(EXEMPT)
        for n in range(1, rows(asked.sent) + 1):
            found.append(Field(f"heading-{n}", f"Tender {n}", "heading"))
            found.append(Field(f"tenderer-{n}", f"Tenderer {n}", "text"))
            found.append(Field(f"price-{n}", f"Price of tender {n}", "money"))
            for c, one in enumerate(criteria, 1):
                label = f"{one.name} of tender {n}, out of 100"
                hint = f"Weighs {one.weight.normalize():f} %"
                found.append(Field(f"score-{n}-{c}", label, "number", hint))
        return found

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        criteria = asked.p.tender.criteria if asked.p.tender else ()
        tenders = []
        for n in range(1, rows(asked.sent) + 1):
            if not answers.sent.get(f"tenderer-{n}", "").strip():
                continue
            name = answers.text(f"tenderer-{n}", "the tenderer", most=200)
            scores = {
                one.name: share(answers, f"score-{n}-{c}", f"{name}'s score for {one.name}")
                for c, one in enumerate(criteria, 1)
            }
            price = answers.pounds(f"price-{n}", f"the price of {name}")
            tenders.append(ScoredTender(name, price, scores))
        if not tenders:
            answers.mistakes["tenderer-1"] = "Enter at least one tender"
        panel = answers.text("panel", "who scored the tenders").splitlines()
        exempt = answers.sent.get("exempt") == "yes"
        exemption = Exemption("Financial affairs of the tenderers", 3) if exempt else None
        named = tuple(p for p in panel if p.strip())
        return RecordEvaluation(asked.case, tuple(tenders), named, exemption)


def criteria_of(answers: Answers, field: str = "criteria") -> tuple[Criterion, ...]:
    """Criteria with their weights, written as lines."""
    found = []
    for line in answers.text(field, "criteria and weights").splitlines():
        name, _, weight = line.strip().rstrip("% ").rpartition(" ")
        read = Answers({"weight": weight})
        weighs = share(read, "weight", "a weight")
        if read.mistakes or not name.strip():
            answers.mistakes[field] = "Give each criterion with its weight, such as Quality 60"
            return ()
        found.append(Criterion(name.strip(" :"), weighs))
    return tuple(found)


def rows(sent: Mapping[str, str]) -> int:
    """How many tenders the form has room for."""
    asked = sent.get("rows", "")
    fine = asked.isascii() and asked.isdigit() and len(asked) < 4
    return min(max(int(asked), 1), MOST_ROWS) if fine else ROWS


def share(answers: Answers, name: str, what: str) -> Decimal:
    found = answers.number(name, what)
    try:
        check_share(found)
    except ValueError:
        answers.mistakes[name] = f"Enter {what} between 0 and 100"
        return Decimal(0)
    return found


FORMS = (Invite, Evaluate)
