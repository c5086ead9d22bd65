"""Where a council's own rule comes from: refusals and pages show it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from domain.values import Text

Standing = Literal["sourced", "inferred", "illustrative"]


class Provenance(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a rule of a council comes from: where it is written, or what it is inferred from."""

    standing: Standing
    where: Text

    @property
    def provenance(self) -> str:
        return f"{self.standing}: {self.where}"
