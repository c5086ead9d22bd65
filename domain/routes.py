"""The route that a report takes: who recommends, who decides, and what kind of decision it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from domain.changes import change_of
from domain.effects import ApproveBudget, AuthoriseProcurement, AwardContract, VaryContract
from domain.messages import Context
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.reported import Recommendation, Report, Under
from domain.values import Amount, Closed, PostId
from domain.wording import lettered, listed, pounds


class Way(Struct, frozen=True):
    """Who recommends, in which order, and who decides, with where the rule comes from."""

    decided_by: PostId
    recommended_by: tuple[PostId, ...] = ()
    provenance: str = ""
    hands_over_to: PostId | None = None


def together(procurements: Sequence[Procurement], asks: Sequence[Recommendation] = ()) -> Amount:
    """The value of several procurements, which is what a decision over all of them spends.

    Where it is asked to change a contract, that is what the whole contract then comes to.
    """
    worth = [_worth(one, asks) for one in procurements]
    values = [pounds for pounds, _ in worth]
    total = sum(one for one in values if one is not None)
    if any(exempt for _, exempt in worth):
        return Amount("exempt", closed=None if None in values else Closed(str(total)))
    return Amount("unknown") if None in values else Amount("estimated", total)  # type: ignore[arg-type]


def _worth(procurement: Procurement, asks: Sequence[Recommendation]) -> tuple[Decimal | None, bool]:
    """Pounds that one of them is worth, and whether that is exempt."""
    for one in asks:
        mine = one.about in (None, procurement.reference)
        if mine and isinstance(one.effect, VaryContract) and procurement.contract:
            after = change_of(one.effect, procurement.contract).after
            return after.figure, after.basis == "exempt"
    return procurement.pounds, procurement.value.basis == "exempt"


def most_asked(asks: Sequence[Recommendation]) -> Amount:
    """The most that a report asks for, which counts where the value itself is not known (D1)."""
    found = Amount("unknown")
    for one in asks:
        match one.effect:
            case AuthoriseProcurement(up_to=amount) | ApproveBudget(amount=amount):
                spend = amount.figure
            case AwardContract(amount=amount, months=months):
                spend = amount.in_total(months)
            case _:
                continue
        if spend is not None and spend > (found.figure or 0):
            found = Amount("exempt", closed=Closed(str(spend)))
    return found


def way_for(gateway: str, decision_class: str, value: Amount, context: Context) -> Way | None:
    """The route of the constitution through a gateway, for a class of decision and a value."""
    found = context.constitution.route(gateway, decision_class, value.figure)
    if found is None:
        return None
    who = found.decided_by, found.recommended_by
    return Way(*who, found.provenance, found.hands_over_to)


def way_of(report: Report, procurement: Procurement, context: Context) -> Way | None:
    """The route that a report has taken: by today's rules, or under delegated authority.

    Where it was handed over, whom it was handed over to decides (G4).
    """
    if report.under:
        under = report.under
        return Way(report.to, provenance=resting_on(under))
    value = report.together or together([procurement], report.recommendations)
    way = way_for(report.gateway, report.decision_class, value, context)
    if way and report.handed_over:
        return replace(way, decided_by=report.to, hands_over_to=None)
    return way


def resting_on(under: Under) -> str:
    """What a decision under delegated authority rests on."""
    passed = f", and part {under.part} of it was passed on" if under.part else ""
    return f"resolution {lettered(under.label)} in {under.granted_in} delegates it{passed}"


def whose_decision(
    report: Report, procurement: Procurement, context: Context
) -> tuple[tuple[PostId, ...], str]:
    """The posts that decide a report, or record what a body decides; and the rule behind it."""
    if way := way_of(report, procurement, context):
        return recorded_by(way.decided_by, "take-decision", context, way.provenance)
    return (), ""


def recorded_by(
    post: str, act: str, context: Context, provenance: str = ""
) -> tuple[tuple[PostId, ...], str]:
    """Whose an act for a post is: its own; for a body, of those who record what it resolves."""
    duty = context.constitution.duty(act)
    if not context.offices.is_body(post):
        return (post,), provenance
    return (duty.posts, provenance or duty.provenance) if duty else ((), provenance)


def why_not_delegated(decision_class: str, context: Context) -> Iterable[Refusal]:
    """What is decided under delegated authority is of a class that the constitution has for it."""
    fitting = [one for one in context.constitution.classes if one.under_delegation]
    kind = context.constitution.decision_class(decision_class)
    if kind and fitting and kind not in fitting:
        names = listed([one.title for one in fitting], "or")
        reason = f"Under delegated authority a decision is of another class: {names}"
        yield Refusal("G1", reason, provenance=kind.provenance)


def why_not_class(
    decision_class: str, class_reason: str, value: Amount, context: Context
) -> Iterable[Refusal]:
    """The class exists, and whether it is key fits the value or has a reason (D1)."""
    rules, spend = context.constitution, value.figure
    kind = rules.decision_class(decision_class)
    if kind is None:
        names = listed([one.id for one in rules.classes])
        yield Refusal("C1", f"There is no decision class “{decision_class}”: {names}")
        return
    threshold = rules.key_threshold
    above = spend is not None and spend > threshold.above
    if above and not kind.key and not class_reason:
        reason = f"Above {pounds(threshold.above)} a decision is key, unless a reason is given"
        yield Refusal("D1", reason, provenance=threshold.provenance)
    if kind.key and spend is not None and not above and not class_reason:
        reason = f"It is not above {pounds(threshold.above)}: say why the decision is key"
        yield Refusal("D1", reason, provenance=threshold.provenance)
