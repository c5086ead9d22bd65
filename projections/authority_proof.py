"""By what authority a step was taken, worked out from what was on record just before it.

Rules are not told again here: the domain's own are asked about the step as they were then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.awarded_under import why_not_exercised
from domain.closed import within
from domain.consultation import AnswerConsultation, ConsultationAnswered, why_not_answer
from domain.contract import ContractSigned, SignContract
from domain.decided import DecisionTaken
from domain.deciding import why_not_by_decider, why_not_decide
from domain.decision_record import missing
from domain.delegating import why_not_exercise
from domain.delegation import stream_of
from domain.messages import tag_of
from domain.procurement import granting
from domain.refusals import Refusal
from domain.signing import why_not_sign
from domain.values import Closed
from domain.wording import lettered, listed, short_day, when
from projections.proof import Asked, AuthorityProof, Kind
from projections.proof_given import given, ledger
from projections.proof_grounds import grounds
from projections.proof_people import acted, apart, heard, interests
from projections.proof_then import Then, carried_out, report_of
from projections.sentences import sentence

KINDS: dict[type, Kind] = {
    DecisionTaken: "decision",
    ConsultationAnswered: "consultation",
    ContractSigned: "signature",
}


def proof(then: Then) -> AuthorityProof:
    """The whole of it. The step is one of the kinds that are proved."""
    event, stamp, context = then.event, then.recorded.stamp, then.context
    report, award = report_of(event, then.before), carried_out(event, then.before, context)
    took = award and then.step(
        lambda one: isinstance(one, DecisionTaken) and one.decision == award.id
    )
    actor = acted(then)
    in_name_of = event.decided_by if isinstance(event, DecisionTaken) else actor.post
    return AuthorityProof(
        reference=then.before.reference,
        version=then.recorded.version,
        kind=KINDS[type(event)],
        event=tag_of(type(event)),
        says=sentence(event),
        authority=then.before.authority,
        authority_title=context.constitution.title,
        on=context.day,
        on_text=when(stamp.on),
        on_basis=stamp.on.basis,
        recorded=stamp.now,
        actor=actor,
        decided_by=context.offices.title(in_name_of),
        grounds=tuple(grounds(then)),
        given=given(then.behind, context) if then.behind else None,
        ledger=ledger(then),
        consultees=tuple(heard(report, then)) if report else (),
        interests=tuple(interests(then)),
        apart=tuple(apart(then)),
        asked=tuple(_asked(then)),
        irregularities=stamp.irregularities,
        source=stamp.source,
        rests_on=(took,) if took else (),
        adopted=then.adopted,
        silent=tuple(_silent(then)),
    )


def _asked(then: Then) -> Iterator[Asked]:
    """The rules about who may act, asked again about the step as they were then."""
    event, before, context = then.event, then.before, then.context
    match event:
        case DecisionTaken():
            body = event.decided_by if context.offices.is_body(event.decided_by) else None
            who = why_not_by_decider(event.report, before, context, body)
            yield _answer("Who decides, and whether the duties are separate", who)
            first = why_not_decide(event.report, before, context)
            yield _answer("What comes before the decision: notice, recommendations, answers", first)
        case ConsultationAnswered():
            said = event.view, event.comment, event.interests, event.interests_note
            command = AnswerConsultation(then.recorded.stream, event.report, event.consultee, *said)
            who = command.why_not_actor(before, context)
            yield _answer("Who answers, and whether the duties are separate", who)
            asked = why_not_answer(event.report, event.consultee, before, context)
            yield _answer("Whether the consultee was asked, and had not answered yet", asked)
        case ContractSigned():
            terms = event.supplier, event.amount, event.term.starts, event.term.months
            signing = SignContract(then.recorded.stream, *terms)
            who = signing.why_not_actor(before, context)
            yield _answer("Who signs, and whether the duties are separate", who)
            yield _answer("What comes before the signature", why_not_sign(before, context))
    yield from _asked_under(then)


def _asked_under(then: Then) -> Iterator[Asked]:
    """Whether delegated authority covers it; not where figures that count were erased since."""
    event, behind, context = then.event, then.behind, then.context
    if behind is None or isinstance(event, ConsultationAnswered):
        return
    delegation, source = behind.delegation.before, behind.source.before
    what = "Whether the delegated authority was live, covered it, and its balance bore it"
    every = (*then.concerned, delegation, source)
    if any(
        isinstance(one, Closed) and one.value is None for thing in every for one in within(thing)
    ):
        yield Asked(what, (), "Figures that count here were erased since")
        return
    if isinstance(event, DecisionTaken):
        report = then.before.reports[event.report]
        record = delegation, source, then.concerned, context
        yield _answer(what, why_not_exercise(event.resolutions, report, *record))
    else:
        streams = {stream_of(behind.under): delegation, granting(behind.under): source}
        what = "Whether the authority behind the award was good until the award took effect"
        yield _answer(what, why_not_exercised(then.before, streams, context))


def _answer(what: str, refusals: Iterable[Refusal]) -> Asked:
    return Asked(what, tuple(dict.fromkeys(refusals)))


def _silent(then: Then) -> Iterator[str]:
    """What a reader would look for, and the record of the step does not say."""
    stamp, event, context = then.recorded.stamp, then.event, then.context
    if stamp.by.person is None:
        title = context.offices.title(stamp.by.post)
        who = "was there of" if context.offices.is_body(stamp.by.post) else "acted as"
        yield f"Who {who} {title}: the record names no person"
    if stamp.on.precision != "day":
        read_as = f"rules, offices and calendar were read as of {short_day(context.day)}"
        yield f"The day of the step, which was {when(stamp.on)}: {read_as}"
    if later := [f"the {one.what}" for one in then.adopted if one.on > context.day]:
        yield f"Whether the same held on that day: {listed(later)} relied on came here only later"
    if isinstance(event, DecisionTaken):
        decision = then.after.decisions[event.decision]
        for one in missing(decision, then.after, context):
            yield one.says
    behind = then.behind
    if behind and behind.taken is None:
        which = f"resolution {lettered(behind.under.label)} in {behind.under.granted_in}"
        yield f"The decision that delegates the authority: nothing of {which} was on record yet"
    report = report_of(event, then.before)
    for consultee in report.consultees if report else ():
        if consultee.basis:
            name = context.offices.title(consultee.post)
            yield f"Whom the record means by {name}, who is to be consulted: {consultee.basis}"
