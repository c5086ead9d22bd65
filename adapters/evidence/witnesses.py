"""Where witnesses are asked."""

from __future__ import annotations

from typing import NamedTuple

from adapters.evidence.notes import PublicKey


class Witnessed(NamedTuple):
    """Where a witness is asked, and what its signature is checked with."""

    url: str
    key: PublicKey
