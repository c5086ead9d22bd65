"""Acts that clear the report that waits: whose each clearance is, and for which version."""

from __future__ import annotations

from collections.abc import Iterator

from domain.clearance_rule import name_of
from domain.clearances import clearances_of, why_not_clear
from domain.offering import Act, Offering


def clearances(case: Offering) -> Iterator[Act]:
    """Each that the report takes. What was decided once and referred back needs none any more."""
    report = case.p.open_report
    for one in clearances_of(report, case.p, case.context) if report else ():
        if report and one.rule:
            again = f" again, for version {report.version}" if one.before else ""
            title = f"Give the {name_of(one.kind)} clearance of “{report.title}”{again}"
            yield case.act(
                "give-clearance",
                title,
                why_not_clear(report.id, one.kind, case.p, case.context),
                f"{report.id} {one.kind}",
                posts=(one.rule.given_by, one.rule.provenance),
                since=report.on,
                awaited=not case.p.decided(report.id),
            )
