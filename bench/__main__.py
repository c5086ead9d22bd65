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

from bench import evidence, live, told
from bench.age import Age
from bench.append import Append
from bench.append_postgres import AppendPostgres
from bench.approval import Approval, ApprovalViewflow
from bench.batches import Anew, Live, LiveAgainstLibrary
from bench.deliveries import AgainstHttpx, AgainstRaw
from bench.load import PLAIN, TYPED, Load
from bench.load_postgres import LoadPostgres
from bench.queue_page import Crowded, QueuePage, QueuePageDjango
from bench.rebuild import Rebuild
from bench.rounds import ROUNDS, Measured, Pair, measure, table

DATA = Path("var")
"""Where a council's data would lie: a folder for passing files may not be on a disk at all."""

PAIRS: tuple[Callable[[Path], Pair], ...] = (
    lambda folder: Append(folder, turn=1000, turns=ROUNDS + 1),
    lambda folder: AppendPostgres(folder, turn=2000, turns=ROUNDS + 1),
    lambda folder: Approval(folder, turn=200, turns=ROUNDS + 1),
    lambda folder: ApprovalViewflow(folder, turn=200, turns=ROUNDS + 1),
    lambda folder: Age(folder, turn=200),
    lambda folder: Load(folder, 50, 400, TYPED),
    lambda folder: Load(folder, 50, 400, PLAIN),
    lambda folder: LoadPostgres(folder, 50, 100, TYPED),
    lambda folder: LoadPostgres(folder, 1000, 10, TYPED),
    lambda folder: Load(folder, 1000, 20, TYPED),
    lambda folder: Load(folder, 1000, 20, PLAIN),
    lambda folder: Live(folder, turn=2000, turns=ROUNDS + 1),
    lambda folder: LiveAgainstLibrary(folder, turn=2000, turns=ROUNDS + 1, sample=1000),
    lambda folder: Anew(folder, 30_000, "queue"),
    lambda folder: Anew(folder, 30_000, "trail"),
    lambda folder: AgainstRaw(folder, each=8, turns=ROUNDS + 1),
    lambda folder: AgainstHttpx(folder, each=8, turns=2 * ROUNDS + 2),
    lambda folder: Rebuild(folder, events=100_000, sample=1000, under_way=500),
)


def measured(prepare: Callable[[Path], Pair]) -> Measured:
    """One pair in a folder of its own, which is gone afterwards."""
    with TemporaryDirectory(dir=DATA) as folder, closing(prepare(Path(folder))) as pair:
        print(f"{pair.what}, against {pair.against} …", file=sys.stderr)
        return measure(pair)


def pages(items: int = 1_000_000, times: int = 400) -> tuple[list[Measured], str]:
    """The queue page against others, and what the database's part in it took."""
    print(f"the queue page among {items:,} items …", file=sys.stderr)
    with (
        TemporaryDirectory(dir=DATA) as folder,
        closing(Crowded(Path(folder), items)) as crowded,
        closing(QueuePage(crowded, times)) as hello,
        closing(QueuePageDjango(crowded, times)) as django,
    ):
        return [measure(hello), measure(django)], crowded.told()


def main() -> None:
    DATA.mkdir(exist_ok=True)
    found = [measured(one) for one in PAIRS]
    against, question = pages()
    for line in table([*found, *against]):
        print(line, flush=True)
    print(
        f"\n{ROUNDS} rounds; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"eventsourcing {version('eventsourcing')}, Django {version('django')}."
    )
    print(f"\n{question}")
    with TemporaryDirectory(dir=DATA) as folder:
        print("from commit to another replica's page …", file=sys.stderr)
        print(f"\n{live.measured(Path(folder))}")
    with TemporaryDirectory(dir=DATA) as folder:
        print("sealing, checking and proving …", file=sys.stderr)
        print(f"\n{evidence.measured(Path(folder))}")
        print(f"\n{evidence.lag(Path(folder))}")
    for once in told.embedded, told.production:
        with TemporaryDirectory(dir=DATA) as folder:
            print("from commit to the receiver's log …", file=sys.stderr)
            print(f"\n{once(Path(folder))}")


if __name__ == "__main__":
    main()
