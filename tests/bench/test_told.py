"""What is told is measured with all that belongs to it, and the same on both sides."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from adapters.house import House
from bench import told
from bench.deliveries import CASES, ENDPOINTS, AgainstHttpx, AgainstRaw
from tests.houses import tamper


def delivered(house: House) -> list[tuple[object, ...]]:
    query = "SELECT state, count(*) FROM deliveries WHERE kind = 'undertaking.given' GROUP BY state"
    return tamper(house, query)


def test_both_sides_post_the_same_number_and_ours_has_it_on_record(tmp_path: Path) -> None:
    with closing(AgainstRaw(tmp_path, each=1, turns=1)) as pair:
        number = ENDPOINTS * CASES
        assert [pair.theirs(), pair.ours()] == [number] * 2
        assert delivered(pair.prepared.houses[0]) == [("delivered", number)]
        assert all(b"webhook-signature: v1," in one for one in pair.prepared.requests)


def test_the_loop_over_httpx_puts_the_same_on_record(tmp_path: Path) -> None:
    with closing(AgainstHttpx(tmp_path, each=1, turns=2)) as pair:
        assert [pair.theirs(), pair.ours()] == [ENDPOINTS * CASES] * 2
        first, second = pair.prepared.houses
        assert delivered(first) == delivered(second)


def test_every_event_is_seen_in_the_receivers_log(tmp_path: Path) -> None:
    found = told.embedded(tmp_path, events=5, pace=50)
    assert len(found.seconds) == 5
    assert found.at(0.5) <= found.at(0.99) < 10
    assert "5 of 5" in str(found)


def test_and_on_the_production_stack(tmp_path: Path) -> None:
    assert len(told.production(tmp_path, events=5, pace=50).seconds) == 5
