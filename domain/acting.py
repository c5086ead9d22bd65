"""Who may act: the post must exist, the person must be in it, and it must be the post's duty."""

from __future__ import annotations

from collections.abc import Iterable

from domain.messages import Actor, Context
from domain.refusals import Refusal
from domain.values import When
from domain.wording import listed, short_day


def why_not_by(act: str, context: Context) -> Iterable[Refusal]:
    """The constitution gives the actor's post this duty, and the actor is in the post (G1)."""
    duty, by = context.constitution.duty(act), context.stamp.by
    if duty is None:
        yield Refusal("G1", f"No rule of {context.constitution.title} says who may do this")
    elif by.post not in duty.posts:
        yield not_yours(duty.posts, context, duty.provenance)
    yield from why_not_in_post(context)


def why_not_for(post: str, act: str, context: Context, provenance: str = "") -> Iterable[Refusal]:
    """The actor is in a post whose decision it is; for a body, in one that records it (G1)."""
    context = context.acting
    duty, by = context.constitution.duty(act), context.stamp.by
    if context.offices.is_body(post) and (context.stamp.source is None or by.post != post):
        posts, why = (duty.posts, duty.provenance) if duty else ((), "")
        if by.post == post:
            reason = f"{context.offices.title(post)} is a body: somebody records what it resolved"
            yield Refusal("G1", reason, provenance=why)
        elif by.post not in posts:
            yield not_yours(posts or (post,), context, why or provenance)
    elif by.post != post:
        yield not_yours((post,), context, provenance)
    yield from why_not_in_post(context)


def why_not_in_post(context: Context) -> Iterable[Refusal]:
    """The post is one of the authority's; a person who acts holds it or deputises that day."""
    by, offices = context.stamp.by, context.offices
    posts = [one.id for one in offices.posts]
    if by.post not in posts:
        yield Refusal("C1", f"There is no post “{by.post}”; there are {listed(posts)}")
    elif by.person is None:
        if context.stamp.source is None:
            yield Refusal("G1", "Nobody acts: sign in first")
    elif offices.standing(by.person, by.post, context.day) is None:
        day, title = short_day(context.day), offices.title(by.post)
        yield Refusal("G1", f"On {day} this person neither holds nor deputises for {title}")


def same_actor(earlier: Actor, on: When, context: Context) -> bool:
    """Whether the actor is who acted then; where only a post did, whether they held it then."""
    by = context.stamp.by
    if earlier.person and by.person:
        return earlier.person == by.person
    held = by.person and context.offices.standing(by.person, earlier.post, on.read_as)
    return earlier.post == by.post or held == "holder"


def not_yours(posts: Iterable[str], context: Context, provenance: str) -> Refusal:
    titles = listed([context.offices.title(one) for one in posts], "or")
    mine = context.offices.title(context.stamp.by.post)
    return Refusal("G1", f"This is for {titles} to do, not for {mine}", provenance=provenance)
