"""Fields of a form, and answers read with a sentence for everything that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import ClassVar, Literal, NamedTuple
from uuid import UUID

from adapters.house import House
from domain.messages import Command, Context
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.reported import Report
from domain.values import check_pounds, procurement_id

NUMBER = re.compile(r"[+-]?\d+(\.\d{1,4})?", re.ASCII)
LONGEST_NUMBER = 12
YES_NO = (("no", "No"), ("yes", "Yes"))
PERIODS = (("total", "In all"), ("year", "A year"))
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that ``check_day`` lets pass."""


class Field(NamedTuple):
    """One question. ``options`` are values with their labels; a heading only separates.

    Of checkboxes all are ticked at first, and each is sent under a name of its own.
    """

    name: str
    label: str
    kind: Literal[
        "text",
        "textarea",
        "money",
        "number",
        "day",
        "radios",
        "checkboxes",
        "select",
        "heading",
        "said",
    ]
    hint: str = ""
    value: str = ""
    options: Sequence[tuple[str, str]] = ()


class Answers:
    """What was sent. Reading collects a sentence for each mistake, by the field's name.

    Something readable stands in for what is missing, so that a command can be made at all.
    """

    def __init__(self, sent: Mapping[str, str]) -> None:
        self.sent = sent
        self.mistakes: dict[str, str] = {}

    def text(self, name: str, what: str, *, needed: bool = True, most: int = 10_000) -> str:
        found = self.sent.get(name, "").replace("\r\n", "\n").strip()
        if needed and not found:
            self.mistakes[name] = f"Enter {what}"
        if len(found) > most:
            self.mistakes[name] = f"Shorten {what} to {most:,} characters"
        return found or "-"

    def optional(self, name: str) -> str:
        found = self.text(name, "this text", needed=False)
        return "" if found == "-" else found

    def one_of(self, name: str, what: str, allowed: Sequence[str]) -> str:
        found = self.sent.get(name, "")
        if found not in allowed:
            self.mistakes[name] = f"Choose {what}"
            return allowed[0]
        return found

    def ticked(self, name: str, what: str, offered: Sequence[str]) -> tuple[str, ...]:
        """Those of several checkboxes that are ticked: one at least."""
        found = tuple(one for one in offered if f"{name}-{one}" in self.sent)
        if not found:
            self.mistakes[name] = f"Tick {what}: one at least"
        return found

    def number(self, name: str, what: str) -> Decimal:
        """A plain number of at most four decimals: no exponent, no NaN, no infinity."""
        found = self.sent.get(name, "").strip()
        if len(found) > LONGEST_NUMBER or not NUMBER.fullmatch(found):
            self.mistakes[name] = f"Enter {what} as a number, such as 12 or 12.5"
            return Decimal(0)
        return Decimal(found)

    def whole(self, name: str, what: str, least: int, most: int) -> int:
        """A whole number within limits, both included."""
        found = self.number(name, what)
        if found != int(found) or not least <= found <= most:
            self.mistakes[name] = f"Enter {what}: a whole number from {least} to {most}"
            return least
        return int(found)

    def pounds(self, name: str, what: str) -> Decimal:
        """An amount such as 1,250 or £1250.50."""
        sent = self.sent.get(name, "").strip().removeprefix("£").replace(",", "").strip()
        try:
            found = Decimal(sent)
            check_pounds(found)
        except InvalidOperation:
            self.mistakes[name] = f"Enter {what} in pounds, such as 1,250 or 1,250.50"
        except ValueError:
            self.mistakes[name] = f"Enter {what} in pounds with at most two decimals"
        else:
            return found
        return Decimal(0)

    def day(self, name: str, what: str) -> date:
        """A day in three boxes: day, month, year."""
        sent = [self.sent.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
        if not all(sent):
            self.mistakes[name] = f"Enter {what}: day, month and year"
        elif not all(part.isascii() and part.isdigit() for part in sent):
            self.mistakes[name] = f"Enter {what} in numbers, such as 14 11 2022"
        else:
            shown = " ".join(sent[::-1])
            try:
                found = date(*(int(part) for part in sent))
            except (ValueError, OverflowError):
                self.mistakes[name] = f"{shown} is not a date that exists: enter {what} again"
            else:
                if FIRST_YEAR <= found.year <= LAST_YEAR:
                    return found
                years = f"{FIRST_YEAR} to {LAST_YEAR}"
                self.mistakes[name] = f"{shown} is not in the years {years}: enter {what} again"
        return date(2000, 1, 1)

    def day_if_any(self, name: str, what: str) -> date | None:
        """The same, None where all three boxes are empty."""
        said = any(self.optional(f"{name}-{part}") for part in ("day", "month", "year"))
        return self.day(name, what) if said else None


class Asked(NamedTuple):
    """What a form is about: a case as it stands, with today's rules, and which part of it.

    Before a procurement is opened ``p`` is blank, and ``reference`` is its authority.
    """

    house: House
    reference: str
    p: Procurement
    context: Context
    subject: str
    sent: Mapping[str, str]
    way: str = ""
    """Which of several ways to do it was chosen."""
    closed: bool = False
    """Whether who fills it in may see closed parts (D9)."""

    @property
    def case(self) -> UUID:
        return procurement_id(self.reference)

    @property
    def subject_id(self) -> UUID:
        """The subject as an id; one that is nothing's where it is none."""
        try:
            return UUID(self.subject)
        except ValueError:
            return UUID(int=0)


class ActForm:
    """The form of one command."""

    act: ClassVar[str]
    title: ClassVar[str]
    button: ClassVar[str] = "Record"

    @staticmethod
    def report(asked: Asked) -> Report | None:
        """The report that whoever fills it in should have read."""
        return None

    @staticmethod
    def ways(asked: Asked) -> Sequence[tuple[str, str, str]]:
        """Ways to choose from first: a name, a sentence, and where the rule comes from."""
        return ()

    @staticmethod
    def way(asked: Asked) -> str:
        """The way that is taken where none was chosen; empty where one has to be."""
        return ""

    @staticmethod
    def addable(asked: Asked) -> Mapping[str, str]:
        """What can be added to the form, by a name, with the words on the button that adds it."""
        return {}

    @staticmethod
    def removable(asked: Asked) -> Mapping[str, str]:
        """What can be taken out of the form, likewise."""
        return {}

    @staticmethod
    def intro(asked: Asked) -> str:
        """What the reader should know before filling it in."""
        return ""

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return []

    @staticmethod
    def papers(asked: Asked, answers: Answers) -> Sequence[bytes]:
        """Papers that the command names by digest. They are kept when it is about to happen."""
        return ()

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        """The command. Worth nothing where ``answers`` has mistakes."""
        raise NotImplementedError

    @staticmethod
    def refused(asked: Asked, command: Command, refusals: Sequence[Refusal]) -> dict[str, str]:
        """Why it was refused, as mistakes by the field that each belongs to."""
        return said(refusals)

    @staticmethod
    def done(asked: Asked, command: Command, seen: int) -> str:
        """The page that shows what was recorded."""
        return f"/procurements/{asked.reference}?done={seen + 1}"


def said(refusals: Iterable[Refusal]) -> dict[str, str]:
    """Refusals as mistakes of a form that belong to no field."""
    return {f"rule-{n}": with_rule(one) for n, one in enumerate(refusals)}


def with_rule(one: Refusal) -> str:
    return f"{one.reason} ({one.rule})"


def day_value(day: date | None) -> str:
    return day.isoformat() if day else ""
