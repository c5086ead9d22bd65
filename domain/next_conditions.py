"""Acts about conditions of what was resolved: somebody has to show that each is met (P7)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.conditioned import ACT
from domain.conditions import stated
from domain.effects import DelegateAuthority
from domain.offering import Act, Offering
from domain.routes import recorded_by
from domain.wording import lettered


def conditions(case: Offering) -> Iterator[Act]:
    """Each condition that is not met yet waits for who shows it, while anything rests on it."""
    for one in stated(case.p):
        resolution, post = one.resolution, one.condition.shown_by
        delegated = isinstance(resolution.effect, DelegateAuthority)
        revoked = (one.decision.id, resolution.label) in case.p.revoked
        if one.key in case.p.met or revoked:
            continue
        which = f"resolution {lettered(resolution.label)}"
        title = f"Show that what {which} is subject to is met: “{one.condition.words}”"
        posts = recorded_by(post, ACT, case.context, f"{which} names who does") if post else None
        awaited = delegated or case.p.contract is None
        since = one.decision.on
        yield case.act(ACT, title, (), one.key, posts=posts, since=since, awaited=awaited)
