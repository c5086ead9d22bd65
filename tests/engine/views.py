"""The same picture drawn twice: of what the engine has on record, and of what the model keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.delegation import Delegation
from domain.drawing import Balance, Drawings
from domain.effects import ApproveBudget, AwardContract
from domain.gateways import FITTING
from domain.procurement import Procurement
from domain.values import Amount
from tests.engine import asks, state
from tests.engine.council import GATEWAYS
from tests.engine.model import Model
from tests.engine.rules import ASKS_FOR
from tests.engine.state import Authority, Case
from tests.engine.translate import Translator, decision_id, report_id


def _pence(amount: Amount) -> int:
    assert amount.pounds is not None
    return int(amount.pounds * 100)


def _days(found: list[date | None]) -> list[str]:
    return sorted(map(str, found))


def on_record(p: Procurement, day: date) -> dict[str, Any]:
    """A procurement as the engine has it, on a day."""
    budget, award = p.in_effect(ApproveBudget, day), p.in_effect(AwardContract, day)
    contract = p.contract
    return {
        "abandoned": bool(p.abandoned),
        "notices": dict(p.notices),
        "waived": set(p.waived),
        "reports": {
            one.id: (
                one.state,
                bool(one.published),
                list(one.advised),
                {post: (heard.view or "", heard.aside) for post, heard in one.consulted.items()},
            )
            for one in p.reports.values()
        },
        "decisions": {
            one.id: (
                one.decided_by,
                {r.label: (r.outcome, one.effective_on(r.label)) for r in one.resolutions},
                one.window.last_day if one.window else None,
                bool(one.published),
                (one.called_in.resolutions, one.called_in.outcome or "") if one.called_in else None,
            )
            for one in p.decisions.values()
        },
        "passed": {
            name: _days(
                [
                    decision.effective_on(one.label)
                    for decision, one, _ in p.resolved(FITTING[ASKS_FOR[gateway.asks[0]]][0])
                    if name in (decision.gateway, *decision.combines)
                ]
            )
            for name, gateway in GATEWAYS.items()
        },
        "budget": _pence(budget.amount) if budget else None,
        "award": (award.supplier, _pence(award.amount)) if award else None,
        "assessed": bool(p.conflicts),
        "tender": p.tender.closes if p.tender else None,
        "ranking": [one.tenderer for one in p.evaluation.ranking] if p.evaluation else [],
        "summarised": p.summaries is not None,
        "notified": p.standstill is not None,
        "standstill": p.standstill.count.last_day if p.standstill and p.standstill.count else None,
        "contract": (
            contract.supplier,
            _pence(contract.amount),
            contract.term.starts,
            contract.ends,
            contract.extended,
            bool(contract.published),
        )
        if contract
        else None,
        "started": sorted(p.started),
    }


def expected(model: Model, case: Case, say: Translator) -> dict[str, Any]:
    """A procurement as the model has it, today."""
    ref, contract = case.ref, case.contract
    budget, award = model.effective(ref, "Budget"), model.effective(ref, "Award")
    return {
        "abandoned": case.abandoned,
        "notices": case.notices,
        "waived": case.waived,
        "reports": {
            report_id(number): (
                one.state,
                one.published,
                [say.post(body) for body in one.advised],
                {say.post(post): (heard.view, heard.aside) for post, heard in one.heard.items()},
            )
            for number, one in model.reports.items()
            if ref in one.put_up.refs
        },
        "decisions": {
            decision_id(one.id): (
                say.post(one.decider),
                {label: (found[0], one.since(label)) for label, found in one.outcomes.items()},
                one.window,
                one.published,
                (one.call.labels, one.call.outcome) if one.call else None,
            )
            for one in model.decisions.values()
            if ref in one.report.put_up.refs
        },
        "passed": {
            name: _days(model.passed(ref, name, gateway.asks[0]))
            for name, gateway in GATEWAYS.items()
        },
        "budget": budget.pence if isinstance(budget, asks.Budget) else None,
        "award": (award.supplier, award.pence) if isinstance(award, asks.Award) else None,
        "assessed": case.assessed is not None,
        "tender": case.tender.closes if case.tender else None,
        "ranking": [name for name, _, _ in case.ranking],
        "summarised": case.summarised,
        "notified": case.notified,
        "standstill": case.standstill,
        "contract": (
            contract.supplier,
            contract.pence,
            contract.starts,
            contract.ends,
            contract.extended,
            contract.published,
        )
        if contract
        else None,
        "started": sorted(case.started),
    }


def balance_on_record(one: Balance) -> dict[str, Any]:
    """What was drawn and given back, as the engine has it."""
    assert one.drawn is not None
    return {
        "drawn": int(one.drawn * 100),
        "by decision": _drawings(one.exercised),
        "given back": _drawings(one.given_back),
    }


def _drawings(found: Mapping[UUID, Drawings]) -> dict[UUID, list[tuple[str, int]]]:
    return {
        one: sorted((drawn.procurement, _pence(drawn.amount)) for drawn in drawns)
        for one, drawns in found.items()
    }


def authority_on_record(d: Delegation) -> dict[str, Any]:
    """A delegated authority as the engine has it."""
    return {
        **balance_on_record(d),
        "refs": d.procurements,
        "delegate": d.terms.delegate,
        "revoked": d.revoked_on if d.revoked else None,
    }


def expected_balance(found: state.Balance) -> dict[str, Any]:
    """What was drawn and given back, as the model has it."""
    return {
        "drawn": found.total,
        "by decision": {
            decision_id(one): sorted((ref, pence) for (ref, _), pence in drawn.items())
            for one, drawn in found.drawn.items()
        },
        "given back": {decision_id(one): sorted(back) for one, back in found.returned.items()},
    }


def expected_authority(found: Authority, say: Translator) -> dict[str, Any]:
    """A delegated authority as the model has it."""
    return {
        **expected_balance(found),
        "refs": found.refs,
        "delegate": say.post(found.terms.delegate),
        "revoked": found.revoked,
    }
