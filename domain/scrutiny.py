"""A council's rule on what its scrutiny committee may require of the executive (D1)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from domain.provenance import Provenance
from domain.values import PostId


class Scrutiny(Provenance, frozen=True, kw_only=True):
    """Who requires a report on a decision that was not treated as key, and who owes it to whom.

    ``required_by`` are the posts that speak for the committee.
    """

    required_by: Annotated[tuple[PostId, ...], Meta(min_length=1)]
    reported_by: PostId
    reported_to: PostId
