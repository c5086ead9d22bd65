"""Files that people write: what cannot be read is said with the name of the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.reading import Mistake, Mistaken


def text_of(file: Path) -> str:
    """The text in a file. Raises Mistaken where it cannot be read."""
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise Mistaken([Mistake("the file", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise Mistaken([Mistake("the file", "is not text in UTF-8")]) from None


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Names the file in every mistake that is found in it."""
    try:
        yield
    except Mistaken as error:
        found = [Mistake(f"{file}: {one.where}", one.what) for one in error.mistakes]
        raise Mistaken(found) from None
