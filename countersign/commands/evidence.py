"""Commands about the evidence: what is sealed, proofs of it, and whether all of it is whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from sqlalchemy import Connection

from adapters.database import Unavailable
from adapters.evidence.findings import Anchor, Finding
from adapters.evidence.notes import Malformed, PublicKey, checkpoint, opened, public_key
from adapters.evidence.packed import read_pack
from adapters.evidence.packed_main import main as script_main
from adapters.evidence.packing import NotSealed as NotSealedYet
from adapters.evidence.packing import pack as packed
from adapters.evidence.replaying import replayed
from adapters.evidence.signer import Signer
from adapters.evidence.verifying import Verified, verify
from adapters.house import House
from countersign.settings import Settings
from countersign.wiring import house, seal_keys, timestamp_roots
from domain.reading import Mistake, Mistaken
from domain.refusals import Refusal, Refused
from domain.wording import counted

if TYPE_CHECKING:
    from adapters.evidence.stamps import Stamped
    from web.seen import Checked

Keys = Annotated[list[str] | None, typer.Option("--key", help="A public key of the log.")]
Kept = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", help="File of a checkpoint that was kept elsewhere."),
]
PackFile = Annotated[Path | None, typer.Argument(help="An audit pack, instead of the house.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def verify_(
    pack: PackFile = None,
    key: Keys = None,
    kept: Kept = None,
    as_json: Json = False,
) -> None:
    """Check that nothing on record was added, changed or removed; ends with the kind of finding."""
    if pack is not None:
        sys.exit(_pack_checked(pack, key or []))
    settings = Settings()
    signer = _signer(settings) if not key else None
    keys = [_key(one) for one in key or ()] if signer is None else list(signer.keys.known)
    if len(names := {one.name for one in keys}) > 1:
        raise Mistaken([Mistake("--key", "names the keys of one log, and of no other")])
    anchors = [_anchor(one, keys) for one in kept or ()]
    if signer and (last := signer.last()):
        anchors.append(Anchor("The sealer’s own file", last, elsewhere=False))
    with house(settings) as found:
        if not keys and found.seals.latest():
            raise Mistaken([Mistake("--key", "names the key of this log, since none is set")])
        # Imported here, so that no other command waits for it.
        from web.pages import Pages
        from web.seen import capsules_checked

        def capsules(one: House) -> Checked:
            return capsules_checked(one, Pages(one, demo=False))

        name = min(names, default="")
        result = verify(found, keys, name, anchors, capsules, _stamps(settings))
    print(msgspec.json.encode(_told(result)).decode() if as_json else _said(result))
    if result.findings:
        sys.exit(int(result.findings[0].kind))


def _pack_checked(file: Path, named: list[str]) -> int:
    """What the script in it says, and whether its events add up to the same here."""
    try:
        found = [*replayed(read_pack(file))]
    except (Malformed, OSError):
        found = []  # The script says what is wrong.
    rest = "" if found else "Replayed: every stream adds up to what the pack says."
    return script_main([str(file), *named], rest, found)


def export(
    to: Annotated[Path, typer.Option("--to", help="The pack, a new ZIP file.")],
    reference: Annotated[str | None, typer.Argument(help="A procurement’s reference.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that is on record.")] = False,
) -> None:
    """Take the evidence away: events, papers, proofs, a page to read and a script that checks."""
    if (reference is None) != everything:
        raise Mistaken([Mistake("REF", "names a procurement, or --all asks for everything")])
    # Imported here, so that no other command waits for it.
    from web.pack import report

    settings = Settings()
    keys = seal_keys(settings)
    with house(settings) as found:
        if reference and not found.procurement(reference).version:
            raise Refused([Refusal("C1", f"There is no procurement “{reference}”")])
        try:
            done = packed(found, reference, keys.known if keys else (), report, to)
        except NotSealedYet as error:
            raise Refused([Refusal("C1", f"Nothing was written: {error}")]) from None
        except OSError as error:
            raise Unavailable(f"{to} cannot be written: {error.strerror}") from None
    events, papers = counted(done.events, "event"), counted(done.papers, "paper")
    print(f"{to}: {events} of {counted(done.streams, 'stream')}, {papers}.")


def _stamps(settings: Settings) -> Callable[[Connection], Iterable[Stamped | Finding]]:
    roots = timestamp_roots(settings)
    if not roots:
        return lambda _: ()
    from adapters.evidence.stamps import stamps_checked

    return lambda db: stamps_checked(db, roots)


def _signer(settings: Settings) -> Signer | None:
    keys = seal_keys(settings)
    return keys and Signer(keys, settings.signed)


def _key(text: str) -> PublicKey:
    try:
        return public_key(text)
    except ValueError as error:
        raise Mistaken([Mistake("--key", str(error))]) from None


def _anchor(file: Path, keys: list[PublicKey]) -> Anchor:
    try:
        text, by = opened(file.read_text("utf-8"), keys)
        if not by:
            raise Mistaken([Mistake(str(file), "is not signed with a key of this log")])
        return Anchor(f"“{file.name}”", checkpoint(text))
    except OSError as error:
        raise Unavailable(f"{file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise Mistaken([Mistake(str(file), str(error))]) from None


def _said(result: Verified) -> str:
    report = result.report
    lines = [f"{one.kind.name.replace('_', ' ').lower()}: {one.said}" for one in result.findings]
    if not lines:
        size = counted(report.signed, "entry", "entries")
        lines = [f"Whole: {size} under {counted(report.checkpoints, 'checkpoint')}."]
    if result.stamped:
        last = result.stamped[-1]
        size = counted(last.size, "entry", "entries")
        lines.append(f"Time-stamped: {size} were there at {last.at:%Y-%m-%d %H:%M:%S} UTC.")
    return "\n".join([*lines, *(f"Not checked: {one}." for one in result.unchecked)])


def _told(result: Verified) -> dict[str, object]:
    return {
        "findings": [
            {"kind": one.kind.name.lower(), "entry": one.position, "said": one.said}
            for one in result.findings
        ],
        "events": result.report.events,
        "signed": result.report.signed,
        "checkpoints": result.report.checkpoints,
        "stamped": [{"entries": one.size, "at": one.at.isoformat()} for one in result.stamped],
        "unchecked": result.unchecked,
    }


COMMANDS: dict[str, Callable[..., None]] = {"verify": verify_, "export": export}
