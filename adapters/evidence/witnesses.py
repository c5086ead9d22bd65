"""Where witnesses are asked, and what is said of one that does not answer."""

from __future__ import annotations

from typing import NamedTuple

from adapters.evidence.notes import PublicKey


class Witnessed(NamedTuple):
    """Where a witness is asked, and what its signature is checked with."""

    url: str
    key: PublicKey


class Away(Exception):
    """A witness does not answer, or not as one. Says which and why."""
