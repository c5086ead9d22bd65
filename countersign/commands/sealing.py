"""Commands about the sealed log: its key, how far it goes, proofs and time stamps of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.database import Unavailable
from adapters.evidence import keyring
from adapters.evidence.asking import Away
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Refusal as NotSealed
from adapters.evidence.signer import Signer
from countersign.settings import Settings
from countersign.wiring import house, seal_keys, stamper_of
from domain.reading import Mistake, Mistaken
from domain.refusals import Refusal, Refused
from domain.values import procurement_id
from domain.wording import counted

seal = typer.Typer(help="The sealed log: keys, how far it goes, and proofs.", no_args_is_help=True)


@seal.command("key")
def key_(
    name: Annotated[str, typer.Argument(help="The name of the log, such as council.example/log.")],
) -> None:
    """Make the key that the log is sealed with, in the file that is set; says its public part."""
    settings = Settings()
    try:
        made = keyring.make(settings.seal_key_path, name)
    except ValueError as error:
        raise Mistaken([Mistake("NAME", str(error))]) from None
    print(made.known[0].text())


@seal.command()
def status() -> None:
    """Say up to where the log is sealed, and with which keys."""
    with house(Settings()) as found:
        latest, last = found.seals.latest(), found.log.last_position()
    if latest is None:
        print(f"Nothing is sealed; {counted(last, 'entry', 'entries')} would be.")
        return
    size = counted(latest.size, "entry", "entries")
    print(f"{size} sealed at {latest.at:%Y-%m-%d %H:%M:%S} UTC.")
    print(f"{last - latest.size} not yet." if last > latest.size else "That is all there is.")
    print(f"\n{latest.note}", end="")


@seal.command()
def now() -> None:
    """Seal what is there at once, where no worker does."""
    settings = Settings()
    keys = seal_keys(settings, make=True)
    if keys is None:
        raise Mistaken([Mistake("COUNTERSIGN_SEAL_KEY_FILE", "names no key to seal with")])
    with house(settings) as found:
        try:
            count = Sealer(found.log, found.database, Signer(keys, settings.signed)).seal()
        except NotSealed as refusal:
            raise Refused([Refusal("C1", f"Nothing was sealed: {refusal}")]) from None
    print(f"{counted(count, 'entry', 'entries')} sealed.")


@seal.command()
def proof(reference: str, version: Annotated[int, typer.Option(min=1)]) -> None:
    """Prove that one entry of a procurement is in the sealed log, for whoever has its key."""
    with house(Settings()) as found:
        stream = procurement_id(reference)
        stored = found.log.stored(stream, found.log.last_position())
        if version > len(stored):
            said = f"{reference} has no entry {version}; it has {len(stored)}"
            raise Refused([Refusal("C1", said)])
        one = found.seals.inclusion(stored[version - 1].position)
    if one is None:
        raise Refused([Refusal("C1", f"Entry {version} of {reference} is not sealed yet")])
    print(one.text(), end="")


@seal.command()
def stamp(
    to: Annotated[Path | None, typer.Option("--to", help="A new file for the stamp.")] = None,
) -> None:
    """Ask the authority that is set for a time stamp of what is sealed, now."""
    settings = Settings()
    if to is not None and to.exists():
        raise Mistaken([Mistake(str(to), "is there already: name a new file")])
    with house(settings) as found:
        if (stamper := stamper_of(found, settings)) is None:
            raise Mistaken([Mistake("COUNTERSIGN_TIMESTAMP_URL", "says nothing of whom to ask")])
        try:
            done = stamper.stamp()
        except Away as error:
            raise Refused([Refusal("C1", f"Nothing was stamped: {error}")]) from None
        if done is None:
            raise Refused([Refusal("C1", "Nothing is sealed yet that could be stamped")])
        answer = stamper.kept(done.size)
    if to is not None:
        try:
            to.write_bytes(answer)
        except OSError as error:
            raise Unavailable(f"{to} cannot be written: {error.strerror}") from None
    size = counted(done.size, "entry", "entries")
    print(f"{size} stamped at {done.at:%Y-%m-%d %H:%M:%S} UTC.")
