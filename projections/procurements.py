"""The register: every procurement with its value, its stage and what is irregular about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Date, Integer, String, Table, Text, Uuid

from domain.effects import ApproveBudget
from domain.procurement import Procurement
from domain.values import procurement_id
from domain.wording import amount
from projections.changed import told
from projections.standing import stage
from projections.touched import Projection, Row, Touched, metadata

table = Table(
    "procurements",
    metadata,
    Column("procurement", Uuid, primary_key=True),
    Column("reference", String, nullable=False, unique=True),
    Column("authority", String, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("supplier", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("last_on", Date),
    Column("events", Integer, nullable=False),
    Column("irregularities", Integer, nullable=False),
)


def changes(touched: Touched) -> Iterable[tuple[object, Iterator[Row]]]:
    """One row for each procurement."""
    if isinstance(touched.after, Procurement):
        yield procurement_id(touched.after.reference), iter([_row(touched.after)])


def _row(p: Procurement) -> Row:
    term = p.contract.term if p.contract else p.term
    return {
        "procurement": procurement_id(p.reference),
        "reference": p.reference,
        "authority": p.authority,
        "title": p.title,
        "category": p.category,
        "value": _value(p),
        "changed": told(p.contract) if p.contract else "",
        "supplier": p.contract.supplier if p.contract else "",
        "stage": stage(p),
        "starts": term.starts if term else None,
        "ends": p.contract.ends if p.contract else term.ends if term else None,
        "last_on": p.last_on,
        "events": p.version,
        "irregularities": len(p.irregularities),
    }


def _value(p: Procurement) -> str:
    """What the contract costs, else what is meant to be spent: the value, or else the budget."""
    if p.contract or p.value.basis != "unknown":
        return amount(p.contract.amount if p.contract else p.value)
    budgets = [one.amount for _, _, one in p.resolved(ApproveBudget)]
    return f"budget {amount(budgets[-1])}" if budgets else "no budget yet"


projection = Projection("procurements", table, table.c.procurement, changes)
