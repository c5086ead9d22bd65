"""Copies of a house: the database, and the key file beside it."""

from __future__ import annotations

import shutil
from pathlib import Path


def copied(database: Path, folder: Path) -> Path:
    """The same database in another folder, where its key goes with it."""
    shutil.copy(database.with_suffix(".key"), folder)
    return Path(shutil.copy(database, folder))
