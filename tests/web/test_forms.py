"""Every act that can be offered has a form; an options appraisal is written as lines."""

from __future__ import annotations

from html import unescape

import pytest

from domain.case_command import ProcurementCommand
from domain.messages import by_tag
from web.forms import FORMS
from web.forms.appraising import Appraise, slug
from web.forms.base import Answers, Asked

ELSEWHERE = {"note-on-source", "take-decision"}
"""A command that only scripts give, and the decision, which has pages of its own."""


def test_every_act_has_a_form() -> None:
    assert set(FORMS) == set(by_tag(ProcurementCommand)) - ELSEWHERE


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("IT equipment & support", "it-equipment-support"),
        ("0-5 services", "n-0-5-services"),
        ("Ärzte", "rzte"),
        ("–", "n"),
        ("x" * 200, "x" * 70),
    ],
)
def test_a_service_gets_an_id_from_its_title(title: str, made: str) -> None:
    assert slug(title) == made


SENT = {
    "services": "Platform\nEquipment",
    "criteria": "Viability",
    "options": "Platform; Buy\nPlatform; Build; Viability: nobody can\nEquipment; Buy",
}


def appraised(**sent: str) -> tuple[Answers, object]:
    answers = Answers({**SENT, **sent})
    asked = Asked(None, "", None, None, "", answers.sent)  # type: ignore[arg-type]
    asked = asked._replace(reference="leeds-2022-1")
    return answers, Appraise.command(asked, answers)


def test_an_options_appraisal_is_read_line_by_line() -> None:
    answers, command = appraised()
    assert answers.mistakes == {}
    options = command.options  # type: ignore[attr-defined]
    assert [(one.service, one.title, bool(one.fails)) for one in options] == [
        ("platform", "Buy", False),
        ("platform", "Build", True),
        ("equipment", "Buy", False),
    ]


@pytest.mark.parametrize(
    "line",
    ["Platform", "Platform;", "CRM; Buy", "Platform; Build; Cost: dear", "Platform; Build; why"],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    answers, _ = appraised(options=f"Platform; Buy\n{line}")
    assert unescape(answers.mistakes["options"]).startswith(f"Line 2 cannot be read: “{line}”.")
