"""What was published later than its period, or is overdue (P8, D2, D3, D5, D6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.authority import Authority, Rules
from domain.messages import Event
from domain.owed import all_owed
from domain.owing import Owed
from domain.own_notices import own_owed, own_published
from domain.procurement import Procurement
from domain.wording import counted, short_day, when
from projections.question import Case, Found, Question, Step, irregular

ASKED = ("D2", "D3", "D5", "D6", "P8")


def late(case: Case) -> Iterator[Found]:
    for one in all_owed(case.after, case.context):
        if not (one.optional or one.instead or one.unrecorded) and one.late(case.context.day):
            yield _found(one, case.reference, case.context.day, _published_at(one, case))
    yield from irregular(case, ASKED, (Event,))


def late_of_council(authority: Authority, rules: Rules, today: date) -> Iterator[Found]:
    """Notices of the council's own: UK1, UK8 and UK17."""
    for one in (*own_published(authority, rules.calendar), *own_owed(authority, rules.calendar)):
        if not one.instead and one.late(today):
            yield _found(one, authority.name, today, (0, False))


def _published_at(one: Owed, case: Case) -> tuple[int, bool]:
    """The step with which it was published, and whether that was imported."""
    number = case.after.noticed.index(one.done) if one.done else -1
    for step in case.steps:
        if number >= 0 and len(step.before.noticed) <= number < len(_after(step, case).noticed):
            return step.recorded.version, step.recorded.stamp.source is not None
    return 0, False


def _after(step: Step, case: Case) -> Procurement:
    version = step.recorded.version
    return case.steps[version].before if version < len(case.steps) else case.after


def _found(one: Owed, reference: str, today: date, at: tuple[int, bool]) -> Found:
    version, imported = at
    assert one.due
    days = counted(one.late(today), "day")
    about = f" about {one.what}" if one.what else ""
    done = f"was published {when(one.done.on)}" if one.done else "is not on record"
    due = f"was due by {short_day(one.due)}"
    says = f"The {one.notice.called}{about} {due} and {done}: {days} late."
    on = one.done.on.read_as if one.done else one.due
    return Found(reference, version, on, short_day(on), says, "P8", imported)


QUESTION = Question(
    "late-publications",
    "Late publications",
    "Notices published after their period or overdue today, and what an imported record lacks of "
    "notices, agendas and announcements that had to come before.",
    "every notice that a case or a council owes or has published, with its period counted day by "
    "day, and what rules on publication said against imported steps",
    late,
    late_of_council,
)
