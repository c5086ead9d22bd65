"""A case like the demo's of Herefordshire, step by step: imported, decided, open to call-in."""

from __future__ import annotations

from datetime import date

from domain.answers import Answer
from domain.call_in import RecordCallIn
from domain.contract import SignContract
from domain.decisions import TakeDecision
from domain.effects import AwardContract
from domain.opening import OpenProcurement
from domain.publication import PublishDecision
from domain.reports import PutUpReport
from domain.values import Term, When, procurement_id
from tests.domain.cases import DECISION_ID, PAPERS, REJECTED, REPORT_ID, asks, exactly, members
from tests.scenario import holder, step

REFERENCE = "herefordshire-2017-9"
CASE = procurement_id(REFERENCE)
OFFICER = holder("herefordshire/commissioning-officer")
CLERK = holder("herefordshire/democratic-services")
CABINET_MEMBER = holder("herefordshire/cabinet-member-health-and-wellbeing")
SOURCE = "Herefordshire Council, decision of 15 December 2017"
AWARD = AwardContract("Imosphere", exactly("154203"), date(2018, 1, 1), 60, direct=True)
OPEN = step(
    OpenProcurement(
        CASE,
        REFERENCE,
        "Resource allocation system",
        "Licences for five more years",
        "Software licences",
        "pcr2015",
        value=exactly("154203"),
        term=Term(date(2018, 1, 1), 60),
    ),
    OFFICER,
    When(date(2017, 12, 8), "unknown", "the first date on the record"),
    SOURCE,
)
REPORT = step(
    PutUpReport(
        CASE,
        REPORT_ID,
        "award",
        "key",
        "Direct award",
        "herefordshire/cabinet-member-health-and-wellbeing",
        (asks(AWARD),),
        PAPERS,
        class_reason="The published record says that the decision is key, not why",
    ),
    OFFICER,
    date(2017, 12, 8),
    SOURCE,
)
DECISION = step(
    TakeDecision(CASE, REPORT_ID, DECISION_ID, (Answer("a", "agreed"),), "Ours", REJECTED),
    CABINET_MEMBER,
    date(2017, 12, 15),
    SOURCE,
)
PUBLISHED = step(
    PublishDecision(CASE, DECISION_ID, date(2017, 12, 22)), CLERK, date(2017, 12, 15), SOURCE
)
CALL_IN = step(
    RecordCallIn(CASE, DECISION_ID, members("m1", "m2", "m3"), "Too dear"),
    CLERK,
    date(2017, 12, 21),
)
SIGNED = step(
    SignContract(CASE, "Imosphere", exactly("154203"), date(2018, 1, 1), 60),
    OFFICER,
    date(2017, 12, 22),
    SOURCE,
)
DECIDED = (OPEN, REPORT, DECISION)
