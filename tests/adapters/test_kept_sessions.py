"""Sessions that every process finds sooner: the database goes on knowing who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from adapters.house import House
from adapters.identity import KEPT, Identity, sessions
from adapters.redis import RedisScratch
from tests.tools.redis import Server, serving

PERSON = UUID(int=1)


@pytest.fixture(scope="module", params=["valkey", "redis"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(request.param) as found:
        yield found


@pytest.fixture
def pair(house: House, server: Server) -> Iterator[tuple[Identity, Identity]]:
    """Two processes on one database."""
    kept = RedisScratch(server.url), RedisScratch(server.url)
    one, other = (Identity(house.database, shared, house.keys.fingerprint) for shared in kept)
    yield one, other
    for each in kept:
        each.close()


def forget(house: House) -> None:
    with house.database.write() as db:
        db.execute(sessions.delete())


def test_who_was_found_is_found_without_the_database_for_a_while(
    house: House, pair: tuple[Identity, Identity], server: Server
) -> None:
    here, there = pair
    token = here.sign_in(PERSON)
    assert here.who(token) == PERSON
    forget(house)
    assert there.who(token) == PERSON
    server.flush()
    assert there.who(token) is None
    assert 0 < KEPT <= 30


def test_whoever_signs_out_is_known_nowhere(pair: tuple[Identity, Identity]) -> None:
    here, there = pair
    token = here.sign_in(PERSON)
    assert (here.who(token), there.who(token)) == (PERSON, PERSON)
    there.sign_out(token)
    assert (here.who(token), there.who(token)) == (None, None)


class Slow(RedisScratch):
    """Something else happens between a look at the database and keeping what was found."""

    meanwhile: Callable[[], None]

    def put(self, key: str, value: str, seconds: int, *, new: bool = False) -> None:
        self.meanwhile()
        super().put(key, value, seconds, new=new)


def test_what_was_read_before_signing_out_does_not_come_back_after_it(
    house: House, pair: tuple[Identity, Identity], server: Server
) -> None:
    here, there = pair
    scratch = Slow(server.url)
    slow = Identity(house.database, scratch, house.keys.fingerprint)
    token = here.sign_in(PERSON)
    scratch.meanwhile = lambda: there.sign_out(token)
    assert slow.who(token) == PERSON
    assert (slow.who(token), here.who(token), there.who(token)) == (None, None, None)
    key = f"countersign:session:{sha256(token.encode()).hexdigest()}"
    assert int(server.asked("TTL", key)[1:]) > KEPT
    scratch.close()


def test_nobody_is_signed_in_by_what_others_write_there(
    pair: tuple[Identity, Identity], server: Server
) -> None:
    here, there = pair
    server.flush()
    mine, yours = here.sign_in(PERSON), here.sign_in(UUID(int=2))
    here.who(mine)
    (key,) = server.asked("KEYS", "*session*").split(b"\r\n")[2:3]
    kept = server.asked("GET", key.decode()).split(b"\r\n")[1].decode()
    here.who(yours)
    other = key.decode().replace(sha256(mine.encode()).hexdigest(), sha256(b"made up").hexdigest())
    for value in (kept, str(PERSON), f"{PERSON} {sha256(b'x').hexdigest()}", "", "x y z"):
        assert server.asked("SET", other, value) == b"+OK\r\n"
        assert there.who("made up") is None
    assert there.who(mine) == PERSON


def test_a_session_is_not_kept_beyond_its_end(
    house: House, pair: tuple[Identity, Identity], server: Server
) -> None:
    server.flush()
    here, _ = pair
    token = here.sign_in(PERSON)
    ends = datetime.now(UTC).replace(tzinfo=None) + timedelta(seconds=5)
    with house.database.write() as db:
        db.execute(sessions.update().values(expires=ends))
    assert here.who(token) == PERSON
    key = server.asked("KEYS", "*session*").split(b"\r\n")[2].decode()
    assert 0 < int(server.asked("TTL", key)[1:]) <= 5


def test_the_secret_is_in_no_cache(pair: tuple[Identity, Identity], server: Server) -> None:
    here, _ = pair
    token = here.sign_in(PERSON)
    here.who(token)
    assert token.encode() not in server.asked("KEYS", "*")


@pytest.mark.parametrize("gone", ["killed", "hung", "flushed"])
def test_nobody_is_signed_out_by_a_cache_that_goes(
    pair: tuple[Identity, Identity], server: Server, gone: str
) -> None:
    here, there = pair
    token, other = here.sign_in(PERSON), here.sign_in(UUID(int=2))
    assert there.who(token) == PERSON
    {"killed": server.kill, "hung": server.hang, "flushed": server.flush}[gone]()
    try:
        assert (here.who(token), there.who(token)) == (PERSON, PERSON)
        new = here.sign_in(UUID(int=3))
        there.sign_out(other)
        assert (there.who(new), here.who(other)) == (UUID(int=3), None)
    finally:
        if gone == "killed":
            server.start()
        elif gone == "hung":
            server.go_on()
    assert here.who(token) == PERSON
