"""Officers' decisions: under which law the record is made, and what is published with it (D8)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from domain.messages import Context
from domain.record import Decision

Function = Literal["executive", "non-executive", "not-said"]
OF_2012 = (
    "the Local Authorities (Executive Arrangements) (Meetings and Access to Information) "
    "(England) Regulations 2012"
)
OF_2014 = "the Openness of Local Government Bodies Regulations 2014"


class OfficerRecord(Struct, frozen=True):
    """Whose decision it is, under which law it is recorded, and what is published with it."""

    post: str
    function: Function
    law: str
    published: str


def officer_record(decision: Decision, context: Context) -> OfficerRecord | None:
    """What is kept of a decision by an officer; None for that of a body or a member."""
    post, offices = decision.decided_by, context.offices
    if offices.is_body(post) or offices.is_member(post):
        return None
    function = function_of(decision, context)
    return OfficerRecord(post, function, LAW[function], PUBLISHED[function])


def function_of(decision: Decision, context: Context) -> Function:
    """Whether it is a decision of the executive, as far as the constitution says it."""
    kind = context.constitution.decision_class(decision.decision_class)
    match kind.of_executive if kind else None:
        case True:
            return "executive"
        case False:
            return "non-executive"
    return "not-said"


LAW: dict[Function, str] = {
    "executive": (
        f"An executive decision of an officer, recorded under regulation 13(4) of {OF_2012}"
    ),
    "non-executive": (
        "A decision of an officer that is not executive, recorded under regulation 7 of "
        f"{OF_2014}, as it awards a contract or spends materially, or rests on delegated authority"
    ),
    "not-said": (
        "The constitution does not say whether this is a decision of the executive. If it is, it "
        f"is recorded under regulation 13(4) of {OF_2012}; if not, under regulation 7 of {OF_2014}"
    ),
}
PUBLISHED: dict[Function, str] = {
    "executive": "The record and the report, with the background papers; nothing that is exempt",
    "non-executive": "The record, with the background papers; nothing that is exempt",
    "not-said": "The record and the report, with the background papers; nothing that is exempt",
}
