"""Sentences about a contract that changes: by options to extend, and by decisions to vary it."""

from __future__ import annotations

from domain.change_notice import ChangeNoticePublished
from domain.changes import months_said, said
from domain.effects import Effect
from domain.extension import ContractExtended
from domain.grounds import GROUND_NAMES
from domain.reported import retrospective
from domain.variation import ContractVaried
from domain.wording import lettered, listed, short_day
from projections.phrases import ended, numbered, sentence


@sentence.register
def _(event: ContractExtended) -> str:
    return f"Extended the contract by option {event.option}."


@sentence.register
def _(event: ContractVaried) -> str:
    change = event.change
    term = f"; {months_said(change.months)}" if change.months else ""
    late = f" In retrospect: it was changed from {short_day(change.since)}." if change.since else ""
    what = f"Changed the contract ({GROUND_NAMES[change.ground]}): {said(event.figures)}{term}."
    return f"{what}{late} {ended(change.scope)}"


@sentence.register
def _(event: ChangeNoticePublished) -> str:
    which = f"the change {lettered(event.label)} of the contract"
    return f"Published the notice of {which}{numbered(event.identifier)}."


def in_retrospect(effects: list[tuple[str, Effect]]) -> str:
    """What was so already when it was asked for or decided, by its letter; or nothing."""
    found = [
        f"{lettered(label)} from {short_day(day)}"
        for label, one in effects
        if (day := retrospective(one))
    ]
    return f" In retrospect: {listed(found)}." if found else ""
