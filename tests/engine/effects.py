"""What may be recommended and agreed, by what it would do: an own reading, without the domain."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engine import asks
from tests.engine.council import BODIES, POSTS
from tests.engine.model import Model
from tests.engine.state import Case


def why_not_effect(effect: asks.Effect, kind: str, case: Case, model: Model) -> Iterator[str]:
    """What stands against it in one procurement; ``kind`` is the class of the decision."""
    match effect:
        case asks.Delegate():
            consulted = (*effect.consulted, *effect.agreeing)
            if any(one not in POSTS for one in (effect.delegate, *consulted)):
                yield "there is no such post"
            if len({effect.delegate, *consulted}) <= len(consulted):
                yield "a post is there twice"
            if effect.delegate in BODIES:
                yield "authority goes to a post, not to a body"
            if effect.expires and effect.expires < model.day:
                yield "it would have expired"
        case asks.Authorise():
            if effect.weights and sum(effect.weights) != 100:
                yield "the weights are not the whole"
            if case.opened.pence is not None and effect.pence > case.opened.pence:
                yield "it is more than the procurement is worth"
        case asks.Award():
            yield from _why_not_award(effect, kind, case, model)
        case asks.Release():
            if not 2 <= effect.phase <= len(case.opened.phases):
                yield "there is no such phase to release"
            elif effect.phase - 1 not in case.started:
                yield "the phase before has not started"
        case asks.Extend():
            yield from why_not_option(effect.option, case, model)


def _why_not_award(award: asks.Award, kind: str, case: Case, model: Model) -> Iterator[str]:
    opened, budget = case.opened, model.effective(case.ref, "Budget")
    if opened.pence is not None and award.pence > opened.pence:
        yield "it is more than the procurement is worth"
    if isinstance(budget, asks.Budget) and award.pence > budget.pence:
        yield "it is more than the budget"
    if award.months > opened.months or award.options != opened.options[: len(award.options)]:
        yield "the term is not within the procurement's"
    if case.contract:
        yield "the contract is signed"
    if award.direct:
        if not award.ground:
            yield "an award without competition has a legal ground"
        return
    terms, later = model.effective(case.ref, "Authorise"), model.effective(case.ref, "Later")
    if not isinstance(terms, asks.Authorise) or award.pence > terms.pence:
        yield "nobody authorised a competition, or only up to less"
    if isinstance(later, asks.Later) and later.kind != kind:
        yield "the award was to be of another class"
    if not case.ranking:
        yield "no tenders were evaluated"
    elif award.supplier != case.ranking[0][0] or award.pence > case.ranking[0][1]:
        yield "the best tender is another, or cheaper"


def why_not_option(option: int, case: Case, model: Model) -> Iterator[str]:
    """The option is the next one, and the contract still runs."""
    contract = case.contract
    if contract is None or model.day > contract.ends:
        yield "no contract runs that could be extended"
    elif option != contract.extended + 1 or option > len(contract.options):
        yield "it is not the next option"
