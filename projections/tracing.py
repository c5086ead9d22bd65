"""What rests on a delegation, on an appointment, or on a version of rules or offices.

One pass in the order of the log is enough: whatever a step rests on was recorded before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.consultation import ConsultationAnswered
from domain.contract import ContractSigned
from domain.decided import DecisionTaken
from domain.effects import AwardContract
from domain.messages import Recorded
from domain.values import authority_of
from domain.wording import counted, lettered, listed, when
from projections.sentences import sentence

Kind = Literal["decision", "award", "consultation", "signature"]
AwardOf = Callable[[Recorded], UUID | None]
"""The decision that a signature carries out, as the case stood when it was signed."""


class OfDelegation(Struct, frozen=True, tag_field="of", tag="delegation"):
    """A delegated authority, by the resolution that gave it."""

    granted_in: str
    decision: UUID
    label: str


class OfAppointment(Struct, frozen=True, tag_field="of", tag="appointment"):
    """A post, whoever acted in it; or one person in it, as its holder or a deputy."""

    post: str
    person: UUID | None = None


class OfVersion(Struct, frozen=True, tag_field="of", tag="version"):
    """A version of an authority's constitution or offices."""

    authority: str
    what: Literal["constitution", "offices"]
    version: str


Root = OfDelegation | OfAppointment | OfVersion


class Resting(Struct, frozen=True):
    """A step that rests on it; ``through`` says by what, where it does so only by another step."""

    reference: str
    version: int
    kind: Kind
    says: str
    on: date
    on_text: str
    post: str
    deputising: bool
    imported: bool
    through: str


class Trace(Struct, frozen=True):
    """Everything that rests on something, in the order of the log, and what was read for it."""

    root: Root
    steps: tuple[Resting, ...]
    nameless: int
    """Of one person: steps in the post that name nobody, and are therefore not among these."""
    read: Mapping[str, int]
    """How many events of each kind were read, by what they are called."""
    folded: int
    """How many cases were read whole, to see which award a signature carries out."""


class _Reached:
    """What rests on the root so far."""

    def __init__(self, root: Root, award_of: AwardOf) -> None:
        self.root, self._award_of = root, award_of
        self._decisions: dict[UUID, str] = {}
        self._streams: set[UUID] = set()
        self.folded = self.nameless = 0

    def through(self, one: Recorded, reference: str) -> str | None:
        """By what the step rests on the root: nothing in between is no words, and not at all None.

        A decision that does is remembered.
        """
        self.nameless += self._nameless(one)
        found = "" if self._directly(one, reference) else self._by_another(one)
        if found is not None and isinstance(one.event, DecisionTaken):
            self._decisions.setdefault(one.event.decision, f"event {one.version} of {reference}")
            self._streams.add(one.stream)
        return found

    def _directly(self, one: Recorded, reference: str) -> bool:
        stamp, event = one.stamp, one.event
        match self.root:
            case OfDelegation(decision=decision, label=label):
                under = event.under if isinstance(event, DecisionTaken) else None
                return under is not None and (under.decision, under.label) == (decision, label)
            case OfAppointment(post=post, person=None):
                theirs = isinstance(event, DecisionTaken) and event.decided_by == post
                return theirs or stamp.by.post == post
            case OfAppointment(post=post, person=person):
                return (stamp.by.post, stamp.by.person) == (post, person)
            case OfVersion(authority=authority, what=what, version=version):
                relied_on: str = getattr(stamp.versions, what)
                return relied_on == version and authority_of(reference) == authority

    def _by_another(self, one: Recorded) -> str | None:
        """Authority that a decision delegated, or an award that is signed."""
        event = one.event
        if isinstance(event, DecisionTaken) and (under := event.under):
            given = self._decisions.get(under.decision)
            which = f"resolution {lettered(under.label)} in {under.granted_in}"
            return f"{which}, {given}" if given else None
        if isinstance(event, ContractSigned) and one.stream in self._streams:
            self.folded += 1
            award = self._award_of(one)
            found = self._decisions.get(award) if award else None
            return f"the award, {found}" if found else None
        return None

    def _nameless(self, one: Recorded) -> bool:
        match self.root:
            case OfAppointment(post=post, person=UUID()):
                return (one.stamp.by.post, one.stamp.by.person) == (post, None)
        return False


def trace(
    root: Root,
    references: Mapping[UUID, str],
    steps: Iterable[Recorded],
    award_of: AwardOf,
    read: Mapping[str, int],
) -> Trace:
    """What rests on the root among steps in the order of the log, by their procurements."""
    reached = _Reached(root, award_of)
    found = tuple(_resting(steps, references, reached))
    return Trace(root, found, reached.nameless, read, reached.folded)


def _resting(
    steps: Iterable[Recorded], references: Mapping[UUID, str], reached: _Reached
) -> Iterator[Resting]:
    for one in steps:
        reference, stamp = references[one.stream], one.stamp
        through = reached.through(one, reference)
        if through is not None:
            yield Resting(
                reference=reference,
                version=one.version,
                kind=_kind(one),
                says=sentence(one.event),
                on=stamp.on.read_as,
                on_text=when(stamp.on),
                post=stamp.by.post,
                deputising=stamp.by.deputising,
                imported=stamp.source is not None,
                through=through,
            )


def _kind(one: Recorded) -> Kind:
    match one.event:
        case ContractSigned():
            return "signature"
        case ConsultationAnswered():
            return "consultation"
        case DecisionTaken(resolutions=resolved):
            awards = (each.agreed and isinstance(each.effect, AwardContract) for each in resolved)
            return "award" if any(awards) else "decision"
    raise TypeError(f"{type(one.event).__name__} is no step whose authority is proved")


def what_was_read(found: Trace) -> str:
    """How much of the record the answer rests on, in words."""
    every = [f"{number:,} {name}" for name, number in found.read.items()]
    whole = f" {counted(found.folded, 'case')} read whole." if found.folded else ""
    return f"Read for this, in the whole log: {listed(every)}.{whole}"
