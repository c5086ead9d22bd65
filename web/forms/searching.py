"""The questions of a search in the trail, and how they are read from an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from adapters.house import House
from adapters.searching import Choices, Search
from web.forms.base import Answers, Field

LONGEST, MOST_WORDS = 200, 10
DAYS = {
    "happened-from": "It happened on this day or later",
    "happened-to": "It happened on this day or earlier",
    "recorded-from": "It was recorded on this day or later",
    "recorded-to": "It was recorded on this day or earlier",
}
INEXACT = "Where it is not dated exactly, the day that rules read it as."
LONDON = "By the day in London."
HINTS = {
    "happened-from": INEXACT,
    "happened-to": INEXACT,
    "recorded-from": LONDON,
    "recorded-to": LONDON,
}
ONLY = (("irregular", "Only what is irregular"), ("imported", "Only what was imported"))
PARTS = ("day", "month", "year")
CHOSEN = ("kind", "post", "person", "body", "gateway", "council")
NAMES = (
    "words",
    "reference",
    *CHOSEN,
    *(f"{name}-{part}" for name in DAYS for part in PARTS),
    *(f"only-{name}" for name, _ in ONLY),
)
PAGE = "before"


class Offered:
    """What can be chosen, each with the words for it."""

    def __init__(self, house: House) -> None:
        known: Choices = house.searching.choices()
        titles, gateways, names = titles_of(house), _gateways(house), house.identity.names()
        councils = councils_of(house)
        self.titles, self.councils, self.people = titles, councils, names
        self.options: Mapping[str, Sequence[tuple[str, str]]] = {
            "kind": [(one, one.replace("-", " ").capitalize()) for one in known.kinds],
            "post": _by_words((one, _whose(one, titles, councils)) for one in known.posts),
            "person": _by_words((str(one), names.get(one, str(one))) for one in known.people),
            "body": _by_words((one, _whose(one, titles, councils)) for one in known.bodies),
            "gateway": [(one, gateways.get(one, one)) for one in known.gateways],
            "council": [(one, councils.get(one, one)) for one in known.councils],
        }

    def fields(self) -> list[Field]:
        """In the order in which they are asked."""
        of = self.options
        return [
            Field("words", "Words", "text", "All of them have to be in the entry."),
            Field("kind", "What happened", "select", options=of["kind"]),
            Field("post", "Who did it: the post", "select", options=of["post"]),
            Field("person", "Who did it: the person", "select", options=of["person"]),
            Field("body", "Who decides", "select", options=of["body"]),
            Field("gateway", "Gateway", "select", options=of["gateway"]),
            Field("council", "Council", "select", options=of["council"]),
            Field("reference", "Reference", "text", "Such as leeds-2022-1."),
            Field("only", "Only some entries", "checkboxes", options=ONLY),
            *(Field(name, label, "day", HINTS.get(name, "")) for name, label in DAYS.items()),
        ]


def search_of(sent: Mapping[str, str], offered: Offered) -> tuple[Search, dict[str, str]]:
    """What is looked for, and a sentence for each question that cannot be read."""
    answers = Answers(sent)
    chosen = {name: _chosen(name, answers, offered) for name in CHOSEN}
    days = {name: answers.day_if_any(name, "a day") for name in DAYS}
    for what in "happened", "recorded":
        first, last = days[f"{what}-from"], days[f"{what}-to"]
        if first and last and last < first:
            answers.mistakes[f"{what}-to"] = "Enter a day that is not before the first day"
    search = Search(
        words=_words(answers),
        kind=chosen["kind"],
        post=chosen["post"],
        person=UUID(chosen["person"]) if chosen["person"] else None,
        body=chosen["body"],
        gateway=chosen["gateway"],
        council=chosen["council"],
        reference=_reference(answers),
        happened_from=days["happened-from"],
        happened_to=days["happened-to"],
        recorded_from=days["recorded-from"],
        recorded_to=days["recorded-to"],
        irregular="only-irregular" in sent,
        imported="only-imported" in sent,
    )
    for name in sent.keys() - {*NAMES, PAGE}:
        known = "words, reference and the other fields of this form"
        answers.mistakes["words"] = f"There is nothing to search by “{name[:40]}”: use {known}"
    return search, answers.mistakes


def asked_again(sent: Mapping[str, str]) -> str:
    """The same question as part of an address, empty where everything is asked for."""
    return urlencode([(name, sent[name]) for name in NAMES if sent.get(name)])


def titles_of(house: House) -> dict[str, str]:
    """What posts are called today, in every council."""
    names = house.views.authorities()
    return {post.id: post.title for name in names for post in house.rules(name).offices.posts}


def councils_of(house: House) -> dict[str, str]:
    return {name: house.rules(name).constitution.title for name in house.views.authorities()}


def _gateways(house: House) -> dict[str, str]:
    """What gateways are called: by each council that has one of this name."""
    found: dict[str, list[str]] = {}
    for name in house.views.authorities():
        for one in house.rules(name).constitution.gateways:
            known = found.setdefault(one.id, [])
            known += [] if one.title in known else [one.title]
    return {one: " or ".join(titles) for one, titles in found.items()}


def _whose(post: str, titles: Mapping[str, str], councils: Mapping[str, str]) -> str:
    authority = post.partition("/")[0]
    return f"{titles.get(post, post)}, {councils.get(authority, authority)}"


def _by_words(options: Iterable[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return sorted(options, key=lambda one: one[1].casefold())


def _chosen(name: str, answers: Answers, offered: Offered) -> str:
    found = answers.sent.get(name, "").strip()
    if found and found not in [one for one, _ in offered.options[name]]:
        answers.mistakes[name] = "Choose one of these: nothing else is on record"
        return ""
    return found


def _words(answers: Answers) -> tuple[str, ...]:
    found = answers.sent.get("words", "")
    words = tuple(found.split())
    if len(found) > LONGEST or len(words) > MOST_WORDS:
        answers.mistakes["words"] = f"Look for {MOST_WORDS} words and {LONGEST} characters at most"
    elif not all(one.isprintable() for one in words):
        answers.mistakes["words"] = "Look for words that can be written"
    return () if "words" in answers.mistakes else words


def _reference(answers: Answers) -> str:
    found = answers.sent.get("reference", "").strip()
    if found and not re.fullmatch(r"[a-z][a-z0-9-]{0,79}", found):
        answers.mistakes["reference"] = "Enter a reference as it is written, such as leeds-2022-1"
        return ""
    return found
