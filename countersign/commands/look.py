"""Commands that look: procurements, queue, show, history."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any

import typer

from adapters.clock import LONDON, london_day
from adapters.house import House
from adapters.views import Waiting
from countersign.commands.rulebooks import rules_of
from countersign.settings import Settings
from countersign.wiring import house
from domain.authority import Authority, Rules
from domain.messages import fold
from domain.moments import read_moment
from domain.procurement import Procurement
from domain.reading import Mistake, Mistaken
from domain.refusals import Refusal, Refused
from domain.shortenings import warning
from domain.timetable import pressing_until
from domain.values import authority_id, authority_of, procurement_id
from domain.wording import counted, lettered, short_day
from projections.case_file import case_file
from projections.standing import context_at
from projections.trail import row

AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
Ref = Annotated[str, typer.Argument(help="The procurement's reference, such as leeds-2022-1.")]
At = Annotated[
    str | None, typer.Option(help="As recorded by then: a day, or a time with its zone.")
]


def procurements(as_json: AsJson = False) -> None:
    """List every procurement with its value and stage."""
    with house(Settings()) as found:
        found.catch_up()
        rows = [dict(one._mapping) for one in found.views.procurements()]
    if as_json:
        return _print(rows)
    for one in rows:
        odd = one["irregularities"]
        remark = f"  [{counted(odd, 'irregularity', 'irregularities')}]" if odd else ""
        changed = f" ({one['changed']})" if one["changed"] else ""
        print(f"{one['reference']}  {one['title']}")
        print(f"    {one['value']}{changed}. {one['stage']}{remark}")
    return None


def delegations(as_json: AsJson = False) -> None:
    """List delegated authority: to whom, for what, how far, and what was drawn so far."""
    with house(Settings()) as found:
        found.catch_up()
        rows = [dict(one._mapping) for one in found.views.delegations()]
    if as_json:
        return _print(rows)
    for one in rows:
        state = f" Revoked: {one['revoked']}." if one["revoked"] else ""
        by = f"resolution {lettered(one['label'])} in {one['granted_in']}"
        awards = counted(one["awards"], "award")
        print(f"{one['delegate']}  {one['purpose']}\n    {by}")
        print(f"    {one['cap']}; drawn {one['drawn']} by {awards}.{state}")
        for part in one["passed_on"].splitlines():
            print(f"    passed on: {part}")
    return None


def queue(
    post: Annotated[str, typer.Option("--as", help="A post, such as leeds/legal-services.")],
    at: Annotated[
        str | None,
        typer.Option(help="As it stood then: at the end of a day, or a time with its zone."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what waits for a post: since when, due when, and what blocks it until when."""
    moment = _moment(at)
    with house(Settings()) as found:
        found.catch_up()
        authority = post.partition("/")[0]
        known = [one.id for one in rules_of(found, authority).offices.posts]
        if post not in known:
            reason = f"There is no post “{post}”; there are {', '.join(known)}"
            raise Refused([Refusal("C1", reason)])
        now = found.clocks.now(authority)
        today = london_day(min(moment, now) if moment else now)
        waiting = _then(found, post, moment) if moment else found.queue([post])
        rows = [{**one._asdict(), "warning": ""} for one in waiting.rows]
        if not moment:
            _warn(rows, found, authority, today)
    if as_json:
        return _print(rows)
    print(f"{short_day(today)}: {counted(len(rows), 'item')} for {post}")
    for one in rows:
        due = f", due {short_day(one['due'])} ({one['due_because']})" if one["due"] else ""
        print(f"{one['reference']}  {one['act']}\n    since {one['since_text']}{due}")
        if one["waits_for"]:
            print(f"    waiting for {one['waits_for']}: {one['blocked_by']}")
        elif one["opens"] and one["opens"] > today:
            print(f"    not before {short_day(one['opens'])}: {one['blocked_by']}")
        if one["warning"]:
            print(f"    {one['warning']}")
    return None


def _then(found: House, post: str, moment: datetime) -> Waiting:
    from adapters.queue_then import queue_then

    return queue_then(found, [post], moment)


