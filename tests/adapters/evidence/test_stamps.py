"""Time stamps of what is sealed, from an authority of our own over HTTP, as RFC 3161 has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.evidence.asking import Away
from adapters.evidence.findings import Finding, Kind
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Signer
from adapters.evidence.stamps import Authority, Stamped, Stamper, stamped_at, stamps_checked
from adapters.evidence.tables import stamps
from adapters.house import House
from tests.adapters.evidence.sealing import Sealed
from tests.adapters.leeds import note
from tests.houses import tamper
from tests.tools.stamping import StampingAuthority, stamping

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def authority() -> Iterator[StampingAuthority]:
    with stamping(AT) as found:
        yield found


@pytest.fixture
def sealed(demo: House, tmp_path: Path) -> Sealed:
    found = Sealed(demo, tmp_path)
    found.sealer.seal()
    return found


def stamper(sealed: Sealed, one: StampingAuthority, every: timedelta = DAY) -> Stamper:
    house = sealed.house
    return Stamper(house.database, house.seals, Authority(one.url, [one.root], every))


def checked(sealed: Sealed, one: StampingAuthority) -> list[Stamped | Finding]:
    with sealed.house.database.read() as db:
        return [*stamps_checked(db, [one.root])]


def test_what_is_sealed_is_stamped_and_the_stamp_is_believed_later(
    sealed: Sealed, authority: StampingAuthority
) -> None:
    size = sealed.house.log.last_position()
    asks = stamper(sealed, authority)
    assert asks.due()
    assert asks.stamp() == Stamped(size, AT)
    assert not asks.due()
    assert checked(sealed, authority) == [Stamped(size, AT)]


def test_a_stamp_is_due_when_the_last_is_old_and_there_is_something_new(
    sealed: Sealed, authority: StampingAuthority
) -> None:
    stamper(sealed, authority).stamp()
    note(sealed.house)
    sealed.sealer.seal()
    assert not stamper(sealed, authority).due()
    assert stamper(sealed, authority, timedelta()).due()
    stamper(sealed, authority).stamp()
    assert not stamper(sealed, authority, timedelta()).due()
    assert len(checked(sealed, authority)) == 2


def test_nothing_is_stamped_where_nothing_is_sealed(
    demo: House, tmp_path: Path, authority: StampingAuthority
) -> None:
    asks = stamper(Sealed(demo, tmp_path), authority)
    assert not asks.due()
    assert asks.stamp() is None
    assert authority.asked == 0


def test_history_that_was_written_anew_with_the_key_is_not_what_was_stamped(
    sealed: Sealed, authority: StampingAuthority
) -> None:
    """The stamp is of the checkpoint that was; whoever signs another has none of that time."""
    stamper(sealed, authority).stamp()
    size = sealed.house.log.last_position()
    for table in "sealed_checkpoints", "sealed_entries", "sealed_tiles":
        tamper(sealed.house, f"DELETE FROM {table}")
    change = "UPDATE stored_events SET state = ? WHERE topic LIKE ?"
    tamper(sealed.house, change, b"[]", "report-%")
    signer = Signer(sealed.keys, sealed.folder / "another.signed")
    Sealer(sealed.house.log, sealed.house.database, signer).seal()
    (found,) = checked(sealed, authority)
    assert isinstance(found, Finding)
    assert (found.position, found.kind) == (size, Kind.STAMP)
    assert "is not of the checkpoint that is here" in found.said


def test_a_stamp_without_its_checkpoint_is_a_finding(
    sealed: Sealed, authority: StampingAuthority
) -> None:
    stamper(sealed, authority).stamp()
    tamper(sealed.house, "DELETE FROM sealed_checkpoints")
    (found,) = checked(sealed, authority)
    assert isinstance(found, Finding)
    assert found.said.endswith("is of a checkpoint that is not here")


@pytest.mark.parametrize("step", [1, 7, 31])
def test_no_byte_of_a_stamp_can_be_changed(
    sealed: Sealed, authority: StampingAuthority, step: int
) -> None:
    stamper(sealed, authority).stamp()
    with sealed.house.database.read() as db:
        (stamp,) = db.scalars(select(stamps.c.stamp)).all()
    latest = sealed.house.seals.latest()
    assert latest
    text = (latest.note.partition("\n\n")[0] + "\n").encode()
    assert stamped_at(stamp, text, [authority.root]) == AT
    for n in range(0, len(stamp), 31):
        other = bytearray(stamp)
        other[n] ^= step
        try:
            at = stamped_at(bytes(other), text, [authority.root])
        except ValueError:
            continue
        assert at == AT, n


def test_another_authority_or_another_text_is_not_believed(
    sealed: Sealed, authority: StampingAuthority
) -> None:
    stamper(sealed, authority).stamp()
    (found,) = checked(sealed, StampingAuthority(AT))
    assert isinstance(found, Finding)
    with sealed.house.database.read() as db:
        (stamp,) = db.scalars(select(stamps.c.stamp)).all()
    with pytest.raises(ValueError, match="Mismatch"):
        stamped_at(stamp, b"another", [authority.root])


@pytest.mark.parametrize("how", ["refuses", "is another", "answers rubbish", "is not there"])
def test_an_authority_that_does_not_answer_leaves_nothing(
    sealed: Sealed, authority: StampingAuthority, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = stamper(sealed, authority)
    match how:
        case "refuses":
            authority.status = 503
        case "is another":
            asks = stamper(sealed, authority)
            monkeypatch.setattr(authority, "_key", StampingAuthority(AT)._key)
        case "answers rubbish":
            monkeypatch.setattr(authority, "answer", lambda _: b"rubbish")
        case "is not there":
            authority.url = authority.url.replace("127.0.0.1", "127.0.0.2")
            asks = stamper(sealed, authority)
    with pytest.raises(Away, match=r"gives no time stamp|does not answer"):
        asks.stamp()
    assert checked(sealed, authority) == []
