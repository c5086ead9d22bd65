"""The engine against a small model of the rules, by random commands, legal and not."""

from __future__ import annotations

import ast
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from adapters.holidays import calendar
from adapters.house import House
from countersign.demo.load import SETTING_UP
from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices
from domain.messages import Actor
from tests.engine.council import EASTMERE, WESTMERE
from tests.engine.machine import EngineAndModel
from tests.engine.rules import constitution, offices
from tests.engine.telling import BETWEEN, INTERESTING

HERE = Path(__file__).parent
MODEL = (
    *("asks", "council", "state", "ledger", "model", "who"),
    *("effects", "judge_authority", "judge_reports", "judge"),
)
"""The modules that say what must happen. They know the standard library and one another."""
RUNS = (200, *[50] * 12)
"""After the first, only where something interesting has not happened yet, and towards that."""
MEMORY = Path("/dev/shm")


@pytest.fixture
def template(tmp_path: Path) -> Iterator[Path]:
    """A house in which two councils have adopted their rules; in memory, where that is possible."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
        file = Path(folder) / "template.db"
        house = House(file)
        for council in (EASTMERE, WESTMERE):
            name = council.name
            for n, command in enumerate(
                (
                    AdoptCalendar(name, calendar()),
                    AdoptConstitution(name, constitution(council)),
                    AdoptOffices(name, offices(council)),
                )
            ):
                by = Actor(None, SETTING_UP)
                house.execute(command, by, UUID(int=n + 1), authority=name)
        house.close()
        yield file


def test_the_engine_does_what_the_model_says(template: Path) -> None:
    """200 runs of 50 steps, other ones each time; more where chance left a deep place out."""
    tally: Counter[str] = Counter()

    class Machine(EngineAndModel):
        pass

    Machine.template, Machine.tally = template, tally
    for runs in RUNS:
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=runs,
                stateful_step_count=50,
                deadline=None,
                derandomize=False,
                print_blob=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
        if not (missing := INTERESTING - tally.keys()):
            break
        towards = [one for one, leads_to in BETWEEN.items() if leads_to & missing]
        Machine.betweens = tuple(towards or BETWEEN)
    print(tally)
    assert INTERESTING - tally.keys() == set()


@pytest.mark.parametrize("module", MODEL)
def test_the_model_shares_no_code_with_what_it_judges(module: str) -> None:
    tree = ast.parse((HERE / f"{module}.py").read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        if isinstance(node, ast.ImportFrom):
            names = [one.name for one in node.names]
            inside = [f"tests.engine.{one}" for one in names]
            found |= set(inside) if node.module == "tests.engine" else {str(node.module)}
    ours = {one for one in found if one.partition(".")[0] == "tests"}
    assert ours <= {f"tests.engine.{one}" for one in MODEL}
    allowed = {"__future__", "collections", "collections.abc", "dataclasses", "datetime", "typing"}
    assert found - ours <= allowed
