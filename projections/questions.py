"""The questions that auditors ask again and again, by name."""

from __future__ import annotations

from collections.abc import Mapping

from projections import (
    questions_consulted,
    questions_in_retrospect,
    questions_late,
    questions_own_report,
    questions_waived,
)
from projections.question import Question

QUESTIONS: Mapping[str, Question] = {
    one.name: one
    for one in (
        questions_in_retrospect.QUESTION,
        questions_late.QUESTION,
        questions_consulted.QUESTION,
        questions_own_report.QUESTION,
        questions_waived.QUESTION,
    )
}
