"""Delegated authority that was exercised before everybody to be consulted had answered (G2)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.consultation import why_not_consulted
from domain.decided import DecisionTaken
from projections.question import Case, Found, Question, found_at, irregular


def not_all_heard(case: Case) -> Iterator[Found]:
    known = list(irregular(case, ("G2",), (DecisionTaken,)))
    yield from known
    listed = {one.version for one in known}
    for step in case.steps:
        event = step.event
        if not isinstance(event, DecisionTaken) or event.under is None:
            continue
        report = step.before.reports[event.report]
        if step.recorded.version in listed or step.before.decided(report.id):
            continue
        for one in why_not_consulted(report, case.context):
            says = f"Delegated authority was exercised, and then: {one.reason}."
            yield found_at(step, case, says, one.rule)


QUESTION = Question(
    "not-all-consulted",
    "Authority exercised without all consultees",
    "Decisions under delegated authority that were made before everybody who was to be consulted "
    "had answered. Here that is refused, so these were taken over from elsewhere.",
    "every decision under delegated authority, with who was to be consulted on its report",
    not_all_heard,
)
