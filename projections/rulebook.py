"""The rules of a council in words, and how two versions of them differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from domain.constitution import Constitution, Route
from domain.provenance import Provenance
from domain.wording import counted, listed, pounds
from projections.rulebook_call_in import call_in
from projections.rulebook_clearances import clearance

Titles = Callable[[str], str]
"""What a post is called."""
ASKS_FOR = {
    "approve-plan": "approval of a plan",
    "approve-budget": "approval of a budget",
    "authorise-procurement": "authority to procure",
    "award-contract": "the award of a contract",
    "release-phase": "the release of a phase",
    "extend-contract": "the extension of a contract",
    "vary-contract": "a variation of a contract",
}


class Said(NamedTuple):
    """A rule in words: what it is about, and what it says aspect by aspect."""

    part: str
    subject: str
    says: dict[str, str]


class Change(Struct, frozen=True):
    """What is different between two versions, with where each rule comes from."""

    what: Literal["added", "removed", "changed", "order"]
    subject: str
    aspect: str = ""
    was: str = ""
    now: str = ""
    was_from: str = ""
    now_from: str = ""

    @property
    def sentence(self) -> str:
        match self.what:
            case "added":
                return f"{self.subject} is added: {self.now} ({self.now_from})."
            case "removed":
                return f"{self.subject} is removed: {self.was} ({self.was_from})."
            case "order":
                return f"{self.subject} stand in another order: {self.was} becomes {self.now}."
        # Where a rule comes from is a change by itself; beside another it is only repeated.
        own = self.now_from and self.aspect != SOURCE
        source = f" ({self.now_from})" if own else ""
        return f"{self.subject}: {self.aspect} changes from {self.was} to {self.now}{source}."


SOURCE, CALLED = "where it comes from", "what it is called"


def compare(before: Constitution, after: Constitution, title: Titles) -> list[Change]:
    """Every rule that was added, removed or changed, in the order of a constitution.

    Version and day of coming into force are no rules: they differ between any two.
    """
    found: list[Change] = []
    if before.title != after.title:
        found.append(Change("changed", "The council", CALLED, before.title, after.title))
    was, now = grouped(before, title), grouped(after, title)
    for key in dict.fromkeys((*was, *now)):
        found += _differences(was.get(key, []), now.get(key, []))
    found += _in_another_order([one.id for one in before.gateways], after, before)
    return found


def _differences(was: Sequence[Said], now: Sequence[Said]) -> Iterator[Change]:
    """Between rules that are about the same thing: one of each, but for routes by value."""
    gone = [one for one in was if one not in now]
    new = [one for one in now if one not in was]
    if not gone and not new and list(was) != list(now):
        says = [", ".join(_values(one) for one in each) for each in (was, now)]
        yield Change("order", f"{was[0].part}s for the same", "", *says)
    for old, young in zip(gone, new, strict=False):
        sources = old.says[SOURCE], young.says[SOURCE]
        for aspect, said in old.says.items():
            if said != young.says[aspect]:
                yield Change("changed", old.subject, aspect, said, young.says[aspect], *sources)
    for one in gone[len(new) :]:
        yield Change("removed", one.subject, was=_all(one), was_from=one.says[SOURCE])
    for one in new[len(gone) :]:
        yield Change("added", one.subject, now=_all(one), now_from=one.says[SOURCE])


def _in_another_order(
    was: Sequence[str], after: Constitution, before: Constitution
) -> Iterator[Change]:
    """Where a kind of report goes up is the first gateway for it: their order is a rule."""
    now = [one.id for one in after.gateways]
    kept, there = [one for one in was if one in now], [one for one in now if one in was]
    if kept != there:
        titles = {one.id: f"“{one.title}”" for one in before.gateways}
        says = [listed([titles[one] for one in each]) for each in (kept, there)]
        yield Change("order", "Gateways", "", *says)


def _all(one: Said) -> str:
    said = {aspect: what for aspect, what in one.says.items() if aspect not in (SOURCE, CALLED)}
    return "; ".join(f"{aspect}: {what}" for aspect, what in said.items())


def _values(one: Said) -> str:
    return one.says.get("for which values", one.subject)


def grouped(c: Constitution, title: Titles) -> dict[tuple[str, str], list[Said]]:
    """Every rule in words, under its part and what it is about."""
    found: dict[tuple[str, str], list[Said]] = {}
    for key, one in _every(c, title):
        found.setdefault((one.part, key), []).append(one)
    return found


def _every(c: Constitution, title: Titles) -> Iterator[tuple[str, Said]]:
    def said(key: str, part: str, name: str, rule: Provenance, **says: str) -> tuple[str, Said]:
        spaced = {aspect.replace("_", " "): what for aspect, what in says.items()}
        return key, Said(part, f"{part}{name}", {**spaced, SOURCE: rule.provenance})

    def posts(ids: Sequence[str]) -> str:
        return listed([title(one) for one in ids]) if ids else "nobody"

    def gateways(ids: Sequence[str]) -> str:
        return listed([gateway_title(one, c) for one in ids]) if ids else "nothing"

    for g in c.gateways:
        yield said(
            g.id, "Gateway", f" “{g.title}”", g,
            what_it_is_called=g.title,
            what_reports_ask_for=ASKS_FOR[g.asks_for],
            what_comes_before_it=gateways(g.after),
            what_it_may_be_passed_together_with=gateways(g.may_combine),
            who_may_waive_it=posts(g.waived_by),
        )  # fmt: skip
    for k in c.classes:
        yield said(
            k.id, "Class", f" “{k.title}”", k,
            what_it_is_called=k.title,
            whether_it_is_key=yes(k.key),
            whether_it_may_be_called_in=yes(k.call_in),
            whether_it_is_said_to_be_of_the_executive=yes(k.executive),
            whether_it_is_for_delegated_authority=yes(k.under_delegation),
        )  # fmt: skip
    for r in c.routes:
        yield said(
            f"{r.gateway} {r.decision_class}", "Route",
            f" through {gateway_title(r.gateway, c)}, {class_title(r.decision_class, c)}", r,
            for_which_values=values(r),
            who_decides=title(r.decided_by),
            who_recommends=posts(r.recommended_by),
            who_takes_it_over_from_a_member_with_an_interest=posts(
                (r.hands_over_to,) if r.hands_over_to else ()
            ),
        )  # fmt: skip
    amount = pounds(c.key_threshold.above)
    yield said("", "Presumption of a key decision", "", c.key_threshold, above_which_amount=amount)
    if c.call_in:
        yield "", Said("Call-in", "Call-in", {**call_in(c.call_in), SOURCE: c.call_in.provenance})
        if u := c.call_in.urgency:
            yield said(
                "urgency", "Urgency without call-in", "", u,
                who_agrees=listed([title(one) for one in u.agreed_by], "or else"),
                who_reports_it=title(u.reported_by),
                who_hears_of_it=title(u.reported_to),
            )  # fmt: skip
    yield said(
        "", "Separation of duties", "", c.separation,
        whether_the_author_of_a_report_may_decide_it=yes(c.separation.author_decides),
        whether_an_evaluator_may_decide=yes(c.separation.evaluator_decides),
        whether_who_decided_the_award_may_sign=yes(c.separation.decider_signs),
    )  # fmt: skip
    for d in c.duties:
        act, whose = d.act.replace("-", " "), posts(sorted(d.posts))
        yield said(d.act, "Duty", f" “{act}”", d, whose_it_is=whose)
    if c.social_value:
        least = f"{c.social_value.least.normalize():f} %"
        yield said("", "Social value", "", c.social_value, least_share_of_the_score=least)
    if c.agenda:
        days = counted(c.agenda.clear_days, f"clear {c.agenda.unit.replace('-', ' ')[:-1]}")
        yield said("", "Agenda", "", c.agenda, how_long_before_a_meeting_a_report_is_out=days)
    if c.private_meetings:
        unit = f"clear {c.private_meetings.unit.replace('-', ' ')[:-1]}"
        yield said(
            "", "Meetings in private", "", c.private_meetings,
            which_bodies_give_notice=posts(c.private_meetings.bodies),
            who_gives_it=posts(c.private_meetings.posts),
            how_long_before_is_the_second=counted(5, unit),
        )  # fmt: skip
    if c.scrutiny:
        yield said(
            "", "Report on what was not key", "", c.scrutiny,
            who_requires_it=posts(c.scrutiny.required_by),
            who_reports=title(c.scrutiny.reported_by),
            who_hears_of_it=title(c.scrutiny.reported_to),
        )  # fmt: skip
    for x in c.clearances:
        says = {**clearance(x, c, title), SOURCE: x.provenance}
        yield x.kind, Said("Clearance", f"Clearance “{x.kind.replace('-', ' ')}”", says)
    if c.budget_setting:
        also = posts(c.budget_setting.posts)
        yield said("", "Setting of budgets", "", c.budget_setting, who_else_sets_them=also)
    for h in c.must_hear:
        whose, kinds = posts(sorted(h.posts)), listed(sorted(h.types))
        yield said(whose, "What has to be told", f" to {whose}", h, what_it_is=kinds)
    if c.sub_delegation:
        allowed = yes(c.sub_delegation.allowed)
        yield said("", "Sub-delegation", "", c.sub_delegation, whether_it_is_allowed=allowed)
    if c.closed:
        yield said(
            "",
            "Reading of closed parts",
            "",
            c.closed,
            who_may_see_them=posts(sorted(c.closed.posts)),
        )


def yes(one: bool | None) -> str:
    return "not said" if one is None else "yes" if one else "no"


def values(one: Route) -> str:
    """Any value; above £100,000 and up to £500,000."""
    bounds = [f"above {pounds(one.above)}"] if one.above else []
    bounds += [f"up to {pounds(one.up_to)}"] if one.up_to is not None else []
    return " and ".join(bounds) or "any value"


def gateway_title(name: str, c: Constitution) -> str:
    found = c.gateway(name)
    return f"“{found.title}”" if found else f"“{name}”"


def class_title(name: str, c: Constitution) -> str:
    found = c.decision_class(name)
    return found.title.lower() if found else f"“{name}”"
