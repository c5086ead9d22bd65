"""Acts about the notices of the Procurement Act 2023 that no other act puts on record (P8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.noticed import Code
from domain.offering import Act, Offering
from domain.owed import all_owed, owed_of
from domain.public_notices import PUBLISH
from domain.publishing import duty_of, why_not_publish_notice


def public_notices(case: Offering) -> Iterator[Act]:
    """Each that is owed waits; one that is optional, or that the past is silent of, does not.

    Of the years of a contract one waits at a time.
    """
    years = 0
    posts = case.whose(duty_of(case.rules))
    for one in all_owed(case.p, case.context):
        if one.notice.by != PUBLISH or one.done or one.instead or one.late_for:
            continue
        awaited = one.waits and not (years and one.about.isdigit())
        years += awaited and one.about.isdigit()
        of = f": {one.what}" if one.what else ""
        yield case.act(
            PUBLISH,
            f"Publish the {one.notice.called}{of}",
            why_not_publish_notice(one.notice.code, one.about, case.p, case.context),
            f"{one.notice.code} {one.about}".strip(),
            posts=posts,
            since=one.since,
            awaited=awaited,
            due=(one.due, one.due_by if one.due else ""),
        )


def due_by(code: Code, case: Offering) -> tuple[date | None, str]:
    """By when a notice is due that another act puts on record, where the law says so."""
    one = owed_of(code, case.p, case.context)
    if one is None or one.due is None or one.unrecorded:
        return None, ""
    return one.due, f"{code} is due {one.due_by}"
