"""Where duties were not separate: who wrote a report decided it, or got its authority (G6)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from domain.acting import same_actor
from domain.authority import Rules
from domain.constitution import Separation
from domain.contract import ContractSigned
from domain.decided import DecisionTaken
from domain.effects import AwardContract, DelegateAuthority
from domain.messages import Actor, Context, Event
from domain.reported import Report
from domain.values import When
from domain.wording import lettered
from projections.question import Case, Found, Question, Step, found_at, irregular
from projections.standing import context_at


def own_report(case: Case) -> Iterator[Found]:
    yield from irregular(case, ("G6",), (Event,))
    for step in case.steps:
        refused = {one.rule for one in step.recorded.stamp.irregularities}
        if "G6" not in refused:
            yield from _of_step(step, case)


def _of_step(step: Step, case: Case) -> Iterator[Found]:
    event, rules = step.event, case.rules(step)
    separation = rules.constitution.separation
    if isinstance(event, DecisionTaken):
        report = step.before.reports[event.report]
        alone = not rules.offices.is_body(event.decided_by)
        if alone and _same(report.author, report.on, step, rules):
            what = f"{rules.offices.title(event.decided_by)} decided on a report of their own"
            yield _excepted(what, step, case, separation, allowed=separation.author_decides)
        scored = step.before.evaluation
        if alone and scored and _same(scored.by, When(scored.on), step, rules):
            what = f"{rules.offices.title(event.decided_by)} decided on tenders they evaluated"
            yield _excepted(what, step, case, separation, allowed=separation.evaluator_decides)
        yield from _delegated_to_author(step, event, report, case)
    if isinstance(event, ContractSigned):
        deciders = {d.id: d for d, _, _ in step.before.resolved(AwardContract)}
        if any(_same(one.by, one.on, step, rules) for one in deciders.values()):
            what = "Who decided the award signed the contract"
            yield _excepted(what, step, case, separation, allowed=separation.decider_signs)


def _delegated_to_author(
    step: Step, event: DecisionTaken, report: Report, case: Case
) -> Iterator[Found]:
    """No rule is against it: the case is that of the rule itself."""
    for one in event.resolutions:
        to = one.effect.delegate if isinstance(one.effect, DelegateAuthority) else ""
        if one.agreed and to == report.author.post:
            title = case.rules(step).offices.title(to)
            says = f"Resolution {lettered(one.label)} delegates authority to {title}"
            says = f"{says}, who wrote the report that asked for it."
            yield found_at(step, case, says, "G6")


def _same(earlier: Actor, on: When, step: Step, rules: Rules) -> bool:
    """Whether who acted in the step is who acted then."""
    stamp = step.recorded.stamp
    context: Context = context_at(step.before, rules, step.day)
    return same_actor(earlier, on, replace(context, stamp=stamp))


def _excepted(what: str, step: Step, case: Case, separation: Separation, *, allowed: bool) -> Found:
    ground = (
        f"the council's own rules allow it ({separation.provenance})"
        if allowed
        else "no rule of the council allows it"
    )
    return found_at(step, case, f"{what}: {ground}.", "G6")


QUESTION = Question(
    "own-report",
    "Who decides wrote the report",
    "Decisions by who wrote the report or evaluated the tenders, contracts signed by who decided "
    "the award, and authority delegated to who wrote the report that asked for it.",
    "every decision with the author of its report and who evaluated, every resolution that "
    "delegates, and every signature with who decided the award; where only a post is on record, "
    "who held it that day",
    own_report,
)
