"""The whole of a case as plain data: for ``show --json``, the API, and whoever reads either."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from domain.acts import Act, next_acts
from domain.authority import Rules
from domain.changes import Change, changes
from domain.competition import Contract
from domain.governing import commencement, threshold_in_words
from domain.messages import Context
from domain.offices import Offices
from domain.procurement import Procurement
from domain.record import Decision
from domain.retention import kept_of_procurement
from domain.undertakings import undertakings
from domain.values import Closed
from domain.wording import amount, when
from projections.changed import told
from projections.cleared import cleared
from projections.notices import rows
from projections.record_told import kept_in_words, told_of_record
from projections.standing import context_at, stage

WORKED_OUT = ("difference", "percent", "cumulative", "cumulative_percent")
"""In pounds, and in per cent of the original amount."""
APART = (
    "reports",
    "decisions",
    "irregularities",
    "last_on",
    "taken_over",
    "abandoned_on",
    "opened",
    "started",
    "phases",
    "noticed",
)


def case_file(p: Procurement, rules: Rules, today: date) -> dict[str, Any]:
    """Everything on record, where the case stands, and what may happen next on a London day.

    Money is text with two places or none, days are ISO dates, ids are UUIDs. A closed value is the
    word closed, or erased.
    """
    whole = plain(p)
    facts = {key: one for key, one in whole.items() if key not in APART}
    facts["value"]["text"] = amount(p.value)
    if p.term:
        facts["term"]["ends"] = p.term.ends.isoformat()
    if p.contract:
        facts["contract"] = _contract(p.contract)
    context = context_at(p, rules, today)
    acts = next_acts(p, context)
    return {
        **facts,
        "authority_title": rules.constitution.title,
        "phases": _phases(p),
        "stage": stage(p),
        "commencement": commencement(p),
        "threshold": threshold_in_words(p),
        "as_of": today.isoformat(),
        "reports": [
            {
                **plain(one),
                "on_text": when(one.on),
                "to_title": rules.offices.title(one.to),
                "retrospective": one.retrospective,
                "clearances": cleared(one, p, context),
            }
            for one in p.reports.values()
        ],
        "decisions": [_decision(one, p, context) for one in p.decisions.values()],
        "to_report_back": [
            {**plain(one), "done": plain(p.discharged.get(one.id))} for one in undertakings(p)
        ],
        "irregularities": [
            {"version": one.version, **plain(one.irregularity)} for one in p.irregularities
        ],
        "notices_owed": [plain(one._asdict()) for one in rows(p, context)],
        "kept": _kept(p),
        "next": [_act(one, rules.offices) for one in acts],
    }


def _contract(one: Contract) -> dict[str, Any]:
    """The contract as it stands now, with what it was signed for and every change worked out."""
    found: dict[str, Any] = plain(one)
    found["term"]["ends"] = one.term.ends.isoformat()
    options = range(1, len(one.term.extensions) + 1)
    return {
        **found,
        "ends": one.ends.isoformat(),
        "original": plain(one.original),
        "changed": told(one),
        "options": [
            {
                "option": n,
                "months": one.term.extensions[n - 1],
                "taken_up": n <= one.extended,
                "last_day": one.last_day_for(n).isoformat(),
            }
            for n in options
        ],
        "variations": [
            {
                **plain(variation),
                **plain(figures),
                "retrospective": variation.change.since is not None,
                **{name: _share(figures, name) for name in WORKED_OUT},
            }
            for variation, figures in changes(one)
        ],
    }


def _share(figures: Change, name: str) -> str | None:
    """A figure that was worked out, with two places; the word closed where it is exempt."""
    found = getattr(figures, name)
    if "exempt" in (figures.original.basis, figures.before.basis, figures.after.basis):
        return "closed"
    return None if found is None else f"{found:.2f}"


def _phases(p: Procurement) -> list[dict[str, Any]]:
    return [
        {
            "number": n,
            **plain(one),
            "started": plain(p.started[n]) if n in p.started else None,
        }
        for n, one in enumerate(p.phases, 1)
    ]


def _decision(one: Decision, p: Procurement, context: Context) -> dict[str, Any]:
    resolutions = [
        {
            **plain(r),
            "effective": _day(one.effective_on(r.label)),
            "retrospective": r.retrospective,
        }
        for r in one.resolutions
    ]
    who = context.offices.title(one.by.post)
    return {
        **plain(one),
        "by_title": who,
        "on_text": when(one.on),
        "at_once": one.at_once,
        "resolutions": resolutions,
        **told_of_record(one, p, context),
    }


def _kept(p: Procurement) -> dict[str, Any] | None:
    """Until when the records of the procurement are kept."""
    found = kept_of_procurement(p)
    return kept_in_words(found) if found else None


def _act(one: Act, offices: Offices) -> dict[str, Any]:
    who = [offices.title(post) for post in one.posts]
    return {**plain(one), "post_titles": who, "opens": _day(one.opens)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def plain(one: object) -> Any:
    """As JSON has it; a closed value is the word closed, or erased."""
    return msgspec.to_builtins(one, str_keys=True, enc_hook=_word)


def _word(one: object) -> str:
    """What stands in place of a closed value."""
    if not isinstance(one, Closed):
        raise TypeError(f"{type(one).__name__} is no plain data")
    return "erased" if one.value is None else "closed"
