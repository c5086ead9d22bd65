"""What is added in the form to what a report asks for at its gateway."""

from __future__ import annotations

from domain.effects import Effect
from web.forms.annexes import closed_fields, other_procurements_fields
from web.forms.authority import delegation, delegation_fields, report_back, report_back_fields
from web.forms.base import Answers, Asked, Field

MORE = {
    "delegation": "Delegate authority to award",
    "report-back": "Require a report back",
    "closed": "Add a closed appendix (Part 2)",
    "several": "Concern other procurements too",
}


def more_fields(more: set[str], asked: Asked) -> list[Field]:
    """Questions about whatever else was added to the report."""
    found: list[Field] = []
    if "delegation" in more:
        found += delegation_fields(asked)
    if "report-back" in more:
        found += report_back_fields(asked)
    if "several" in more:
        found += other_procurements_fields()
    if "closed" in more:
        found += closed_fields()
    return found


def more_effects(more: set[str], asked: Asked, answers: Answers) -> list[tuple[str, Effect]]:
    """What was added, each with its words."""
    found: list[tuple[str, Effect]] = []
    if "delegation" in more:
        found.append(delegation(asked, answers))
    if "report-back" in more:
        found.append(report_back(asked, answers))
    return found
