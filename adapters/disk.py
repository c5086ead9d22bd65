"""What is written is put on the disk before anybody relies on it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from adapters.database import Unavailable


def sync(path: Path) -> None:
    """A file's bytes, or the names in a folder; Windows sees to those by itself."""
    if os.name == "posix" or path.is_file():
        opened = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def replace_file(file: Path, text: str) -> None:
    """Whole and on the disk, or as it was before. Raises Unavailable."""
    try:
        with NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as one:
            one.write(text)
            one.flush()
            os.fsync(one.fileno())
        os.replace(one.name, file)
        sync(file.parent)
    except OSError as error:
        raise Unavailable(f"{file} cannot be written: {error.strerror}") from None
