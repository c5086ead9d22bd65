"""What might sensibly be asked next, seen from the model: mostly legal."""

from __future__ import annotations

from tests.engine import asks
from tests.engine.council import KINDS
from tests.engine.ideas_of_contracts import Contracts
from tests.engine.ideas_of_decisions import Decisions
from tests.engine.ideas_of_reports import Reports
from tests.engine.picks import Idea


class Ideas(Reports, Decisions, Contracts):
    """Everything that comes to mind."""

    def for_case(self, ref: str) -> list[Idea]:
        """Everything that comes to mind about a procurement; what brings it on, several times."""
        case, report = self.model.cases[ref], self.model.open_report(ref)
        found = list(self.about_decisions(ref)) + list(self.market(case))
        found += list(self.contract(case)) * 3
        found += list(self.about_report(report) if report else self.reports(ref)) * 2
        put_up = report.put_up if report else None
        gateway = put_up.gateway if put_up else "plan"
        if gateway not in case.notices and (put_up is None or KINDS[put_up.kind].key):
            seat = self.duty(asks.Notice)
            idea = lambda: asks.Notice(by=seat, refs=(ref,), gateway=gateway)  # noqa: E731
            found += [idea] * (4 if put_up else 1)
        return found
