"""The notices of the Procurement Act 2023: what each is, what asks for it, and by when (P8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from domain.deadlines import Period
from domain.noticed import Code

PUBLISH, PUBLISH_OWN = "publish-notice", "publish-authority-notice"
AS_SOON = "as soon as reasonably practicable"
FROM_THE_END = "within 30 days beginning with the day on which it ended"


class PublicNotice(Struct, frozen=True):
    """One of them. ``due`` says by when, in words; ``period`` counts it where that is a period.

    ``light_touch`` is the longer period for a light touch contract, ``by`` the command that puts it
    on record, ``asked_of`` whose it is: a procurement's, the authority's, or a dynamic market's.
    """

    code: Code
    name: str
    section: str
    trigger: str
    due: str
    period: Period | None = None
    light_touch: Period | None = None
    by: str = PUBLISH
    asked_of: Literal["procurement", "authority", "market"] = "procurement"

    @property
    def called(self) -> str:
        """As it stands in the middle of a sentence: contract details notice (UK7)."""
        return f"{self.name[0].lower()}{self.name[1:]} ({self.code.replace('-', ' ')})"


def _days(number: int) -> Period:
    """The Act counts from the day with which a period begins, and that day counts itself."""
    return Period(number, "days", first_day_counts=True)


def _market(code: Code, what: str) -> PublicNotice:
    # General knowledge: section 39, on markets.
    said = "a dynamic market of the council's own; who only buys from one owes none"
    name, due = f"Dynamic market notice: {what}", "when it happens"
    return PublicNotice(code, name, "39", said, due, asked_of="market")


TABLE = (
    PublicNotice(
        "UK1",
        "Pipeline notice",
        "93",
        "more than £100 million is to be spent in the coming financial year",
        "within 56 days beginning with 1 April",
        _days(56),
        by=PUBLISH_OWN,
        asked_of="authority",
    ),
    PublicNotice(
        "UK2",
        "Preliminary market engagement notice",
        "17",
        "the market was engaged before a competition",
        "before the tender notice, or that one says why not",
    ),
    PublicNotice(
        "UK3",
        "Planned procurement notice",
        "15",
        "nothing asks for it: 40 days to 12 months ahead it allows 10 days to tender",
        "before the tender notice",
    ),
    PublicNotice(
        "UK4",
        "Tender notice",
        "21 and 87",
        "tenders are invited by advertisement",
        "when tenders are invited",
        by="invite-tenders",
    ),
    PublicNotice(
        "UK5",
        "Transparency notice",
        "44",
        "a contract is awarded directly",
        "before the contract is awarded",
    ),
    PublicNotice(
        "UK6",
        "Contract award notice",
        "50",
        "a contract is to be made",
        "before the contract is signed",
        by="send-award-notices",
    ),
    PublicNotice(
        "UK7",
        "Contract details notice",
        "53 and 87",
        "a contract was made",
        "within 30 days beginning with the day of the signature",
        _days(30),
        _days(120),
        by="publish-contract",
    ),
    PublicNotice(
        "UK7-copy",
        "Copy of the contract",
        "53(3)",
        "a contract above £5,000,000 was made",
        "within 90 days beginning with the day of the signature",
        _days(90),
        _days(180),
    ),
    PublicNotice(
        "UK8",
        "Contract payment notice",
        "70",
        "a payment above £30,000 was made under a public contract",
        "within 30 days beginning with the last day of the quarter",
        _days(30),
        by=PUBLISH_OWN,
        asked_of="authority",
    ),
    PublicNotice(
        "UK9",
        "Contract performance notice",
        "71",
        "performance indicators were set, or a breach had consequences",
        "once in every twelve months of the contract",
        _days(30),
    ),
    PublicNotice(
        "UK10",
        "Contract change notice",
        "75",
        "a contract is changed by more than a little",
        "before the contract is changed",
        by="publish-change-notice",
    ),
    PublicNotice(
        "UK11",
        "Contract termination notice",
        "80",
        "a contract ended, by expiry too",
        FROM_THE_END,
        _days(30),
    ),
    PublicNotice(
        "UK12",
        "Procurement termination notice",
        "55",
        "no contract is awarded after a tender or transparency notice",
        AS_SOON,
    ),
    _market("UK13", "intention"),
    _market("UK14", "establishment"),
    _market("UK15", "modification"),
    _market("UK16", "cessation"),
    PublicNotice(
        "UK17",
        "Payments compliance notice",
        "69",
        "payments were made or fell due under public contracts",
        "within 30 days beginning with the last day of the half-year",
        _days(30),
        by=PUBLISH_OWN,
        asked_of="authority",
    ),
)
"""In the order of their numbers."""
NOTICES: Mapping[Code, PublicNotice] = {one.code: one for one in TABLE}
