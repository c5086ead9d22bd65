"""Measures everything and prints a table in Markdown: python -m bench"""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import live
from bench.age import Age
from bench.append import Append
from bench.append_postgres import AppendPostgres
from bench.load import PLAIN, TYPED, Load
from bench.load_postgres import LoadPostgres
from bench.rebuild import Rebuild
from bench.rounds import ROUNDS, Measured, Pair, measure, table

DATA = Path("var")
"""Where a council's data would lie: a folder for passing files may not be on a disk at all."""

PAIRS: tuple[Callable[[Path], Pair], ...] = (
    lambda folder: Append(folder, turn=1000, turns=ROUNDS + 1),
    lambda folder: AppendPostgres(folder, turn=2000, turns=ROUNDS + 1),
    lambda folder: Age(folder, turn=200),
    lambda folder: Load(folder, 50, 400, TYPED),
    lambda folder: Load(folder, 50, 400, PLAIN),
    lambda folder: LoadPostgres(folder, 50, 100, TYPED),
    lambda folder: LoadPostgres(folder, 1000, 10, TYPED),
    lambda folder: Load(folder, 1000, 20, TYPED),
    lambda folder: Load(folder, 1000, 20, PLAIN),
    lambda folder: Rebuild(folder, events=100_000, sample=1000, under_way=500),
)


def measured(prepare: Callable[[Path], Pair]) -> Measured:
    """One pair in a folder of its own, which is gone afterwards."""
    with TemporaryDirectory(dir=DATA) as folder, closing(prepare(Path(folder))) as pair:
        print(f"{pair.what}, against {pair.against} …", file=sys.stderr)
        return measure(pair)


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for line in table(measured(one) for one in PAIRS):
        print(line, flush=True)
    print(
        f"\n{ROUNDS} rounds; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"eventsourcing {version('eventsourcing')}."
    )
    with TemporaryDirectory(dir=DATA) as folder:
        print("from commit to another replica's page …", file=sys.stderr)
        print(f"\n{live.measured(Path(folder))}")


if __name__ == "__main__":
    main()
