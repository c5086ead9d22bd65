"""Who is signed in: for a while, in real time, by a secret that only the browser keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from adapters.house import House
from adapters.identity import LASTS, sessions
from countersign.demo.load import COUNCILS
from domain.authority import AdoptConstitution
from domain.messages import Actor
from tests.adapters.history import CONSTITUTION
from tests.scenario import DIRECTOR
from web.reader import seats_of

PERSON = UUID(int=1)


def expire(house: House, ago: timedelta) -> None:
    """As if every session had begun earlier."""
    ended = datetime.now(UTC).replace(tzinfo=None) - ago
    with house.database.write() as db:
        db.execute(sessions.update().values(expires=ended))


def test_whoever_signs_in_is_known_until_they_sign_out(house: House) -> None:
    mine, yours = house.identity.sign_in(PERSON), house.identity.sign_in(UUID(int=2))
    assert (house.identity.who(mine), house.identity.who(yours)) == (PERSON, UUID(int=2))
    house.identity.sign_out(mine)
    assert (house.identity.who(mine), house.identity.who(yours)) == (None, UUID(int=2))


def test_a_session_lasts_twelve_hours(house: House) -> None:
    token = house.identity.sign_in(PERSON)
    with house.database.read() as db:
        expires = db.execute(select(sessions.c.expires)).scalar_one()
    assert timedelta() <= datetime.now(UTC).replace(tzinfo=None) + LASTS - expires
    assert timedelta(hours=12) == LASTS
    expire(house, timedelta(seconds=1))
    assert house.identity.who(token) is None


def test_sessions_that_are_over_are_cleared_away(house: House) -> None:
    house.identity.sign_in(PERSON)
    expire(house, timedelta(days=1))
    token = house.identity.sign_in(PERSON)
    with house.database.read() as db:
        assert len(db.execute(select(sessions)).all()) == 1
    assert house.identity.who(token) == PERSON


def test_a_session_keeps_real_time_when_a_demo_clock_is_moved(demo: House) -> None:
    token = demo.identity.sign_in(PERSON)
    demo.clocks.forward("leeds", 365)
    assert demo.identity.who(token) == PERSON


def test_the_secret_is_not_in_the_database(house: House) -> None:
    token = house.identity.sign_in(PERSON)
    with house.database.read() as db:
        assert token not in str(db.execute(select(sessions)).all())
    for guess in ("", token[:-1], token.swapcase(), "' OR 1=1 --"):
        assert house.identity.who(guess) is None


def test_names_may_change_and_are_listed_in_order(house: House) -> None:
    house.identity.introduce({PERSON: "Zoe", UUID(int=2): "Bea"})
    house.identity.introduce({PERSON: "Ada"})
    assert list(house.identity.names().items()) == [(PERSON, "Ada"), (UUID(int=2), "Bea")]


def test_names_stay_out_of_the_log(demo: House) -> None:
    stored = b"".join(one.state for one in demo.log.tail(0, 1000)).decode()
    assert len(demo.identity.names()) > len(COUNCILS)
    assert [name for name in demo.identity.names().values() if name in stored] == []


def test_the_seats_of_a_person_are_their_own_and_those_they_deputise_for(demo: House) -> None:
    deputy = next(
        one.person for one in demo.rules("leeds").offices.deputies if one.post == DIRECTOR.post
    )
    own, other = seats_of(deputy, demo.rules_for(deputy))
    assert own == Actor(deputy, "leeds/deputy-director-integrated-commissioning")
    assert other == Actor(deputy, DIRECTOR.post, deputising=True)
    assert demo.rules_for(uuid4()) == {}


def test_an_authority_that_is_still_setting_up_keeps_nobody_out(demo: House) -> None:
    text = CONSTITUTION.replace("leeds", "southwark").replace("2022-01-01", "2050-01-01")
    command, by = AdoptConstitution("southwark", text), Actor(None, "southwark/clerk")
    demo.execute(command, by, uuid4(), authority="southwark")
    demo.catch_up()
    assert demo.views.authorities() == sorted(COUNCILS)
    assert DIRECTOR.person
    assert [*seats_of(DIRECTOR.person, demo.rules_for(DIRECTOR.person))] == [DIRECTOR]
