"""Both stores are looked back at alike."""

from __future__ import annotations

from adapters.house import House
from adapters.looking_back import at_moment, at_version
from adapters.queue_then import queue_then


def test_every_version_of_the_demonstration_is_as_the_engine_loads_it(demo: House) -> None:
    demo.catch_up()
    for row in demo.views.procurements():
        last = demo.procurement(row.reference).version
        for version in range(last + 1):
            then = at_version(demo, row.reference, version)
            assert then.procurement == demo.procurement(row.reference, version)
        now = demo.clocks.now(row.authority)
        assert at_moment(demo, row.reference, now).procurement == demo.procurement(row.reference)


def test_the_queue_of_now_is_the_one_that_the_read_model_shows(demo: House) -> None:
    demo.catch_up()
    for name in demo.views.authorities():
        posts = [one.id for one in demo.rules(name).offices.posts]
        live = demo.queue(posts)
        then = queue_then(demo, posts, demo.clocks.now(name))
        assert [one[:-1] for one in then.rows] == [one[:-1] for one in live.rows]
        assert (then.ready, then.later) == (live.ready, live.later)
