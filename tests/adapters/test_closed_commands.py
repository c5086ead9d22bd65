"""Commands with closed values: told apart by them, and never by anybody else."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from threading import Barrier
from uuid import uuid4, uuid5

import pytest
from msgspec.structs import replace

from adapters.house import House
from adapters.sealing import encode, listed, taken_out
from domain.opening import NoteOnSource
from domain.refusals import Refused, Stale
from tests.adapters.closing import FIGURE, ONE, officer, opened, opening
from tests.adapters.leeds import LEEDS
from tests.scenario import CLERK, OFFICER

THREADS = 8
CANARY = "731946285.13"


def test_a_command_with_a_closed_value_that_is_sent_twice_happens_once(demo: House) -> None:
    command, context = opening(), officer(demo)
    for _ in range(3):
        demo.engine.execute(command, context, {command.procurement: 0})
    assert demo.procurement(ONE).version == 1


@pytest.mark.parametrize("figure", ["1250001", None])
def test_another_closed_value_under_the_same_id_is_another_command(
    demo: House, figure: str | None
) -> None:
    command, context = opening(), officer(demo)
    demo.engine.execute(command, context, {command.procurement: 0})
    with pytest.raises(Stale):
        demo.engine.execute(opening(figure), context, {command.procurement: 0})
    assert demo.procurement(ONE).pounds == Decimal(FIGURE)


def test_a_closed_figure_cannot_be_guessed_from_the_id_of_its_command(
    demo: House, tmp_path: Path
) -> None:
    other = House(tmp_path / "other.db")
    other.close()
    asked: tuple[object, ...] = (opening(), OFFICER, [])
    open_part, values = taken_out(asked)
    for guess in (open_part, open_part + listed(values)):
        assert demo.log.fingerprint(asked) != sha256(guess).hexdigest()
    assert demo.log.fingerprint(asked) == demo.log.fingerprint(asked)
    assert demo.log.fingerprint(asked) != other.log.fingerprint(asked)


def test_a_command_with_nothing_closed_keeps_the_id_that_it_always_had(demo: House) -> None:
    note, sent = NoteOnSource(LEEDS, "silence", "Something", "Not said"), uuid4()
    demo.execute(note, CLERK, sent)
    asked = sha256(encode((note, CLERK, []))).hexdigest()
    assert demo.log.read(LEEDS)[-1].stamp.command_id == uuid5(sent, asked)


def test_of_many_who_open_a_case_with_different_figures_one_wins(demo: House) -> None:
    start, figures = Barrier(THREADS), [str(1000 + n) for n in range(THREADS)]

    def open_it(figure: str) -> str:
        command, context = opening(figure), officer(demo)
        start.wait()
        try:
            demo.engine.execute(command, context)
        except (Stale, Refused):
            return ""
        return figure

    with ThreadPoolExecutor(THREADS) as pool:
        won = [one for one in pool.map(open_it, figures) if one]
    assert [f"{demo.procurement(ONE).pounds}"] == won


def test_many_who_open_cases_at_once_do_not_mix_up_their_figures(demo: House) -> None:
    def figures(first: int) -> Sequence[tuple[str, Decimal | None]]:
        found = []
        for n in range(first, first + 5):
            opened(demo, str(n * 111), f"leeds-2022-{n}")
            found.append((f"leeds-2022-{n}", demo.procurement(f"leeds-2022-{n}").pounds))
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        read = [one for some in pool.map(figures, range(10, 10 + 5 * THREADS, 5)) for one in some]
    assert read == [(f"leeds-2022-{n}", Decimal(n * 111)) for n in range(10, 10 + 5 * THREADS)]


def test_what_the_log_and_the_engine_say_never_has_a_closed_value(demo: House) -> None:
    stream = opened(demo, CANARY)
    told = [repr(one) for one in (demo.log.read(stream), demo.procurement(ONE), opening(CANARY))]
    untitled = replace(opening(CANARY), title=None)
    for command in (opening(CANARY), untitled):
        with pytest.raises((Refused, ValueError)) as caught:
            demo.engine.execute(command, officer(demo))
        told += traceback.format_exception(caught.value)
        told.append(repr(getattr(caught.value, "command", "")))
    assert [one for one in told if CANARY in one] == []
