"""Many who ask for the same at the same moment: one of them, once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from adapters.engine import Engine
from adapters.house import House
from adapters.log import Log
from domain.messages import Recorded
from domain.refusals import Refused, Stale
from tests.adapters.leeds import LEEDS, REFERENCE, asked, decision

THREADS = 8


class AnswerLost(Log):
    """The first answer is lost, so that the library asks again and meets its own event."""

    def append(self, news: Sequence[Recorded]) -> None:
        super().append(news)
        super().append(news)


def test_an_append_whose_answer_was_lost_is_no_conflict(demo: House) -> None:
    log, woken = AnswerLost(demo.database, demo.keys), []
    engine = Engine(log, lambda: woken.append(True))
    engine.execute(decision(demo), asked(demo), {LEEDS: 6})
    log.close()
    assert demo.procurement(REFERENCE).version == 7
    assert woken == [True]


class Overtaken(Log):
    """Somebody else was faster, between reading and writing."""

    def append(self, news: Sequence[Recorded]) -> None:
        first = news[0]
        other = replace(first, stamp=replace(first.stamp, command_id=uuid4()))
        super().append([other])
        super().append(news)


def test_who_was_overtaken_looked_at_something_stale(demo: House) -> None:
    log = Overtaken(demo.database, demo.keys)
    with pytest.raises(Stale):
        Engine(log).execute(decision(demo), asked(demo), {LEEDS: 6})
    log.close()
    assert demo.procurement(REFERENCE).version == 7


@pytest.mark.parametrize("seen", [{LEEDS: 6}, None])
def test_of_many_who_decide_the_same_report_one_wins(
    demo: House, seen: dict[UUID, int] | None
) -> None:
    start = Barrier(THREADS)

    def decide(_: int) -> str:
        command, context = decision(demo), asked(demo)
        start.wait()
        try:
            demo.engine.execute(command, context, seen)
        except (Stale, Refused) as error:
            return type(error).__name__
        return "won"

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(decide, range(THREADS)))
    assert outcomes.count("won") == 1
    case = demo.procurement(REFERENCE)
    assert (case.version, len(case.decisions)) == (7, 1)
    assert [one.version for one in demo.log.read(LEEDS)] == [1, 2, 3, 4, 5, 6, 7]


def test_one_command_from_many_places_at_once_happens_once_and_nobody_hears_of_it(
    demo: House,
) -> None:
    start, command, context = Barrier(THREADS), decision(demo), asked(demo)

    def decide(_: int) -> None:
        start.wait()
        demo.engine.execute(command, context, {LEEDS: 6})

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(decide, range(THREADS)))
    assert demo.procurement(REFERENCE).version == 7
