"""The witness: a program of its own, for another user on another machine than the log’s."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.database import Unavailable
from adapters.disk import replace_file
from adapters.evidence.notes import COSIGNATURE, PrivateKey, PublicKey, new_key, private_key
from adapters.evidence.notes import public_key as read_key
from domain.reading import Mistake, Mistaken

witness = typer.Typer(help="Cosign the sealed logs of others.", no_args_is_help=True)
KeyFile = Annotated[Path, typer.Option("--key", help="File of the witness’s own key.")]


@witness.command("key")
def key_(
    name: Annotated[str, typer.Argument(help="Its name, such as audit.example/witness.")],
    to: Annotated[Path, typer.Option("--to", help="The file to write, which is not there yet.")],
) -> None:
    """Make a key for a witness; says its public part."""
    if to.exists():
        raise Mistaken([Mistake(str(to), "is there already, and is not overwritten")])
    try:
        key = new_key(name, COSIGNATURE)
    except ValueError as error:
        raise Mistaken([Mistake("NAME", str(error))]) from None
    replace_file(to, f"{key.text()}\n")
    print(key.public.text())


@witness.command()
def serve(
    key: KeyFile,
    log: Annotated[list[str], typer.Option("--log", help="Public key of a log that it watches.")],
    state: Annotated[Path, typer.Option(help="Folder in which it remembers what it has seen.")],
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8090,
) -> None:
    """Answer to logs that ask for a signature, until told to end."""
    own, logs = _own(key), [_public(one) for one in log]
    if not state.is_dir():
        raise Mistaken([Mistake(str(state), "is no folder: make one that only the witness writes")])
    # Imported here, so that no other command waits for it.
    from adapters.evidence.witness import Witness
    from countersign.witnessing import serving

    with serving(Witness(own, logs, state), host, port) as server:
        print(f"{own.public.text()} answers at http://{host}:{server.server_port}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Ended.")


def _own(file: Path) -> PrivateKey:
    try:
        found = private_key(file.read_text("utf-8").strip())
    except OSError as error:
        raise Unavailable(f"{file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise Mistaken([Mistake(str(file), str(error))]) from None
    if found.kind != COSIGNATURE:
        raise Mistaken([Mistake(str(file), "holds the key of a log, and not of a witness")])
    return found


def _public(text: str) -> PublicKey:
    try:
        return read_key(text)
    except ValueError as error:
        raise Mistaken([Mistake("--log", str(error))]) from None
