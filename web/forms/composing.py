"""What a report asks for, put together in the form out of things of several kinds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import count
from typing import Any, NamedTuple

from msgspec import ValidationError, convert

from domain.constitution import Gateway
from domain.effects import AuthoriseProcurement
from domain.gateways import FITTING
from domain.reported import Recommendation, Report
from domain.suggesting import suggest, version_before
from domain.values import Reference
from domain.wording import lettered
from web.forms import varying
from web.forms.annexes import SEVERAL, annexes
from web.forms.authority import AUTHORITY
from web.forms.base import Answers, Asked, Field
from web.forms.consultees import another
from web.forms.kinds import NTH, At, end_of, next_token, tokens
from web.forms.purchases import PURCHASES

KINDS = {**PURCHASES, **AUTHORITY, "change": varying.KIND}
NAMES = {one.effect: name for name, one in KINDS.items()}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MAIN, MOST = "a", 12
"""The token of what a gateway is there for, and how many things a report may ask for."""


class Item(NamedTuple):
    """Something that the report asks for: what the form calls it, its kind, and its letter.

    ``end`` is what the names of its fields end in; the rest is what the version before said.
    """

    token: str
    kind: str
    end: str = ""
    label: str = ""
    was: Any = None
    text: str = ""
    about: str = ""


class Composed(NamedTuple):
    """A report as the form stands: its version before, what the record suggests, what it asks for.

    ``aim`` is the gateway that it goes to, ``combines`` are those that it passes on the way, and
    ``addable`` are the kinds of thing that it may ask for besides.
    """

    aim: Gateway
    combines: tuple[str, ...]
    before: Report | None
    said: tuple[Recommendation, ...]
    items: tuple[Item, ...]
    addable: tuple[str, ...]


def compose(asked: Asked) -> Composed | None:
    """The report as the form stands; None where there is no such gateway."""
    rules = asked.context.constitution
    gateway = rules.gateway(asked.subject)
    if gateway is None:
        return None
    before = version_before(gateway, asked.p)
    said = () if before else suggest(gateway, asked.p, asked.context)
    passed = [one for one in rules.gateways if before and one.id in before.combines]
    later = _later(gateway, asked)
    fitting = _fitting([gateway, *passed, *([later] if later else [])])
    items = _labelled(_items(gateway, before, said, fitting, asked), said)
    kinds = {one.kind for one in items}
    aim, combines = gateway, tuple(one.id for one in passed if _main(one) in kinds)
    if later and "competition" in kinds:
        aim, combines = later, (gateway.id,)
    elif later:
        fitting = [*_fitting([gateway, *passed]), "competition"]
    return Composed(aim, combines, before, said, items, tuple(fitting))


def _later(gateway: Gateway, asked: Asked) -> Gateway | None:
    """Where a competition does not fit: the gateway for it, if one report may pass both."""
    if AuthoriseProcurement in FITTING[gateway.asks_for]:
        return None
    every = asked.context.constitution.gateways
    wanted = (one for one in every if one.asks_for == "authorise-procurement")
    return next((one for one in wanted if gateway.id in one.may_combine), None)


def _main(gateway: Gateway) -> str:
    """The kind of thing that a gateway is there for."""
    return NAMES[FITTING[gateway.asks_for][0]]


def _fitting(gateways: Iterable[Gateway]) -> list[str]:
    """The kinds of thing that can be added to a report at these gateways."""
    effects = [effect for one in gateways for effect in FITTING[one.asks_for]]
    return [name for name, one in KINDS.items() if one.add and one.effect in effects]


def _items(
    gateway: Gateway,
    before: Report | None,
    said: Collection[Recommendation],
    fitting: Iterable[str],
    asked: Asked,
) -> list[Item]:
    """Those of the version before, or the main one; and what was added, without what was taken."""
    found = []
    for n, one in enumerate(before.recommendations if before else (), 1):
        kind, about = NAMES[type(one.effect)], one.about or ""
        found.append(Item(f"was-{n}", kind, f".{n}", one.label, one.effect, one.text, about))
    if not before and not said:
        found.append(Item(MAIN, _main(gateway), label="a"))
    for token in tokens(asked, "with"):
        kind = re.sub(rf"{NTH}\Z", "", token)
        alone = end_of(token) not in [one.end for one in found if one.kind == kind]
        if kind in fitting and alone and len(found) < MOST:
            found.append(Item(token, kind, end_of(token)))
    without = tokens(asked, "without")
    return [one for one in found if one.token not in without]


def _labelled(items: Iterable[Item], said: Collection[Recommendation]) -> tuple[Item, ...]:
    """Letters in their order; where the version before has numbers, they stay and go on."""
    items = list(items)
    labels = [one.label for one in said] + [one.label for one in items]
    if len(labels) <= len(LETTERS) and all(one in ("", *LETTERS) for one in labels):
        letters = LETTERS[len(said) :]
        return tuple(one._replace(label=letters[n]) for n, one in enumerate(items))
    numbers = (str(n) for n in count(1) if not any(re.match(rf"{n}(\D|\Z)", one) for one in labels))
    return tuple(one if one.label else one._replace(label=next(numbers)) for one in items)


def addable(asked: Asked, composed: Composed) -> dict[str, str]:
    """What can be asked for besides: the token of each, and the words on its button."""
    if len(composed.items) + len(composed.said) >= MOST:
        return {}
    taken = [*tokens(asked, "with"), *[one.kind for one in composed.items if one.token == MAIN]]
    found = {next_token(kind, taken): KINDS[kind].add for kind in composed.addable}
    more = another(asked) if any(one.kind == "delegation" for one in composed.items) else {}
    return {**{token: words for token, words in found.items() if token}, **more}


def removable(composed: Composed) -> dict[str, str]:
    """What can be taken out, so that something is left to ask for."""
    if len(composed.items) + len(composed.said) < 2:
        return {}
    return {one.token: f"Take out recommendation {lettered(one.label)}" for one in composed.items}


def item_fields(asked: Asked, composed: Composed) -> list[Field]:
    """The questions about everything that the report asks for."""
    several, found = SEVERAL in annexes(asked, composed.before), []
    for one in composed.items:
        kind, name, letter = KINDS[one.kind], f"text-{one.token}", lettered(one.label)
        if one.token == MAIN:
            hint = "What is to be agreed, in words"
            found.append(Field(name, f"Recommendation {letter}", "textarea", hint))
        else:
            title = f"Recommendation {letter}: {kind.heading.lower()}"
            hint = "Leave it empty to have it put into words" if kind.words else ""
            found.append(Field(f"heading-{one.token}", title, "heading"))
            found.append(Field(name, f"{letter} in words", "textarea", hint, one.text))
        found += kind.fields(At(asked, one.end, one.was))
        if several:
            label, hint = f"{letter} is about", "A reference. Empty where it is about all of them"
            found.append(Field(f"about-{one.token}", label, "text", hint, one.about))
    return found


def recommendations(
    asked: Asked, composed: Composed, answers: Answers
) -> tuple[Recommendation, ...]:
    """Everything that the report asks for, as it was filled in."""
    several, found = SEVERAL in annexes(asked, composed.before), []
    for one in composed.items:
        kind, name = KINDS[one.kind], f"text-{one.token}"
        words = answers.text(name, "what is to be agreed", needed=False, most=2000)
        words = "" if words == "-" else words
        effect = kind.read(At(asked, one.end, one.was, words), answers)
        if not words and kind.words and one.token != MAIN:
            words = kind.words(effect, asked)
        elif not words:
            answers.mistakes[name] = "Enter what is to be agreed"
        about = _about(f"about-{one.token}", answers) if several else None
        found.append(Recommendation(one.label, words or "-", effect, about))
    return tuple(found)


def _about(name: str, answers: Answers) -> str | None:
    if not answers.optional(name):
        return None
    try:
        return convert(answers.optional(name), Reference)
    except ValidationError:
        answers.mistakes[name] = "A reference is written like leeds-2022-1"
        return None
