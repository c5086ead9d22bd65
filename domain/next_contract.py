"""Acts about the contract: sign, publish, phases, options to extend; and what was promised."""

from __future__ import annotations

from collections.abc import Iterator

from domain.change_notice import (
    never_made,
    notice_needed,
    why_not_publish_change_notice,
)
from domain.contract import why_not_publish_contract, why_not_start_phase
from domain.effects import AwardContract, ExtendContract, ReleasePhase, VaryContract
from domain.extension import why_not_extend, why_not_take_up
from domain.next_public import due_by
from domain.offering import Act, Offering
from domain.plans import asked, in_effect_since
from domain.signing import why_not_sign
from domain.suggesting import version_before
from domain.undertakings import outstanding
from domain.variation import why_not_change
from domain.wording import counted, lettered, short_day


def contract(case: Offering) -> Iterator[Act]:
    awards = list(case.p.resolved(AwardContract))
    if awards or case.p.evaluation:
        since = in_effect_since(awards[-1][0], awards[-1][1]) if awards else case.now
        due = (awards[-1][2].starts, "the contract should start") if awards else (None, "")
        refusals = why_not_sign(case.p, case.context)
        yield case.act("sign-contract", "Sign the contract", refusals, since=since, due=due)
    if case.p.contract:
        signed = case.p.contract.signed.read_as
        refusals = why_not_publish_contract(case.p)
        by, title = due_by("UK7", case), "Publish the contract"
        yield case.act("publish-contract", title, refusals, since=signed, due=by)
        yield from _phases(case)
        yield from _options(case)
        yield from _changes(case)
        yield from _end(case)


def _phases(case: Offering) -> Iterator[Act]:
    assert case.p.contract
    starts, over = case.p.contract.term.starts, case.context.day > case.p.contract.ends
    for phase in range(1, len(case.p.phases) + 1):
        refusals = why_not_start_phase(phase, case.p, case.context)
        since = max([starts, *(d.on.read_as for d in case.p.decisions.values())])
        yield case.act("start-phase", f"Start phase {phase}", refusals, phase, since=since)
        released = ReleasePhase(phase) in asked(ReleasePhase, case.p)
        if phase - 1 in case.p.started and not released and not over:
            gateway = case.rules.gateway_for("release-phase")
            title = f"Put up the report on the release of phase {phase}"
            yield from case.put_up(gateway, title, case.p.started[phase - 1].read_as)


def _options(case: Offering) -> Iterator[Act]:
    """The next option: a report on it, and once it is decided, taking it up."""
    assert case.p.contract
    option = case.p.contract.extended + 1
    due = (case.p.contract.last_day_for(option), _without(option, case))
    if list(why_not_extend(option, case.p, case.context)):
        return
    if ExtendContract(option) not in asked(ExtendContract, case.p):
        gateway = case.rules.gateway_for("extend-contract")
        title = f"Put up the report on option {option} to extend"
        yield from case.put_up(gateway, title, case.now, awaited=False, due=due)
    decided = [(d, r) for d, r, e in case.p.resolved(ExtendContract) if e.option == option]
    if decided:
        refusals = why_not_take_up(option, case.p, case.context)
        since, title = in_effect_since(*decided[-1]), f"Extend the contract by option {option}"
        yield case.act("extend-contract", title, refusals, option, since=since, due=due)


def _without(option: int, case: Offering) -> str:
    """Why an option has its last day."""
    assert case.p.contract
    if notice := case.p.contract.term.notice_months:
        ends = short_day(case.p.contract.ends_after(option - 1))
        return f"it takes {counted(notice, 'month')} before the contract ends on {ends}"
    return "it ends without it"


def _changes(case: Offering) -> Iterator[Act]:
    """A report on a change; and once it is decided, its notice and the change itself."""
    gateway = case.rules.gateway_for("vary-contract")
    contract, day = case.p.contract, case.context.day
    assert contract
    if gateway and version_before(gateway, case.p) is None:
        title = "Put up a report on a change of the contract"
        yield from case.put_up(gateway, title, case.now, awaited=False)
    for decision, r, effect in case.p.resolved(VaryContract):
        about, since = f"{decision.id} {r.label}", in_effect_since(decision, r)
        what = f"{'the retrospective' if effect.since else 'the'} change {lettered(r.label)}"
        needed = notice_needed(decision.id, r.label, effect, case.p)
        if needed and not never_made(decision.id, r.label, effect, contract, day):
            title = f"Publish the notice of {what} of the contract"
            refusals = why_not_publish_change_notice(decision.id, r.label, case.p, case.context)
            due = (needed.due, needed.because if needed.due else "")
            yield case.act("publish-change-notice", title, refusals, about, since=since, due=due)
        refusals = why_not_change(decision.id, r.label, case.p, case.context)
        title = f"Make {what} of the contract"
        yield case.act("vary-contract", title, refusals, about, since=since)


def _end(case: Offering) -> Iterator[Act]:
    """That it ends early may come to light when its term is over, and an earlier end after that."""
    assert case.p.contract
    title, posts = "End the contract early", case.whose("sign-contract")
    if case.p.contract.ended:
        title = "Record an earlier end of the contract"
    elif case.context.day > case.p.contract.ends:
        title = "Record that the contract ended early"
    yield case.act("end-contract", title, (), posts=posts, awaited=False)


def undertaken(case: Offering) -> Iterator[Act]:
    """Reports required and officers' undertakings wait until they are discharged."""
    duty = case.rules.duty("discharge-undertaking")
    for one in outstanding(case.p):
        posts = tuple(dict.fromkeys((one.by, *(duty.posts if duty else ()))))
        title = f"Report back: {one.what}" + (f", once {one.once}" if one.once else "")
        because = f"it is owed to {case.context.offices.title(one.to)}"
        yield case.act(
            one.act,
            title,
            (),
            one.id,
            posts=(posts, duty.provenance if duty else ""),
            since=one.given,
            due=(one.due.read_as if one.due else None, because),
        )
    if case.rules.duty("record-undertaking"):
        title = "Record what an officer undertook"
        yield case.act("record-undertaking", title, (), awaited=False)
