"""The rules in force change nothing, any proposal can be tried, and the log stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.house import House
from countersign.demo.load import COUNCILS, FOLDER, adopt
from domain.constitution import Constitution
from domain.messages import tag_of
from domain.values import procurement_id
from projections.finding_sentences import KINDS, _said, plain, summary, told_of_queue
from projections.findings import Unlike
from projections.rulebook import compare
from tests.adapters import history
from tests.domain import wyvern
from tests.proposals.proposing import on_record, run, sentences
from tests.scenario import rules

DAYS = st.dates(date(2017, 1, 1), date(2024, 1, 1))


def bytes_of(house: House) -> str:
    """All tables of the log, as they lie in the database."""
    with house.database.read() as db:
        tables = ("stored_events", "stream_keys", "checkpoints", "queue", "trail")
        rows = [db.exec_driver_sql(f"SELECT * FROM {one}").all() for one in tables]
    return sha256(repr(rows).encode()).hexdigest()


@pytest.fixture(scope="module")
def loaded(demo_file: Path) -> Iterator[House]:
    """The demonstration, which no test of this module changes."""
    found = House(demo_file)
    before = bytes_of(found)
    yield found
    assert bytes_of(found) == before
    found.close()


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Wyvern, with a case awarded under delegated authority and one that is recommended."""
    file = tmp_path_factory.mktemp("wyvern") / "countersign.db"
    with on_record(file, "wyvern", *wyvern.AWARDED, wyvern.SIGNATURE) as found:
        yield found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Random lawful histories side by side, in a council whose rules change now and then."""
    found = House(tmp_path_factory.mktemp("many") / "countersign.db")
    adopt(found, "leeds", FOLDER / "leeds")
    for _ in history.write(found, Random(3), cases=20):
        pass
    yield found
    found.close()


@pytest.mark.parametrize("council", COUNCILS)
@settings(max_examples=5, deadline=None, database=None)
@given(since=st.none() | DAYS, opened=st.booleans())
def test_the_rules_in_force_change_nothing_in_the_demonstration(
    loaded: House, council: str, since: date | None, opened: bool
) -> None:
    found = run(loaded, loaded.rules(council).constitution, since, opened=opened)
    assert (found.findings, found.queues, found.no_such_posts) == ((), (), ())
    assert found.procurements == 1


@settings(max_examples=5, deadline=None, database=None)
@given(since=st.none() | DAYS)
def test_nor_in_the_invented_council(invented: House, since: date | None) -> None:
    before = bytes_of(invented)
    found = run(invented, rules("wyvern").constitution, since)
    assert (found.findings, found.queues) == ((), ())
    assert bytes_of(invented) == before


def test_a_version_changes_nothing_in_what_relied_on_it(many: House) -> None:
    versions = many.authority("leeds").versions
    assert len(versions) > 3
    seen = 0
    for version in versions:
        found = run(many, version)
        for one in found.findings:
            stream = procurement_id(one.place.references[0])
            stamp = many.log.read(stream)[one.place.version - 1].stamp
            assert stamp.versions.constitution != version.version
        seen += len(found.findings)
    assert seen


def changed(c: Constitution) -> st.SearchStrategy[Constitution]:
    """The constitution with anything in it changed, and still one that the check lets pass."""
    posts = st.sampled_from(sorted({one.decided_by for one in c.routes} | {"nobody/none"}))
    money = st.sampled_from([Decimal(n) for n in (1, 100_000, 200_000, 399_999, 10_000_000)])

    def flags(rule: Any, *names: str) -> st.SearchStrategy[Any]:
        return st.fixed_dictionaries({}, optional=dict.fromkeys(names, st.booleans())).map(
            lambda found: replace(rule, **found)
        )

    def route(rule: Any) -> st.SearchStrategy[Any]:
        fields: dict[str, st.SearchStrategy[Any]] = {
            "decided_by": posts,
            "up_to": st.none() | money,
            "recommended_by": st.tuples(posts) | st.just(()),
        }
        return st.fixed_dictionaries({}, optional=fields).map(
            lambda found: replace(rule, above=Decimal(0), **found)
        )

    def gateway(rule: Any) -> st.SearchStrategy[Any]:
        return st.sampled_from([(), rule.after]).map(lambda after: replace(rule, after=after))

    counting = {
        "working_days": st.integers(1, 60),
        "counted_from": st.sampled_from(["decision", "publication"]),
        "first_day_counts": st.booleans(),
        "members": st.integers(1, 9),
    }
    every: dict[str, st.SearchStrategy[Any]] = {
        "gateways": st.tuples(*map(gateway, c.gateways)),
        "classes": st.tuples(
            *(flags(one, "key", "call_in", "under_delegation") for one in c.classes)
        ),
        "routes": st.tuples(*map(route, c.routes)),
        "separation": flags(c.separation, "author_decides", "evaluator_decides", "decider_signs"),
        "key_threshold": money.map(lambda above: replace(c.key_threshold, above=above)),
    }
    if c.call_in:
        call_in = c.call_in
        every["call_in"] = st.fixed_dictionaries({}, optional=counting).map(
            lambda found: replace(call_in, **found)
        )
    return st.fixed_dictionaries({}, optional=every).map(lambda found: replace(c, **found))


@pytest.mark.parametrize("council", COUNCILS)
@settings(max_examples=25, deadline=None, database=None)
@given(data=st.data())
def test_any_proposal_is_told_whole_and_alike_each_time_and_writes_nothing(
    loaded: House, council: str, data: st.DataObject
) -> None:
    _any(loaded, data.draw(changed(rules(council).constitution)))


@settings(max_examples=25, deadline=None, database=None)
@given(data=st.data())
def test_any_proposal_is_told_of_long_histories(many: House, data: st.DataObject) -> None:
    _any(many, data.draw(changed(rules("leeds").constitution)))


@settings(max_examples=25, deadline=None, database=None)
@given(data=st.data())
def test_any_proposal_is_told_of_delegated_authority(invented: House, data: st.DataObject) -> None:
    _any(invented, data.draw(changed(rules("wyvern").constitution)))


def _any(house: House, proposed: Constitution) -> None:
    before, now = bytes_of(house), house.rules(proposed.authority)
    title = now.offices.title
    found = run(house, proposed)
    assert run(house, proposed) == found
    assert all(one.endswith(".") for one in sentences(house, found))
    assert all(told_of_queue(one, title).endswith(".") for one in found.queues)
    assert len(json.dumps(plain(found, title))) > 100
    assert sum(int(one.split()[0]) for one in summary(found)) == len(found.findings)
    changes = compare(now.constitution, proposed, title)
    dated = replace(proposed, version=now.constitution.version, in_force=now.constitution.in_force)
    assert bool(changes) == (dated != now.constitution)
    assert all(one.sentence.endswith(".") for one in changes)
    assert bytes_of(house) == before


def test_every_way_to_be_unlike_has_a_sentence_and_is_counted() -> None:
    kinds = Unlike.__subclasses__()
    assert set(_said.registry) >= set(kinds)
    assert KINDS.keys() == {tag_of(one) for one in kinds}