def _warn(rows: list[dict[str, Any]], found: House, authority: str, today: date) -> None:
    """Where the timetable presses, a row is given its warning."""
    rules = found.rules(authority, today)
    until = pressing_until(today, rules.calendar)
    for one in rows:
        if one["last"] and one["last"] <= until:
            context = context_at(p := found.procurement(one["reference"]), rules, today)
            one["warning"] = warning(one["last"], p, context)


def show(
    ref: Ref,
    at: Annotated[
        str | None, typer.Option(help="As recorded by then: a day, or a time with its zone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a procurement as it stands, or as it was on record at a moment."""
    with house(Settings()) as found:
        moment = _moment(at)
        procurement = known(found, ref, moment)
        authority = authority_of(ref)
        today = moment.date() if moment else found.clocks.today(authority)
        plain = case_file(procurement, _rules(found, authority, today, moment), today)
    if as_json:
        return _print(plain)
    print(f"{ref}  {plain['title']}\n{plain['authority_title']}. {plain['stage']}.")
    print(f"Value {plain['value']['text']}.")
    if plain["contract"] and plain["contract"]["changed"]:
        print(f"The contract: {plain['contract']['changed']}.")
    for one in plain["decisions"]:
        for resolution in one["resolutions"]:
            effect = _in_effect(resolution["effective"], at_once=one["at_once"])
            late = ", in retrospect" if resolution["retrospective"] else ""
            said = f"{resolution['outcome']}, {one['on_text']}{effect}{late}"
            print(f"{lettered(resolution['label'])} {said}")
    for one in plain["irregularities"]:
        print(f"Irregular, event {one['version']}: {one['rule']}: {one['reason']}")
    for one in plain["next"]:
        print(f"Next: {one['title']} ({', '.join(one['post_titles'])})")
        for refusal in one["refusals"]:
            print(f"    not yet: {refusal['rule']}: {refusal['reason']}")
    return None


def _in_effect(since: str | None, *, at_once: bool) -> str:
    if since and at_once:
        return ", in effect at once"
    return f", in effect from {since}" if since else ""


def history(ref: Ref, as_json: AsJson = False) -> None:
    """Tell every event of a procurement in a sentence."""
    with house(Settings()) as found:
        known(found, ref, None)
        recorded = found.log.read(procurement_id(ref))
        rows = [row(one.version, one, ref) for one in recorded]
    if as_json:
        return _print([dict(one) for one in rows])
    for one in rows:
        deputy = " (as deputy)" if one["deputising"] else ""
        print(f"{one['version']}. {one['on_text']}, {one['post']}{deputy}: {one['sentence']}")
        if one["source"]:
            print(f"    imported; {one['source']}")
        for irregularity in one["irregularities"].splitlines():
            print(f"    irregular: {irregularity}")
    return None


def known(found: House, ref: str, until: datetime | None) -> Procurement:
    """The procurement, as recorded until a moment. Refuses where there is none."""
    ref = ref if ref.isprintable() else ascii(ref)
    history = found.log.read(procurement_id(ref))
    if not history:
        known = ", ".join(one.reference for one in found.views.procurements())
        reason = f"There is no procurement {ref}; there are {known or 'none yet'}"
        raise Refused([Refusal("C1", reason)])
    kept = [one for one in history if until is None or one.stamp.now <= until]
    if not kept:
        reason = f"Nothing of {ref} was on record by then"
        raise Refused([Refusal("C1", reason)])
    return fold(Procurement(), kept)


def _rules(found: House, authority: str, day: date, until: datetime | None) -> Rules:
    """What the authority goes by on a day, as recorded until a moment."""
    history = found.log.read(authority_id(authority))
    kept = [one for one in history if until is None or one.stamp.now <= until]
    return fold(Authority(), kept).rules(day)


def _moment(at: str | None) -> datetime | None:
    """A London moment; of a day, its end. Raises Mistaken for a time without its zone."""
    try:
        return read_moment(at).astimezone(LONDON) if at is not None else None
    except ValueError as error:
        raise Mistaken([Mistake("--at", str(error))]) from None


def _print(plain: Any) -> None:
    print(json.dumps(plain, indent=2, ensure_ascii=False, default=str))


COMMANDS = (procurements, delegations, queue, show, history)
