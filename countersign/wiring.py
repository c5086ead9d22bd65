"""The composition root: settings in, the wired house out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from adapters import access, migrations
from adapters.database import Unavailable
from adapters.evidence import keyring
from adapters.evidence.keyring import Keyring
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Signer
from adapters.house import House, database
from adapters.postgres import Postgres
from adapters.scratch import Scratch
from adapters.signals import APPENDED, Signals
from adapters.sqlite import SqliteFile
from countersign.settings import Settings
from countersign.worker import cosigning, reading, sealing, stamping
from domain.reading import Mistake, Mistaken

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from adapters.backups import SqliteBackups
    from adapters.evidence.stamps import Stamper
    from adapters.metrics import Metrics
    from adapters.moving import Moved
    from adapters.postgres_backups import PostgresBackups

logger = logging.getLogger("countersign.sealing")


class Wired(NamedTuple):
    """The house, what its processes hear of each other by, and what they keep for a while."""

    house: House
    signals: Signals
    scratch: Scratch


@contextmanager
def wired(settings: Settings, metrics: Metrics | None = None) -> Iterator[Wired]:
    """All of it, closed again at the end. With metrics its commands are counted and logged."""
    signals, scratch = _between_processes(settings)

    def woken() -> None:
        signals.tell([APPENDED])

    with closing(signals), closing(scratch):
        found = House(
            settings.database,
            woken,
            key_file=settings.key,
            careless=settings.unsafe_database,
            told=signals.tell,
            sessions=scratch if settings.redis_url else None,
        )
        with closing(found):
            if metrics:
                from adapters.watched import WatchedEngine

                found.engine = WatchedEngine(found.log, woken, metrics)
                metrics.tell_of(found)
            yield Wired(found, signals, scratch)


@contextmanager
def house(settings: Settings) -> Iterator[House]:
    """The house alone."""
    with wired(settings) as found:
        yield found.house


@contextmanager
def working(settings: Settings, metrics: Metrics | None = None) -> Iterator[Wired]:
    """With a worker in this process, woken by every append."""
    # Imported here, so that a command that delivers nothing starts sooner.
    from countersign.delivering import delivering

    with (
        wired(settings, metrics) as found,
        reading(found.house).running(found.signals),
        kept_sealed(found, settings),
        delivering(found.house, found.signals, settings),
    ):
        yield found


@contextmanager
def kept_sealed(found: Wired, settings: Settings) -> Iterator[None]:
    """The log meanwhile, where there is a key to seal it with."""
    if (keys := seal_keys(settings, make=True)) is None:
        logger.warning("nothing is sealed: set COUNTERSIGN_SEAL_KEY_FILE")
        yield
        return
    sealer = Sealer(found.house.log, found.house.database, Signer(keys, settings.signed))
    with ExitStack() as stack:
        stack.enter_context(sealing(found.house, sealer).running(found.signals))
        if settings.witnessed:
            from adapters.evidence.cosigning import Cosigner

            cosigner = Cosigner(found.house.database, found.house.seals, settings.witnessed)
            stack.enter_context(cosigning(found.house, cosigner).running(found.signals))
        if stamper := stamper_of(found.house, settings):
            stack.enter_context(stamping(found.house, stamper).running(found.signals))
        yield


def stamper_of(house: House, settings: Settings) -> Stamper | None:
    """Where an authority is set. Raises Unavailable where nothing says what to believe it by."""
    if settings.timestamp_url is None:
        return None
    # Imported here, so that no other command waits for it.
    from adapters.evidence.stamps import Authority, Stamper

    every = timedelta(hours=settings.timestamp_hours)
    authority = Authority(settings.timestamp_url, timestamp_roots(settings), every)
    if not authority.roots:
        raise Unavailable("COUNTERSIGN_TIMESTAMP_ROOTS names no certificates to believe stamps by")
    return Stamper(house.database, house.seals, authority)


def timestamp_roots(settings: Settings) -> Sequence[Certificate]:
    """The certificates that stamps are believed by; none where none are set. Raises Unavailable."""
    if (file := settings.timestamp_roots) is None:
        return ()
    from adapters.evidence.stamps import roots_in

    try:
        return roots_in(file)
    except (OSError, ValueError) as error:
        raise Unavailable(f"{file} holds no certificates: {error}") from None


def seal_keys(settings: Settings, *, make: bool = False) -> Keyring | None:
    """Those that are set, or in the file. Where everything is kept in files on this machine and
    there is none yet, one may be made. Raises Unavailable.
    """
    if settings.seal_key:
        try:
            return keyring.keyring(settings.seal_key.get_secret_value())
        except ValueError as error:
            raise Unavailable(f"COUNTERSIGN_SEAL_KEY is no key: {error}") from None
    if settings.seal_key_path.exists():
        return keyring.read(settings.seal_key_path)
    elsewhere = settings.database_url or settings.seal_key_file
    if not make or (elsewhere and not settings.seal_name):
        return None
    name = settings.seal_name or f"countersign.invalid/{uuid4().hex[:12]}"
    try:
        return keyring.make(settings.seal_key_path, name)
    except Unavailable:
        # Another worker may have been first.
        return keyring.read(settings.seal_key_path)


def migrate(settings: Settings) -> list[str]:
    """Brings the tables up to date, and says who may do what: which steps were taken."""
    found = database(settings.database, careless=settings.unsafe_database)
    with closing(found):
        taken = migrations.migrate(found)
        if isinstance(found, Postgres):
            access.grant(found)
        return taken


@contextmanager
def backups(settings: Settings) -> Iterator[SqliteBackups | PostgresBackups]:
    """Of the store that is set. Raises Unavailable."""
    from adapters.backups import SqliteBackups
    from adapters.postgres_backups import PostgresBackups

    if settings.database_url is None:
        yield SqliteBackups(settings.file, settings.key)
        return
    with closing(database(settings.database, careless=settings.unsafe_database)) as found:
        migrations.check(found)
        assert isinstance(found, Postgres)
        yield PostgresBackups(found, settings.key)


def move(settings: Settings) -> Moved:
    """From the file to the address. Raises Unavailable, Mistaken where either is missing."""
    from adapters.moving import move

    if not settings.database_url:
        raise Mistaken([Mistake("COUNTERSIGN_DATABASE_URL", "says where to move to")])
    if not settings.file.exists():
        raise Mistaken([Mistake(str(settings.file), "is not there: nothing can be moved")])
    source = SqliteFile(settings.file)
    target = database(settings.database, careless=settings.unsafe_database)
    with closing(source), closing(target):
        migrations.migrate(source)
        migrations.check(target)
        assert isinstance(target, Postgres)
        return move(source, target)


def _between_processes(settings: Settings) -> tuple[Signals, Scratch]:
    if settings.redis_url is None:
        return Signals(), Scratch()
    # Imported here, so that nobody waits for the library who does without it.
    from adapters.redis import RedisScratch, RedisSignals

    return RedisSignals(settings.redis_url), RedisScratch(settings.redis_url)
