"""Reads the log for what rests on a delegation, an appointment, or a version of rules or offices.

Read are all openings, and all steps of the kinds whose authority is proved, in every council. A
case is read whole only where a contract was signed in it after a decision that rests on the root.
"""

from __future__ import annotations

from uuid import UUID

from adapters.house import House
from domain.authority import Authority
from domain.contract import ContractSigned
from domain.delegation import delegation_id
from domain.effective import award_on
from domain.messages import Recorded, tag_of
from domain.offices import Deputy, Holding, Offices, read_offices
from domain.opening import ProcurementOpened
from domain.procurement import Procurement
from domain.refusals import Refusal, Refused
from domain.wording import lettered, listed
from projections.proof_then import PROVED
from projections.tracing import OfAppointment, OfDelegation, OfVersion, Root, Trace, trace

NAMES = ("decisions", "answers to consultations", "signatures")


def traced(house: House, root: Root) -> Trace:
    """What rests on it, by all that is on record now. Refuses what is not on record.

    No closed part is opened: nothing that is told of a step depends on one.
    """
    _check(house, root)
    log = house.log
    end = log.last_position()
    openings = log.of_kind(tag_of(ProcurementOpened), end)
    kinds = [log.of_kind(tag_of(kind), end) for kind in PROVED]
    steps = sorted((one for each in kinds for one in each), key=lambda one: one.position)
    read = {"openings": len(openings)} | dict(zip(NAMES, map(len, kinds), strict=True))

    def award_of(signed: Recorded) -> UUID | None:
        case = house.engine.load(signed.stream, Procurement(), signed.version - 1)
        found = award_on(case, signed.stamp.on.read_as)
        return found[0].id if found and isinstance(signed.event, ContractSigned) else None

    references = {
        one.stream: event.reference
        for one in openings
        if isinstance(event := log.recorded(one, opened=False).event, ProcurementOpened)
    }
    recorded = (log.recorded(one, opened=False) for one in steps)
    return trace(root, references, recorded, award_of, read)


def _check(house: House, root: Root) -> None:
    """Raises Refused, with what there is, where nothing of the kind was ever on record."""
    match root:
        case OfDelegation(granted_in=reference, decision=decision, label=label):
            found = house.delegation(delegation_id(decision, label))
            if reference not in found.procurements:
                reason = f"No resolution {lettered(label)} of such a decision in {reference}"
                raise Refused([Refusal("C1", f"{reason} delegates authority")])
        case OfAppointment(post=post, person=person):
            _check_post(house.authority(post.partition("/")[0]), post, person)
        case OfVersion(authority=name, what=what, version=version):
            adopted = house.authority(name)
            texts = adopted.constitutions if what == "constitution" else adopted.offices
            known = [one.version for one in texts]
            if version not in known:
                there = f"; there are {listed(known)}" if known else ""
                reason = f"{name} has adopted no {what} “{version}”{there}"
                raise Refused([Refusal("C1", reason)])


def _check_post(authority: Authority, post: str, person: UUID | None) -> None:
    every = [read_offices(one.text) for one in authority.offices]
    if not any(post in [one.id for one in offices.posts] for offices in every):
        known = sorted({one.id for offices in every for one in offices.posts})
        there = f"; there are {listed(known)}" if known else ""
        raise Refused([Refusal("C1", f"There never was a post “{post}”{there}")])
    if person and not any(_in_post(person, post, offices) for offices in every):
        reason = f"By no offices on record was this person in the post of {post}"
        raise Refused([Refusal("C1", reason)])


def _in_post(person: UUID, post: str, offices: Offices) -> bool:
    seats: tuple[Holding | Deputy, ...] = (*offices.holders, *offices.deputies)
    return any((one.post, one.person) == (post, person) for one in seats)


def titles(house: House, authority: str) -> dict[str, str]:
    """What each post was called last, by all offices that an authority ever adopted."""
    every = (read_offices(one.text) for one in house.authority(authority).offices)
    return {one.id: one.title for offices in every for one in offices.posts}


def delegations_in(house: House, reference: str, label: str) -> list[OfDelegation]:
    """The authorities that resolutions of this letter delegated in a procurement."""
    case = house.procurement(reference)
    if not case.version:
        raise Refused([Refusal("C1", f"There is no procurement {reference}")])
    found = [OfDelegation(reference, decision, label) for decision in case.decisions]
    given = [one for one in found if _given(house, one)]
    if not given:
        reason = f"No resolution {lettered(label)} in {reference} delegates authority"
        raise Refused([Refusal("C1", reason)])
    return given


def _given(house: House, one: OfDelegation) -> bool:
    return house.log.version(delegation_id(one.decision, one.label)) > 0
