"""Whether a process has missed that a read model moved on."""

from __future__ import annotations

from adapters.telling import span
from web.following import Following

QUEUE = "queue"


def test_what_is_told_without_a_gap_is_not_missed_in_whatever_order_it_comes() -> None:
    one = Following(QUEUE)
    assert not one.missed({QUEUE: 5})
    one.hear([span(QUEUE, 7, 9), span(QUEUE, 5, 7), span("trail", 9, 20), "queue:a", "queue@x"])
    one.hear([span(QUEUE, 12, 13)])
    one.hear([span(QUEUE, 9, 12)])
    assert [one.missed({QUEUE: 13}) for _ in range(3)] == [False] * 3


def test_what_is_still_on_its_way_is_not_missed() -> None:
    one = Following(QUEUE)
    assert not one.missed({QUEUE: 5})
    assert not one.missed({QUEUE: 7})
    one.hear([span(QUEUE, 5, 7)])
    assert not one.missed({QUEUE: 9})


def test_a_gap_is_missed_once_and_what_comes_after_it_is_followed() -> None:
    one = Following(QUEUE)
    assert not one.missed({QUEUE: 5})
    one.hear([span(QUEUE, 7, 9)])
    assert not one.missed({QUEUE: 9})
    one.hear([span(QUEUE, 9, 11)])
    assert one.missed({QUEUE: 9})
    assert not one.missed({QUEUE: 11})
    assert not one.missed({QUEUE: 11})
    one.hear([span(QUEUE, 11, 12)])
    assert not one.missed({QUEUE: 12})
    assert not one.missed({QUEUE: 12})


def test_what_nobody_tells_of_is_missed() -> None:
    one = Following(QUEUE)
    assert [one.missed({QUEUE: position}) for position in (5, 7, 7, 7)] == [
        False,
        False,
        True,
        False,
    ]


def test_a_read_model_that_was_made_anew_and_is_not_so_far_is_followed_from_there() -> None:
    one = Following(QUEUE)
    assert not one.missed({QUEUE: 9})
    assert not one.missed({QUEUE: 4})
    one.hear([span(QUEUE, 4, 9)])
    assert not one.missed({QUEUE: 9})
    assert not one.missed({QUEUE: 9})
