"""The engine: what is asked happens once, or not at all, whoever else asks at the same moment."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
import pytest
from msgspec.structs import replace

from adapters.house import House
from adapters.log import Conflict
from domain.answers import Answer
from domain.competition import Ranked
from domain.market import EvaluationRecorded
from domain.messages import Command, Context, Recorded
from domain.opening import NoteOnSource, OpenProcurement
from domain.refusals import Refused, Stale
from domain.values import Amount, When, procurement_id
from tests.adapters.leeds import HEREFORDSHIRE, LEEDS, REFERENCE, asked, decision
from tests.adapters.looking import fingerprint
from tests.scenario import CLERK, OFFICER

SOURCE = "the minutes"
THREADS = 8


def opened(number: int, title: str = "Advice") -> OpenProcurement:
    reference = f"leeds-2022-{number}"
    return OpenProcurement(
        procurement_id(reference), reference, title, "Needed", "Advice", "pcr2015"
    )


def officer(house: House, source: str | None = None) -> Context:
    return house.context("leeds", OFFICER, uuid4(), When(date(2022, 11, 14)), source)


def test_a_command_sent_twice_happens_once(demo: House) -> None:
    command, context = decision(demo), asked(demo)
    for _ in range(3):
        demo.engine.execute(command, context, {LEEDS: 6})
    assert demo.procurement(REFERENCE).version == 7


def test_the_same_id_on_another_request_is_another_command(demo: House) -> None:
    context = asked(demo)
    demo.engine.execute(decision(demo), context, {LEEDS: 6})
    before = fingerprint(demo)
    with pytest.raises(Stale):
        demo.engine.execute(
            NoteOnSource(LEEDS, "silence", "Another", "Not said"), context, {LEEDS: 6}
        )
    assert fingerprint(demo) == before


def test_the_same_request_of_somebody_else_is_another_command(demo: House) -> None:
    note = NoteOnSource(LEEDS, "silence", "Something", "Not said")
    mine = demo.context("leeds", CLERK, uuid4())
    imported = replace(mine.stamp, by=replace(CLERK, person=None), source=SOURCE)
    for context in (mine, replace(mine, stamp=imported)):
        demo.engine.execute(note, context)
    assert demo.procurement(REFERENCE).version == 8


@pytest.mark.parametrize("seen", [{LEEDS: 5}, {LEEDS: 7}, {LEEDS: 5, HEREFORDSHIRE: 6}])
def test_a_decision_from_a_page_gone_stale_is_refused(demo: House, seen: dict[UUID, int]) -> None:
    before = fingerprint(demo)
    with pytest.raises(Stale):
        demo.engine.execute(decision(demo), asked(demo), seen)
    assert fingerprint(demo) == before


@pytest.mark.parametrize("seen", [None, {}, {HEREFORDSHIRE: 6}])
def test_who_sees_nothing_in_particular_decides_on_what_is_there(
    demo: House, seen: dict[UUID, int] | None
) -> None:
    demo.engine.execute(decision(demo), asked(demo), seen)
    assert demo.procurement(REFERENCE).open_report is None


def test_what_happens_in_two_streams_happens_in_both_or_in_none(demo: House) -> None:
    context = officer(demo)
    both = demo.engine.rehearse([(opened(2), context), (opened(3), context)])
    demo.engine.execute(opened(3, "Something else"), officer(demo))
    before = fingerprint(demo)
    with pytest.raises(Conflict):
        demo.log.append(both)
    assert fingerprint(demo) == before
    assert demo.procurement("leeds-2022-2").version == 0


def test_of_several_commands_all_happen_or_none(demo: House) -> None:
    before = fingerprint(demo)
    with pytest.raises(Refused) as caught:
        demo.engine.execute_all(
            [(opened(2), officer(demo)), (opened(2), officer(demo)), (opened(3), officer(demo))]
        )
    assert [one.rule for one in caught.value.refusals] == ["C2"]
    assert fingerprint(demo) == before


def test_of_several_commands_only_those_that_are_not_on_record_happen(demo: House) -> None:
    first, second = (opened(2), officer(demo)), (opened(3), officer(demo))
    demo.engine.execute(*first)
    for _ in range(2):
        demo.engine.execute_all([first, second])
    assert [demo.procurement(f"leeds-2022-{n}").version for n in (2, 3)] == [1, 1]


def test_a_refused_command_leaves_the_log_as_it_is(demo: House) -> None:
    before = fingerprint(demo)
    command = decision(demo, reasons="")
    with pytest.raises(Refused) as caught:
        demo.engine.execute(command, officer(demo))
    assert [one.rule for one in caught.value.refusals] == ["G1"]
    assert fingerprint(demo) == before


def test_what_could_not_be_read_back_is_never_stored(demo: House) -> None:
    before = fingerprint(demo)
    untitled = replace(opened(2), title=None)
    naive = officer(demo)
    naive = replace(naive, stamp=replace(naive.stamp, now=datetime(2022, 11, 14)))  # noqa: DTZ001
    listed = replace(opened(2), parties=[])
    wrong: list[tuple[Command, Context]] = [
        (untitled, officer(demo)),
        (opened(2), naive),
        (listed, officer(demo)),
    ]
    for command, context in wrong:
        with pytest.raises(ValueError, match=r"Expected|read back"):
            demo.engine.execute(command, context)
    nan = Ranked("Alpha", Decimal("NaN"), {}, Decimal(0))
    event = EvaluationRecorded((nan,), ())
    with pytest.raises(ValueError, match="read back"):
        demo.log.append([Recorded(LEEDS, 7, officer(demo).stamp, event)])
    assert fingerprint(demo) == before


@pytest.mark.parametrize("amount", ["NaN", "-Infinity", "1.005", "-1", "1e12"])
def test_no_amount_that_is_not_pounds_and_pence_is_read(amount: str) -> None:
    sent = b'{"basis": "exact", "pounds": "%s"}' % amount.encode()
    with pytest.raises(msgspec.ValidationError, match="amount"):
        msgspec.json.decode(sent, type=Amount)


def test_an_imported_fact_keeps_what_rules_say_against_it(demo: House) -> None:
    command = decision(demo, reasons="")
    demo.engine.execute(command, officer(demo, SOURCE))
    case = demo.procurement(REFERENCE)
    assert [(one.version, one.irregularity.rule) for one in case.irregularities] == [
        (7, "G1"),
        (7, "D8"),
    ]


def test_an_import_that_makes_no_sense_is_refused_like_any_other(demo: House) -> None:
    before = fingerprint(demo)
    command = decision(demo)
    nothing = replace(command, report=uuid4())
    halves = replace(command, answers=(Answer("a", "agreed"),))
    for one, rule in ((nothing, "C1"), (halves, "C1"), (opened(1), "C2")):
        with pytest.raises(Refused) as caught:
            demo.engine.execute(one, officer(demo, SOURCE))
        assert rule in [refusal.rule for refusal in caught.value.refusals]
    assert fingerprint(demo) == before


def test_a_rehearsal_records_nothing(demo: House) -> None:
    before = fingerprint(demo)
    (news,) = demo.engine.rehearse([(decision(demo), asked(demo))])
    assert (news.stream, news.version) == (LEEDS, 7)
    assert fingerprint(demo) == before
    with pytest.raises(Refused):
        demo.engine.rehearse([(decision(demo), officer(demo))])
