"""Which clearances a report takes before it is decided, and which posts give them (L2)."""

from __future__ import annotations

from collections.abc import Collection

from domain.provenance import Provenance
from domain.values import PostId, Slug


class ClearanceRule(Provenance, frozen=True):
    """A clearance: its kind, such as finance or legal, and the posts of which one gives it.

    It is asked for at the ``gateways`` and for the ``classes`` of decisions that it names; where
    it names none, for all of them. Of several rules on one kind the first that fits counts.
    """

    kind: Slug
    given_by: tuple[PostId, ...]
    gateways: tuple[Slug, ...] = ()
    classes: tuple[Slug, ...] = ()

    def fits(self, gateways: Collection[str], decision_class: str) -> bool:
        """Whether a report to these gateways, for a decision of this class, takes it."""
        here = not self.gateways or not set(self.gateways).isdisjoint(gateways)
        return here and (not self.classes or decision_class in self.classes)


def name_of(kind: str) -> str:
    """What a kind is called: monitoring officer."""
    return kind.replace("-", " ")
