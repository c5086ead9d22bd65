"""The register of delegated authority: who may decide what, how far, and what was drawn so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sqlalchemy import Column, Date, Integer, String, Table, Text, Uuid

from domain.delegation import Delegation, delegation_id
from domain.drawing import Drawings, in_all
from domain.margin import limit_in_words
from domain.wording import amount, figure, when
from projections.touched import Projection, Row, Touched, metadata

table = Table(
    "delegations",
    metadata,
    Column("delegation", Uuid, primary_key=True),
    Column("authority", String, nullable=False, index=True),
    Column("granted_in", String, nullable=False),
    Column("decision", Uuid, nullable=False),
    Column("label", String, nullable=False),
    Column("delegate", String, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("cap", Text, nullable=False),
    Column("awards", Integer, nullable=False),
    Column("drawn", Text, nullable=False),
    Column("passed_on", Text, nullable=False),
    Column("granted", Date),
    Column("granted_text", Text, nullable=False),
    Column("expires", Date),
    Column("revoked", Text, nullable=False),
)


def changes(touched: Touched) -> Iterable[tuple[object, Iterator[Row]]]:
    """One row for each delegated authority."""
    if isinstance(touched.after, Delegation):
        row = _row(touched.after)
        yield row["delegation"], iter([row])


def _row(one: Delegation) -> Row:
    return {
        "delegation": delegation_id(one.decision, one.label),
        "authority": one.authority,
        "granted_in": one.procurements[0],
        "decision": one.decision,
        "label": one.label,
        "delegate": one.terms.delegate,
        "purpose": one.terms.purpose,
        "cap": limit_in_words(one.terms),
        "awards": len([award for award in one.awards if award.award]),
        "drawn": in_words(one.awards),
        "passed_on": _passed_on(one),
        "granted": one.granted.read_as if one.granted else None,
        "granted_text": when(one.granted) if one.granted else "",
        "expires": one.terms.expires,
        "revoked": one.revoked,
    }


def _passed_on(one: Delegation) -> str:
    """Each part that is passed on and was not taken back, one to a line."""
    parts = enumerate(one.passed_on, 1)
    live = [(n, part) for n, part in parts if not part.taken_back and not one.revoked]
    return "\n".join(f"part {n} to {part.to}, {amount(part.up_to)}" for n, part in live)


def in_words(drawn: Drawings) -> str:
    """What drawings come to, in words that give away no exempt figure, nor that one was erased."""
    total, amounts = in_all(drawn), [one.amount for one in drawn]
    if total is None and all(amount.basis != "exempt" for amount in amounts):
        return "not known"
    return figure(total or Decimal(0), *amounts)


projection = Projection("delegations", table, table.c.delegation, changes)
