"""The master key: apart from the database, made once, missed when it is gone."""

from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from adapters.database import Unavailable
from adapters.house import House
from adapters.keys import stream_keys
from adapters.sealing import Unopened
from tests.adapters.closing import FIGURE, ONE, OTHER, kept, opened
from tests.adapters.conftest import SQLITE
from tests.houses import again as reopened
from tests.houses import file_of

THREADS = 8


def again(house: House, key_file: Path | None = None) -> House:
    """The same database, opened once more."""
    found = reopened(house, key_file=key_file)
    found.close()
    return found


@SQLITE
def test_a_new_house_makes_a_key_that_only_its_owner_reads(house: House) -> None:
    file = file_of(house).with_suffix(".key")
    assert (house.keys.file, stat.S_IMODE(file.stat().st_mode)) == (file, 0o600)
    assert re.fullmatch(r"[0-9a-f]{64}\n", file.read_text())
    assert not list(file.parent.glob(".*"))


def test_a_house_keeps_the_key_that_it_has(demo: House) -> None:
    opened(demo)
    secret = demo.keys.file.read_text()
    again(demo)
    assert demo.keys.file.read_text() == secret


def test_the_key_may_lie_in_another_place(demo: House, tmp_path: Path) -> None:
    opened(demo)
    elsewhere = tmp_path / "safe" / "of.key"
    elsewhere.parent.mkdir()
    demo.keys.file.rename(elsewhere)
    found = reopened(demo, key_file=elsewhere)
    assert found.procurement(ONE).pounds == Decimal(FIGURE)
    found.close()


def test_a_house_whose_key_is_missing_is_not_opened_and_no_other_key_is_made(demo: House) -> None:
    opened(demo)
    demo.keys.file.unlink()
    with pytest.raises(Unavailable, match="is missing, and closed values are sealed under it"):
        again(demo)
    assert not demo.keys.file.exists()


def test_a_house_with_nothing_sealed_gets_a_new_key(demo: House) -> None:
    demo.keys.file.unlink()
    assert again(demo).keys.file.exists()


def test_a_house_that_lost_its_key_can_go_on_without_what_was_closed(demo: House) -> None:
    stream = opened(demo)
    demo.keys.file.unlink()
    with demo.database.write() as db:
        db.execute(stream_keys.delete())
    found = reopened(demo)
    assert (found.procurement(ONE).version, found.procurement(ONE).pounds) == (1, None)
    opened(found, "5", OTHER)
    assert (found.procurement(OTHER).pounds, found.log.version(stream)) == (Decimal(5), 1)
    found.close()


@SQLITE
def test_a_house_is_not_opened_with_the_key_of_another(demo: House) -> None:
    opened(demo)
    other = House(file_of(demo).with_name("other.db"))
    other.close()
    with pytest.raises(Unavailable, match="is not the one that closed values here are sealed"):
        again(demo, other.keys.file)
    assert again(demo).keys.file != other.keys.file


@pytest.mark.parametrize("text", ["", "Dear Director", "00" * 31, "00" * 33, "é" * 64])
def test_a_file_that_holds_no_key_is_named(demo: House, text: str) -> None:
    demo.keys.file.write_text(text)
    with pytest.raises(Unavailable, match="holds no key, which is 64 hexadecimal digits") as caught:
        again(demo)
    assert str(demo.keys.file) in str(caught.value)


def test_a_place_that_no_key_can_lie_in_is_named(house: House, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be read: Is a directory"):
        again(house, tmp_path)
    with pytest.raises(Unavailable, match="cannot be made: No such file"):
        again(house, tmp_path / "nowhere" / "of.key")
    a_file = tmp_path / "file"
    a_file.touch()
    with pytest.raises(Unavailable, match="cannot be made: Not a directory"):
        again(house, a_file / "of.key")


def test_keys_lie_in_the_database_only_under_the_master_key(demo: House) -> None:
    stream = opened(demo)
    with demo.database.read() as db:
        (row,) = db.execute(select(stream_keys)).all()
    assert (row.stream, len(row.wrapped), row.key_id) == (stream, 60, demo.keys.of(stream).id)
    secret = demo.keys.file.read_text().strip()
    assert [one for one in (secret.encode(), bytes.fromhex(secret)) if one in kept(demo)] == []


def test_a_key_that_was_given_to_another_stream_does_not_open(demo: House) -> None:
    stream = opened(demo)
    opened(demo, "5", OTHER)
    with demo.database.write() as db:
        wrapped = db.scalar(select(stream_keys.c.wrapped).where(stream_keys.c.stream != stream))
        mine = stream_keys.update().where(stream_keys.c.stream == stream)
        db.execute(mine.values(wrapped=wrapped))
    with pytest.raises(Unopened):
        demo.log.read(stream)
    assert demo.procurement(OTHER).pounds == 5


def test_of_many_who_open_a_new_house_at_once_all_have_the_same_key(tmp_path: Path) -> None:
    start = Barrier(THREADS)

    def key(_: int) -> str:
        start.wait()
        found = House(tmp_path / "new.db")
        found.close()
        return found.keys.fingerprint(b"the same")

    with ThreadPoolExecutor(THREADS) as pool:
        assert len(set(pool.map(key, range(THREADS)))) == 1


def test_of_many_who_need_a_key_at_once_all_get_the_same(house: House) -> None:
    start, stream = Barrier(THREADS), uuid4()

    def key(_: int) -> UUID:
        start.wait()
        return house.keys.of(stream).id

    with ThreadPoolExecutor(THREADS) as pool:
        assert len(set(pool.map(key, range(THREADS)))) == 1
