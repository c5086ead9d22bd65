"""Signed notes: written and read as everybody else does."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from adapters.evidence.notes import (
    COSIGNATURE,
    Checkpoint,
    Malformed,
    checkpoint,
    cosigned,
    new_key,
    opened,
    private_key,
    public_key,
    signed,
)

KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
"""Published with the description of the form."""


def test_a_published_note_is_read() -> None:
    key = public_key(KEY)
    assert opened(NOTE, [key]) == ("This is an example message.\n", {key: 0})
    assert key.text() == KEY


@pytest.mark.parametrize(
    "changed",
    [
        NOTE.replace("an example", "no example"),
        NOTE.replace("aQM=", "aQI="),
        NOTE.replace("\n\n", "\n"),
        NOTE.removesuffix("\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("This", "\x07This"),
        "",
    ],
)
def test_a_note_that_was_changed_is_refused(changed: str) -> None:
    with pytest.raises(Malformed):
        opened(changed, [public_key(KEY)])


def test_a_line_of_a_key_that_is_not_known_says_nothing() -> None:
    text, by = opened(NOTE, [new_key("example.com/foo").public])
    assert text
    assert by == {}


def test_keys_are_read_as_they_are_written() -> None:
    key = new_key("council.example/log")
    assert private_key(key.text()) == key
    assert public_key(key.public.text()) == key.public


@pytest.mark.parametrize(
    "text",
    [
        *("", "nothing", "a+b+c", KEY.replace("530d903a", "530d903b"), KEY + "k"),
        KEY.replace("foo", "fo o"),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        public_key(text)
    with pytest.raises(Malformed):
        private_key(f"PRIVATE+KEY+{text}")
    with pytest.raises(Malformed):
        private_key(text)


def test_a_checkpoint_signed_by_two_keys_and_a_witness_tells_all_three() -> None:
    old, new = new_key("council.example/log"), new_key("council.example/log")
    witness = new_key("audit.example/witness", COSIGNATURE)
    one = Checkpoint("council.example/log", 17, b"r" * 32)
    note = cosigned(signed(one.text(), [old, new]), witness, 1_790_000_000)
    text, by = opened(note, [old.public, new.public, witness.public])
    assert checkpoint(text) == one
    assert by == {old.public: 0, new.public: 0, witness.public: 1_790_000_000}


def test_a_witness_signs_its_time_too() -> None:
    witness = new_key("audit.example/witness", COSIGNATURE)
    note = cosigned(signed("a\n1\n", [new_key("council.example/log")]), witness, 5)
    *before, line, end = note.split("\n")
    *start, signature = line.split(" ")
    raw = bytearray(b64decode(signature))
    raw[11] ^= 1
    later = " ".join([*start, b64encode(raw).decode()])
    with pytest.raises(Malformed, match="not of this text"):
        opened("\n".join([*before, later, end]), [witness.public])


@pytest.mark.parametrize("size", ["", "-1", "01", "1.0", "\u0661", "9" * 20])
def test_what_is_no_checkpoint_is_refused(size: str) -> None:
    with pytest.raises(Malformed):
        checkpoint(f"council.example/log\n{size}\n{b64encode(b'r' * 32).decode()}\n")
    with pytest.raises(Malformed):
        checkpoint("council.example/log\n1\nAAAA\n")
