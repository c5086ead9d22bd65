"""What we sign and prove, shown to the code of those who devised the form."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

from adapters.evidence.merkle import among, consistency, inclusion, leaf_hash, root
from adapters.evidence.notes import COSIGNATURE, Checkpoint, cosigned, new_key, signed
from tests.tools import reference

NAME = "council.example/log"
KEY, OTHER = new_key(NAME), new_key(NAME)
AT = among([leaf_hash(bytes([n])) for n in range(100)])


def text(raw: bytes) -> str:
    return b64encode(raw).decode()


def shown(index: int, old: int, size: int) -> dict[str, Any]:
    """A checkpoint that two keys and a witness signed, with a proof of an entry and of a root."""
    note = signed(Checkpoint(NAME, size, root(size, AT)).text(), [OTHER, KEY])
    witness = new_key("audit.example/witness", COSIGNATURE)
    return {
        "Note": cosigned(note, witness, 1_790_000_000),
        "Key": KEY.public.text(),
        "Index": index,
        "Leaf": text(AT(0, index)),
        "Inclusion": [text(one) for one in inclusion(index, size, AT)],
        "Old": old,
        "Root": text(root(old, AT)),
        "Consistency": [text(one) for one in consistency(old, size, AT)],
    }


def asked(checks: Path, what: dict[str, Any]) -> str:
    done = subprocess.run([checks], input=json.dumps(what), capture_output=True, text=True)
    return done.stdout.strip()


def test_our_checkpoints_and_proofs_are_accepted_and_no_forgery_is(tmp_path: Path) -> None:
    checks = reference.built(tmp_path)
    for places in (0, 1, 1), (3, 4, 7), (40, 33, 64), (99, 64, 100), (63, 99, 100):
        assert asked(checks, shown(*places)) == "accepted"
    whole = shown(40, 33, 64)
    for other in (
        {"Key": new_key(NAME).public.text()},
        {"Note": whole["Note"].replace("\n64\n", "\n65\n")},
        {"Index": 41},
        {"Leaf": text(AT(0, 41))},
        {"Inclusion": whole["Inclusion"][:-1]},
        {"Old": 32},
        {"Root": text(root(34, AT))},
        {"Consistency": whole["Consistency"][1:]},
    ):
        assert asked(checks, {**whole, **other}) not in ("", "accepted"), other
