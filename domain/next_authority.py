"""Acts about delegated authority: pass a part of it on, take a part back."""

from __future__ import annotations

from collections.abc import Iterator

from domain.delegating import live
from domain.effects import DelegateAuthority
from domain.offering import Act, Offering
from domain.passing_on import why_not_pass_on
from domain.routes import recorded_by
from domain.wording import lettered


def authority(case: Offering) -> Iterator[Act]:
    """What may be done about each authority that was not revoked. Nobody waits for it."""
    for decision, one in live(case.p):
        which, about = f"resolution {lettered(one.label)}", f"{decision.id} {one.label}"
        assert isinstance(one.effect, DelegateAuthority)
        posts = ((one.effect.delegate,), f"{which} delegates it")
        if not list(why_not_pass_on(one.effect, case.rules)):
            title = f"Pass on a part of the authority delegated by {which}"
            yield case.act("pass-on-authority", title, (), about, posts=posts, awaited=False)
        gave, _ = recorded_by(decision.decided_by, "take-decision", case.context)
        for *whose, part, to in case.p.passed_on:
            if whose == [decision.id, one.label]:
                title = f"Take back what was passed on to {case.context.offices.title(to)}"
                both = ((*posts[0], *gave), posts[1])
                subject = f"{about} {part}"
                yield case.act("take-back-authority", title, (), subject, posts=both, awaited=False)
