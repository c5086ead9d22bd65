"""A real engine on a real house, beside the model: asked the same, and compared."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from uuid import UUID

from hypothesis import event, note
from hypothesis.stateful import RuleBasedStateMachine

from adapters.engine import Engine
from adapters.house import House
from adapters.log import Log
from domain.budget import Budget, budget_id
from domain.delegation import Delegation, delegation_id
from domain.messages import Aggregate, Command, Context, Recorded, fold
from domain.procurement import Procurement
from domain.refusals import Refused, Stale
from domain.values import When, procurement_id
from tests.adapters.looking import dump, rebuilt
from tests.engine.asks import Ask
from tests.engine.council import START, Council
from tests.engine.judge import why_not
from tests.engine.ledger import BudgetOf, Stream
from tests.engine.model import Model
from tests.engine.telling import happenings
from tests.engine.translate import Translator, decision_id
from tests.engine.views import (
    authority_on_record,
    balance_on_record,
    expected,
    expected_authority,
    expected_balance,
    on_record,
)

LAST_DAY = date(2027, 6, 30)
"""Runs end before it: the model knows the bank holidays of a while after."""
OVERDRAWN = {"it is more than is left", "it is more than the budget of the plan leaves"}
EVENTS = (
    "SELECT originator_id, min(originator_version), max(originator_version), count(*) "
    "FROM stored_events GROUP BY originator_id"
)


class Overtaken(Log):
    """Somebody else is faster: something happens between reading and writing."""

    meanwhile: Callable[[], object]

    def append(self, news: Sequence[Recorded]) -> None:
        self.meanwhile()
        super().append(news)


class SideBySide(RuleBasedStateMachine):
    """``template`` is a house where both councils have their rules; ``tally`` counts over runs."""

    template: Path
    tally: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        self.house = House(Path(shutil.copy(self.template, self.folder / "countersign.db")))
        self.overtaken: Overtaken | None = None
        self.numbers = 0
        self.done: list[tuple[Command, Context, Mapping[UUID, int] | None]] = []
        self.live: dict[Stream, Aggregate] = {}
        self.set_up = self.on_record()
        self.agreeing = True
        """Whether nothing has gone wrong so far, so that it makes sense to look at the end."""

    def is_in(self, council: Council) -> None:
        """Where the run takes place; its clock is set."""
        self.model, self.say = Model(council, START), Translator(council.name)
        self.house.clocks.start(council.name, START)

    def ask(self, ask: Ask, looked: bool = False) -> bool:
        """Asks the engine, and the model whether it may. True where it was done."""
        reasons, command, context = (
            why_not(ask, self.model),
            self.say.command(ask),
            self.context(ask),
        )
        note(f"{self.model.day} {ask}: {reasons or 'accepted'}")
        self.agreeing = False
        seen = None
        if looked:
            streams = [self.id_of(ref) for ref in ask.refs]
            seen = {one: self.house.log.version(one) for one in streams}
        try:
            self.house.engine.execute(command, context, seen)
        except Refused as refused:
            if not reasons:
                raise AssertionError("the engine refused what the model accepts") from refused
            self.check_streams()
            self.count(*happenings(ask, reasons, self.model))
            self.agreeing = True
            return False
        assert not reasons, "the engine accepted what the model refuses"
        self.happened(ask, command, context, seen)
        return True

    def happened(
        self, ask: Ask, command: Command, context: Context, seen: Mapping[UUID, int] | None = None
    ) -> None:
        told = happenings(ask, [], self.model)
        streams = self.model.happen(ask)
        self.done.append((command, context, seen))
        self.check_streams()
        for stream in streams:
            self.follow(stream)
            self.check_state(stream)
        self.count(*told)
        self.agreeing = True

    def at_once(self, slow: Ask, fast: Ask) -> None:
        """``slow`` is read and judged, then ``fast`` happens, then ``slow`` is to be written."""
        reasons, trial = why_not(slow, self.model), deepcopy(self.model)
        touched = set() if reasons else set(trial.happen(slow))
        before, wrote = self.model.events.copy(), []
        if self.overtaken is None:
            self.overtaken = Overtaken(self.house.database, self.house.keys)
        self.overtaken.meanwhile = lambda: wrote.append(self.ask(fast))
        command, context = self.say.command(slow), self.context(slow)
        note(f"at once: {slow}: {reasons or 'accepted'}")
        try:
            Engine(self.overtaken).execute(command, context)
        except Refused:
            assert reasons, "refused what the model accepts"
            return
        except Stale:
            overlap = touched & {one for one, n in self.model.events.items() if n > before[one]}
            assert overlap, "stale, though nothing that it writes to has moved"
            assert wrote == [True]
            self.check_streams()
            self.count("overtaken")
            if not any(isinstance(one, str) for one in overlap):
                budget = all(isinstance(one, BudgetOf) for one in overlap)
                self.count(f"overtaken in the {'budget' if budget else 'balance'} only")
                if not self.ask(slow) and OVERDRAWN.issuperset(why_not(slow, self.model)):
                    self.count("two at once would have overdrawn")
            return
        assert not reasons, "accepted what the model refuses"
        self.happened(slow, command, context)

    def context(self, ask: Ask) -> Context:
        council, by = self.model.council.name, self.say.actor(ask.by)
        return self.house.context(council, by, UUID(int=self.fresh()), When(self.model.day))

    def id_of(self, stream: Stream) -> UUID:
        if isinstance(stream, str):
            return procurement_id(stream)
        if isinstance(stream, BudgetOf):
            return budget_id(stream.ref)
        return delegation_id(decision_id(stream[0]), stream[1])

    def blank(self, stream: Stream) -> Aggregate:
        if isinstance(stream, BudgetOf):
            return Budget()
        return Procurement() if isinstance(stream, str) else Delegation()

    def on_record(self) -> dict[UUID, tuple[int, int, int]]:
        with self.house.database.read() as db:
            rows = db.exec_driver_sql(EVENTS).all()
        return {UUID(one): (first, last, count) for one, first, last, count in rows}

    def check_streams(self) -> None:
        """Versions are dense from 1, and there is nothing that the model does not know of."""
        events = self.model.events
        wanted = {self.id_of(one): (1, count, count) for one, count in events.items()}
        assert self.on_record() == {**self.set_up, **wanted}

    def follow(self, stream: Stream) -> None:
        """What is new is folded onto what was there, as the engine does."""
        before = self.live.get(stream, self.blank(stream))
        news = self.house.log.read(self.id_of(stream))[before.version :]
        self.live[stream] = fold(before, news)

    def check_state(self, stream: Stream) -> None:
        live, model = self.live[stream], self.model
        if isinstance(stream, str):
            assert isinstance(live, Procurement)
            assert on_record(live, model.day) == expected(model, model.cases[stream], self.say)
        elif isinstance(stream, BudgetOf):
            assert isinstance(live, Budget)
            assert live.reference == stream.ref
            assert balance_on_record(live) == expected_balance(model.budgets[stream.ref])
        else:
            assert isinstance(live, Delegation)
            wanted = expected_authority(model.authorities[stream], self.say)
            assert authority_on_record(live) == wanted

    def count(self, *names: str) -> None:
        for one in names:
            event(one)
        self.tally.update(names)

    def teardown(self) -> None:
        try:
            if self.agreeing:
                self.check_at_the_end()
        finally:
            if self.overtaken:
                self.overtaken.close()
            self.house.close()
            shutil.rmtree(self.folder)

    def check_at_the_end(self) -> None:
        """A replay from any version equals what is live, and a rebuild the live read models."""
        house = self.house
        for n, (stream, live) in enumerate(self.live.items()):
            self.check_state(stream)
            history = house.log.read(self.id_of(stream))
            assert fold(self.blank(stream), history) == live
            for upto in range(1, len(history) if n < 3 else 0, 4):
                before = house.engine.load(self.id_of(stream), self.blank(stream), upto)
                assert fold(before, history[upto:]) == live
        positions = [one.position for one in house.log.tail(0, -1)]
        assert positions == list(range(1, len(positions) + 1))
        house.catch_up(100)
        assert not any(one.parked() for one in house.runners.values())
        found = dump(house)
        assert rebuilt(house, 17) == found
        self.count("rebuilt")

    def fresh(self) -> int:
        self.numbers += 1
        return self.numbers

    def wait_until(self, day: date) -> None:
        """The council's clock is moved on."""
        model, clocks = self.model, self.house.clocks
        if not model.day < day <= LAST_DAY:
            return
        days, before = (day - model.day).days, clocks.today(model.council.name)
        clocks.forward(model.council.name, days)
        moved = clocks.today(model.council.name) - before
        assert days <= moved.days <= days + 1, "one more where midnight passed as well"
        model.day = day
        note(f"{day}")
