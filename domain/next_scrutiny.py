"""What scrutiny may require after a decision that was not treated as key (D1)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.not_key import why_not_require
from domain.offering import Act, Offering


def scrutinised(case: Offering) -> Iterator[Act]:
    """A report to the council may be required: nobody waits for that."""
    if (rule := case.rules.scrutiny) is None:
        return
    duty = case.rules.duty("require-report-to-council")
    posts = tuple(dict.fromkeys((*rule.required_by, *(duty.posts if duty else ()))))
    for one in case.p.decisions.values():
        if not list(why_not_require(one.id, case.p, case.context)):
            yield case.act(
                "require-report-to-council",
                f"Require a report to the council on “{case.p.reports[one.report].title}”",
                (),
                one.id,
                posts=(posts, rule.provenance),
                since=one.on,
                awaited=False,
            )
