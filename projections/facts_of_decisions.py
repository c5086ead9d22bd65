"""Decisions in facts: what was resolved, when it has effect, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.effects import DelegateAuthority
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Decision, Resolution
from domain.undertakings import undertakings
from domain.wording import amount, clock, counted, lettered, listed, short_day, when
from projections.effects_told import AWARDS, effect_told
from projections.fact import Fact, first_up, sentences
from projections.phrases import CALL_IN_OUTCOMES, OUTCOMES
from projections.record_told import told_of_record

INTERESTS = {"none-declared": "none declared", "not-in-the-record": "not in the record"}


def decisions(p: Procurement, context: Context) -> Iterator[Fact]:
    """What was resolved, and what became of it."""
    for decision in p.decisions.values():
        yield from _decision(decision, p, context)


def _decision(one: Decision, p: Procurement, context: Context) -> Iterator[Fact]:
    title, of = context.offices.title, p.reports[one.report].title

    def fact(key: str, name: str, says: str) -> Fact:
        return Fact("Decisions", f"{one.id} {key}", name, says, of)

    kind = context.constitution.decision_class(one.decision_class)
    deputy = " (by a deputy)" if one.by.deputising else ""
    made = short_day(one.dated) if one.dated else when(one.on)
    yield fact(
        "decision",
        "Decided by",
        sentences(
            f"{title(one.decided_by)}{deputy}, {made}",
            kind.title if kind else one.decision_class,
            "open to call-in" if one.open_to_call_in else "not open to call-in",
            one.published_because,
            "replaced by a later decision" if one.replaced else "",
        ),
    )
    yield fact("published", "Publication", _published(one))
    yield fact(
        "interests", "Interests", one.interests_note or INTERESTS.get(one.interests, "declared")
    )
    if one.reasons:
        yield fact("reasons", "Reasons", one.reasons)
    if one.window:
        at = f"{clock(one.window.closes_at)} on" if one.window.closes_at else "the end of"
        yield fact("window", "Call-in closes", f"{at} {short_day(one.window.last_day)}")
    if one.called_in:
        yield fact("called in", "Called in", _called_in(one))
    if one.capsule:
        yield fact("screen", "What was on the screen", f"kept (SHA-256 {one.capsule[:12]})")
    for resolution in one.resolutions:
        about = f"Resolution {lettered(resolution.label)}"
        yield fact(f"resolved {resolution.label}", about, _resolved(one, resolution, context))
        for n, condition in enumerate(getattr(resolution.effect, "conditions", ()), 1):
            met = p.met.get(f"{one.id} {resolution.label} {n}")
            if met:
                says = f"{condition.words}: met {when(met.on)}, {met.evidence}"
                yield fact(f"met {resolution.label} {n}", f"{about}, condition {n}", says)
    for added in told_of_record(one, p, context)["added_later"]:
        says = f"{added['on_text']}, {title(added['by'])}"
        yield fact(f"added {added['item']}", f"Added later: {added['item']}", says)


def _resolved(decision: Decision, one: Resolution, context: Context) -> str:
    since = decision.effective_on(one.label)
    if not one.agreed:
        effect = ""
    elif since and decision.at_once:
        effect = "in effect at once"
    else:
        effect = f"takes effect on {short_day(since)}" if since else "no effect yet"
    told = effect_told(one.effect, context) if one.agreed else ""
    about = f"about {one.about}" if one.about else ""
    return sentences(f"{OUTCOMES[one.outcome]}: {one.wording}", told, about, one.reason, effect)


def _published(one: Decision) -> str:
    if one.published is None:
        return "not published yet"
    basis = f" ({one.published.basis})" if one.published.basis else ""
    day = one.published_effective
    effect = f"as taking effect on {short_day(day)}" if day else ""
    return sentences(f"{when(one.published)}{basis}", effect)


def _called_in(decision: Decision) -> str:
    one = decision.called_in
    assert one
    which = listed([lettered(label) for label in one.resolutions])
    meets = f"scrutiny meets by {short_day(one.meets_by.last_day)}" if one.meets_by else ""
    again = one.reconsidered_by
    return sentences(
        f"{which}, on {short_day(one.on)}, by {counted(len(one.members), 'member')}: {one.grounds}",
        CALL_IN_OUTCOMES[one.outcome] if one.outcome else meets or "its outcome is awaited",
        f"decided again by {short_day(again.last_day)}" if again else "",
    )


def delegated(p: Procurement, context: Context) -> Iterator[Fact]:
    """Authority that resolutions of this case delegate, and whether it was taken back."""
    title = context.offices.title
    for decision, one, effect in p.resolved(DelegateAuthority):
        since = decision.effective_on(one.label)
        here = (decision.id, one.label)
        parts = [title(post) for *where, _, post in p.passed_on if tuple(where) == here]
        says = sentences(
            f"{title(effect.delegate)}: {effect.purpose}",
            f"{amount(effect.cap) if effect.cap else 'within the budget'}, {AWARDS[effect.awards]}",
            f"since {short_day(since)}" if since and not decision.at_once else "",
            f"parts passed on to {listed(parts)}" if parts else "",
            "taken back" if here in p.revoked else "",
        )
        yield Fact(
            "Delegated authority",
            f"{decision.id} {one.label}",
            f"Resolution {lettered(one.label)}",
            says,
        )


def undertaken(p: Procurement, context: Context) -> Iterator[Fact]:
    """What has to be reported back, and whether it was."""
    title = context.offices.title
    for one in undertakings(p):
        done = p.discharged.get(one.id)
        says = sentences(
            f"{title(one.by)} to {title(one.to)}",
            f"due {when(one.due)}" if one.due else "",
            f"once {one.once}" if one.once else "",
            f"done {when(done)}" if done else "",
        )
        yield Fact("To be reported back", one.id, first_up(one.what), says)
