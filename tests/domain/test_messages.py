"""What events and commands are, and that all of them are known."""

from functools import partial
from typing import Any

import pytest
from msgspec import Struct, ValidationError, convert, to_builtins

from domain.authority import Authority, AuthorityCommand
from domain.award import why_not_effect
from domain.case_command import ProcurementCommand
from domain.messages import Command, Event, Recorded, Stamp, by_tag, evolve, fold, tag_of
from domain.opening import OpenProcurement
from domain.procurement import Procurement
from domain.refusals import Refusal, Refused
from tests.domain.cases import OPEN, RELEASED, given
from tests.scenario import CASE

CONTEXT = OPEN.context()


class Kind(Struct, tag_field="kind"):
    """A base of a test's own: what is known of events stays as it is."""


class Bought(Kind, tag="bought/1"):
    """One kind."""


class Sale(Kind):
    """A base between."""


class Sold(Sale, tag="sold/1"):
    """Another kind."""


def test_kinds_are_known_by_their_tags_however_deep_they_are() -> None:
    assert by_tag(Kind) == {"bought/1": Bought, "sold/1": Sold}


def test_a_tag_is_used_once() -> None:
    again = type("Again", (Sale,), {}, tag="bought/1")
    with pytest.raises(TypeError, match=r"'bought/1' of (Again|Bought) is taken"):
        by_tag(Kind)
    del again


@pytest.mark.parametrize("base", [Event, Command])
def test_every_event_and_command_has_a_tag_of_its_own(base: type[Struct]) -> None:
    found = by_tag(base)
    assert {tag_of(kind): kind for kind in found.values()} == found


def test_every_event_says_the_version_of_its_fields() -> None:
    assert all(tag.partition("/")[2] == "1" for tag in by_tag(Event))
    assert by_tag(Event, r"[a-z-]+/\d+")
    assert by_tag(Command)["open-procurement"] is OpenProcurement


def test_a_command_without_a_tag_is_found_out() -> None:
    with pytest.raises(TypeError, match="is taken or not of the form"):
        by_tag(Command, r"[a-z]+")


def test_every_event_evolves() -> None:
    assert {evolve.dispatch(kind) for kind in by_tag(Event).values()}.isdisjoint(
        {evolve.dispatch(Event)}
    )


def test_an_event_of_no_known_kind_stops_the_fold() -> None:
    strange = Recorded(CASE, 1, CONTEXT.stamp, Event())
    with pytest.raises(NotImplementedError, match="nothing evolves on Event"):
        fold(Procurement(), [strange])


def test_an_effect_of_no_known_kind_is_never_let_through() -> None:
    strange: Any = "spend it all"
    with pytest.raises(NotImplementedError):
        why_not_effect(strange, "key", Procurement(), CONTEXT)


def test_each_kind_of_command_answers_for_itself() -> None:
    command, here, adopting = Command(), ProcurementCommand(CASE), AuthorityCommand("leeds")
    for asked in (
        command.concerns,
        partial(command.why_not, {}, CONTEXT),
        partial(command.decide, {}, CONTEXT),
        partial(here.why_not_here, Procurement(), CONTEXT),
        partial(here.event, Procurement(), CONTEXT),
        partial(adopting.why_not_adopt, Authority()),
        adopting.event,
    ):
        with pytest.raises(NotImplementedError):
            asked()


def test_a_record_knows_how_many_events_it_is_made_of_and_the_day_of_the_last() -> None:
    found = given(*RELEASED).procurement()
    assert (found.version, found.last_on) == (len(RELEASED), RELEASED[-1].on)


def test_a_time_of_recording_says_its_zone() -> None:
    stamp = to_builtins(CONTEXT.stamp)
    assert convert(stamp, Stamp) == CONTEXT.stamp
    with pytest.raises(ValidationError, match="timezone"):
        convert({**stamp, "now": "2022-11-14T09:00:00"}, Stamp)


def test_a_refusal_reads_as_a_sentence() -> None:
    refused = Refused([Refusal("C1", "There is no such report"), Refusal("D8", "Say why")])
    assert str(refused) == "There is no such report; Say why"
