"""The form in which an options appraisal is put on record, written as lines."""

from __future__ import annotations

import re

from domain.appraisal import AppraiseOptions
from domain.appraised import Failure, Option, Service
from domain.messages import Command
from web.forms.base import ActForm, Answers, Asked, Field

MOST_LINES = 200
SO = "Write: service; option; and where it fails a criterion, criterion: why"


class Appraise(ActForm):
    act = "appraise-options"
    title = "Record the options appraisal"

    @staticmethod
    def intro(asked: Asked) -> str:
        return (
            "The long list is every option. The short list is worked out: for each service, the "
            "options that fail no criterion. The preferred option is chosen later."
        )

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        one = "One to a line"
        return [
            Field("services", "Services", "textarea", one),
            Field("criteria", "Criteria", "textarea", one),
            Field("options", "Options", "textarea", f"{one}. {SO}"),
            Field("note", "Anything to add", "text", "You may leave this empty"),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        titles = _lines("services", "the services", answers)
        services = tuple(Service(slug(one), one) for one in titles)
        criteria = tuple(_lines("criteria", "the criteria", answers))
        options = []
        for n, line in enumerate(_lines("options", "the options", answers), 1):
            if option := _option(n, line, services, criteria):
                options.append(option)
            else:
                answers.mistakes["options"] = f"Line {n} cannot be read: “{line}”. {SO}"
        note = answers.optional("note")
        return AppraiseOptions(asked.case, services, criteria, tuple(options), note)


def slug(title: str) -> str:
    """An id made of a title: small letters, digits and hyphens, beginning with a letter."""
    found = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    return (found if found[:1].isalpha() else f"n-{found}")[:70].rstrip("-")


def _lines(name: str, what: str, answers: Answers) -> list[str]:
    found = [one.strip() for one in answers.text(name, what).splitlines() if one.strip()]
    if len(found) > MOST_LINES:
        answers.mistakes[name] = f"Shorten {what} to {MOST_LINES} lines"
    return found[:MOST_LINES]


def _option(
    number: int, line: str, services: tuple[Service, ...], criteria: tuple[str, ...]
) -> Option | None:
    """One line as an option; None where it names no service, or a criterion that is none."""
    parts = [one.strip() for one in line.split(";")]
    service = next((one for one in services if one.title == parts[0]), None)
    if service is None or len(parts) < 2 or not all(parts):
        return None
    fails = []
    for one in parts[2:]:
        criterion, colon, because = (part.strip() for part in one.partition(":"))
        if not colon or criterion not in criteria or not because:
            return None
        fails.append(Failure(because, criterion))
    return Option(f"option-{number}", service.id, parts[1], tuple(fails))


FORMS = (Appraise,)
