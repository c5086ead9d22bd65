"""Notices of the Procurement Act 2023 and the early end of a contract, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from domain.competition import Ending
from domain.ending import ContractEnded
from domain.own_notices import AuthorityNoticePublished, period_of
from domain.public_notices import NOTICES
from domain.publishing import NoticePublished
from domain.wording import long_day
from projections.phrases import ended, numbered, sentence

ENDINGS: Mapping[Ending, str] = {
    "breach": "for a breach by the supplier",
    "agreement": "by agreement",
    "council": "by the council",
    "supplier": "by the supplier",
    "court": "set aside by the court",
}


@sentence.register
def _(event: NoticePublished) -> str:
    year = "year " if event.about.isdigit() else ""
    of = f" for {year}{event.about}" if event.about else ""
    return f"Published the {NOTICES[event.code].called}{of}{numbered(event.identifier)}."


@sentence.register
def _(event: ContractEnded) -> str:
    how = f"Ended the contract early, {ENDINGS[event.how]}"
    return f"{how}; its last day is {long_day(event.last_day)}. {ended(event.reason)}"


@sentence.register
def _(event: AuthorityNoticePublished) -> str:
    which = f"{NOTICES[event.code].called} for {period_of(event.code, event.begins)}"
    if event.nothing:
        return f"There was no {which}: {ended(event.nothing)}"
    return f"Published the {which}{numbered(event.identifier)}."
