"""What a process says of itself: ready or not and why, and its measures."""

from __future__ import annotations

import os

from adapters.house import House
from adapters.lag import lags
from adapters.metrics import Metrics
from adapters.readiness import missing
from tests.adapters.leeds import note
from tests.houses import tamper


def test_a_house_that_is_up_to_date_lacks_nothing(demo: House) -> None:
    demo.catch_up()
    assert missing(demo) == []


def test_an_event_that_waits_is_lag_and_after_a_while_is_missing(demo: House) -> None:
    demo.catch_up()
    note(demo)
    assert {lag.events for lag in lags(demo).values()} == {1}
    assert missing(demo) == []
    demo.clocks.forward("leeds", 1)
    assert min(lag.seconds for lag in lags(demo).values()) > 12 * 3600
    found = missing(demo)
    assert len(found) == len(demo.runners) + 1
    assert all("is 1 behind, for" in one for one in found)
    demo.runners["queue"].catch_up()
    assert len(missing(demo)) == len(demo.runners)
    demo.catch_up()
    assert missing(demo) == []


def test_a_database_that_cannot_be_read_is_named_and_nothing_about_it(demo: House) -> None:
    tamper(demo, "ALTER TABLE checkpoints RENAME TO gone")
    assert missing(demo) == ["the database cannot be read"]
    metrics = Metrics()
    metrics.tell_of(demo)
    assert b"countersign_database_up 0.0" in metrics.text()


def test_a_key_file_that_is_gone_is_missing(demo: House) -> None:
    demo.catch_up()
    os.rename(demo.keys.file, demo.keys.file.with_suffix(".elsewhere"))
    (said,) = missing(demo)
    assert "key file" in said
    assert str(demo.keys.file.parent) not in said


def test_read_models_and_connections_are_measured(demo: House) -> None:
    demo.catch_up()
    metrics = Metrics()
    metrics.tell_of(demo)
    note(demo)
    told = metrics.text().decode()
    for name in demo.runners:
        assert f'countersign_projection_lag_events{{projection="{name}"}} 1.0' in told
        assert f'countersign_parked_streams{{projection="{name}"}} 0.0' in told
    assert 'countersign_projection_lag_events{projection="outbox"} 1.0' in told
    for name in "deliveries_waiting", "deliveries_parked_lanes", "endpoints_failing":
        assert f"countersign_{name} 0.0" in told
    assert "countersign_database_up 1.0" in told
    with demo.database.read():
        assert 'countersign_pool_connections{state="in_use"} 1.0' in metrics.text().decode()
