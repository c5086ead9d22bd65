from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.offices import read_offices
from domain.reading import Mistake, Mistaken
from tests.scenario import DEMO, DEPUTY_DIRECTOR, DIRECTOR, rules

TEXT = (DEMO / "leeds" / "offices.toml").read_text("utf-8")
LEEDS = rules("leeds").offices
DEPUTY = DEPUTY_DIRECTOR.person or UUID(int=0)
DAY = date(2022, 11, 14)
UNTIL = TEXT.replace("since = 2022-01-01", "since = 2022-01-01\nuntil = 2022-11-14")


def test_a_post_has_a_title() -> None:
    assert LEEDS.title("leeds/legal-services") == "Legal Services"
    assert LEEDS.title("leeds/chief-whip") == "leeds/chief-whip"


def test_nothing_is_asked_of_a_post_that_only_reads() -> None:
    left_out = [one.id for one in LEEDS.posts if one not in LEEDS.acting]
    assert left_out == ["leeds/visiting-auditor"]


def test_a_person_acts_in_their_own_post_before_those_deputised_for() -> None:
    assert LEEDS.seats(DEPUTY, DAY) == [(DEPUTY_DIRECTOR.post, False), (DIRECTOR.post, True)]


def test_a_stranger_sits_nowhere() -> None:
    assert LEEDS.seats(UUID(int=1), DAY) == []


@pytest.mark.parametrize(
    ("day", "holder", "deputy"),
    [
        (date(2021, 12, 31), None, None),
        (date(2022, 1, 1), "holder", "deputy"),
        (date(2022, 11, 14), "holder", "deputy"),
        (date(2022, 11, 15), None, None),
    ],
)
def test_both_days_of_a_holding_are_included(
    day: date, holder: str | None, deputy: str | None
) -> None:
    found = read_offices(UNTIL)
    assert found.standing(DEPUTY, DEPUTY_DIRECTOR.post, day) == holder
    assert found.standing(DEPUTY, DIRECTOR.post, day) == deputy


def test_a_post_may_be_held_for_a_day() -> None:
    found = read_offices(
        TEXT.replace("since = 2022-01-01", "since = 2022-01-01\nuntil = 2022-01-01")
    )
    assert found.standing(DEPUTY, DEPUTY_DIRECTOR.post, date(2022, 1, 1)) == "holder"
    assert found.standing(DEPUTY, DEPUTY_DIRECTOR.post, date(2022, 1, 2)) is None


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = (
        UNTIL.replace("until = 2022-11-14", "until = 2021-12-31", 1)
        .replace('post = "leeds/commissioning-officer"', 'post = "leeds/x"')
        .replace('id = "leeds/visiting-auditor"', 'id = "leeds/legal-services"')
    )
    with pytest.raises(Mistaken) as caught:
        read_offices(wrong)
    assert set(caught.value.mistakes) == {
        Mistake("posts", "“leeds/legal-services” is there twice"),
        Mistake("holders[1].until", "is before since"),
        Mistake("holders[3].post", "“leeds/x” is none of its posts"),
        Mistake("holders[7].post", "“leeds/visiting-auditor” is none of its posts"),
    }


def test_a_person_is_an_id_and_nothing_else() -> None:
    with pytest.raises(Mistaken, match=r"holders\[1\].person"):
        read_offices(TEXT.replace("71cfc690-59d9-5411-8b2e-89a99667bc07", "Jo Bloggs"))


def test_a_post_is_held_by_whom_it_is_given_to_while_it_is() -> None:
    offices = read_offices(UNTIL)
    assert offices.holder(DIRECTOR.post, date(2022, 11, 14)) == DIRECTOR.person
    assert offices.holder(DIRECTOR.post, date(2022, 11, 15)) is None


def test_everybody_named_in_the_offices_has_a_part_whenever_it_is() -> None:
    named = {one.person for one in LEEDS.holders} | {one.person for one in LEEDS.deputies}
    assert LEEDS.people == named
    assert DEPUTY in named
    later = [replace(one, since=date(2199, 1, 1)) for one in LEEDS.holders]
    assert replace(LEEDS, holders=tuple(later)).people == named
