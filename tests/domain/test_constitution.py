from datetime import date
from decimal import Decimal

import pytest

from domain.constitution import Constitution
from domain.messages import Command, by_tag
from domain.reading import Mistake, Mistaken
from domain.reading_constitution import read_constitution
from tests.scenario import DEMO, rules

TEXT = (DEMO / "leeds" / "constitution.toml").read_text("utf-8")
LEEDS = rules("leeds").constitution
SOURCE = 'standing = "illustrative"\nwhere = "a test"\n'


def mistakes(text: str, acts: frozenset[str] = frozenset()) -> tuple[Mistake, ...]:
    with pytest.raises(Mistaken) as caught:
        read_constitution(text, acts)
    return caught.value.mistakes


@pytest.mark.parametrize("council", ["leeds", "herefordshire"])
def test_a_constitution_is_read_with_duties_for_known_acts_only(council: str) -> None:
    text = (DEMO / council / "constitution.toml").read_text("utf-8")
    found = read_constitution(text, frozenset(by_tag(Command)))
    assert found == rules(council).constitution


def test_every_rule_of_a_council_says_where_it_comes_from() -> None:
    assert LEEDS.separation.provenance == (
        "illustrative: good practice; the council's own wording was not found"
    )


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = (
        TEXT.replace('title = "Award"', 'name = "Award"')
        .replace("working_days = 5", "working_days = 0")
        .replace('counted_from = "decision"', 'counted_from = "notice"')
        .replace("in_force = 2022-01-01", 'in_force = "1 January"')
    )
    found = {one.where: one.what for one in mistakes(wrong)}
    assert found == {
        "gateways[2].name": (
            "is not known here; there are after, asks_for, id, may_combine, standing, title, "
            "waived_by, where"
        ),
        "gateways[2].title": "is missing",
        "call_in.working_days": "Expected `int` >= 1",
        "call_in.counted_from": "Invalid enum value 'notice'",
        "in_force": "Invalid RFC3339 encoded date",
    }


def test_a_key_that_is_not_known_is_named_with_those_that_are() -> None:
    (mistake,) = mistakes("colour = 1\n" + TEXT)
    assert mistake.where == "colour"
    assert mistake.what.startswith(
        "is not known here; there are agenda, authority, budget_setting,"
    )


def test_a_day_that_does_not_exist_is_refused() -> None:
    (mistake,) = mistakes(TEXT.replace("2022-01-01", "2022-02-30"))
    assert mistake.what == "Invalid date or datetime"
    assert mistake.where.startswith("line 7, column")


def test_what_a_file_refers_to_is_in_it() -> None:
    there = "procurement, award, phase, variation"
    route = f'[[routes]]\ngateway = "g9"\ndecision_class = "c9"\ndecided_by = "leeds/x"\n{SOURCE}'
    wrong = TEXT.replace('after = ["procurement"]', 'after = ["phase"]') + route
    assert mistakes(wrong) == (
        Mistake("gateways[2].after", "“phase” is not one of this file's: procurement"),
        Mistake("routes[8].gateway", f"“g9” is not one of this file's: {there}"),
        Mistake(
            "routes[8].decision_class",
            "“c9” is not one of this file's: key, significant-operational, administrative",
        ),
    )


def test_a_gateway_or_class_is_there_once() -> None:
    gateway = f'[[gateways]]\nid = "award"\ntitle = "Award"\nasks_for = "award-contract"\n{SOURCE}'
    kind = f'[[classes]]\nid = "key"\ntitle = "Key"\n{SOURCE}'
    assert mistakes(TEXT + gateway + kind) == (
        Mistake("gateways", "“award” is there twice"),
        Mistake("classes", "“key” is there twice"),
    )


def test_a_duty_names_an_act() -> None:
    acts = frozenset(by_tag(Command)) - {"sign-contract"}
    (mistake,) = mistakes(TEXT, acts)
    assert mistake.where == "duties[15].act"
    assert mistake.what.startswith("“sign-contract” is not one of this file's: abandon-")


def test_what_has_to_be_heard_is_of_a_known_type() -> None:
    heard = f'[[must_hear]]\nposts = ["leeds/council"]\ntypes = ["contract.lost"]\n{SOURCE}'
    (mistake,) = mistakes(TEXT + heard)
    assert mistake.where == "must_hear[1].types"
    assert "“contract.lost” is not one of this file's: authority.changed" in mistake.what


def test_call_in_has_a_window() -> None:
    start, end = TEXT.index("[call_in]"), TEXT.index("[separation]")
    what = "is missing, and a class of decisions is open to call-in"
    assert mistakes(TEXT[:start] + TEXT[end:]) == (Mistake("call_in", what),)


@pytest.mark.parametrize(
    ("pounds", "decided"),
    [
        ("99999.99", None),
        ("100000", None),
        ("100000.01", "leeds/director-of-adults-and-health"),
        ("500000", "leeds/director-of-adults-and-health"),
        ("500000.01", None),
        (None, None),
    ],
)
def test_a_route_is_for_a_band_of_value(pounds: str | None, decided: str | None) -> None:
    found = LEEDS.route("award", "significant-operational", Decimal(pounds) if pounds else None)
    assert (found.decided_by if found else None) == decided


def test_a_route_without_a_lower_bound_begins_at_nothing() -> None:
    assert LEEDS.route("procurement", "key", Decimal(0))


def test_a_value_not_known_takes_a_route_without_an_upper_bound() -> None:
    assert LEEDS.route("procurement", "key", None)


def test_a_band_has_room() -> None:
    text = TEXT.replace("up_to = 500000", "up_to = 100000")
    with pytest.raises(Mistaken, match="is not above the route's own “above”"):
        read_constitution(text)


def test_a_matter_is_handed_over_to_somebody_else() -> None:
    first = LEEDS.routes[0].decided_by
    decides = f'decided_by = "{first}"'
    text = TEXT.replace(decides, f'{decides}\nhands_over_to = "{first}"', 1)
    with pytest.raises(Mistaken, match="is who decides: name another post or body"):
        read_constitution(text)


def test_somebody_may_adopt_the_next_version() -> None:
    with pytest.raises(Mistaken, match="nobody could adopt the next version"):
        read_constitution(TEXT.replace('act = "adopt-constitution"', 'act = "adopt-offices"'))


def test_what_is_not_in_the_constitution_is_not_found() -> None:
    assert LEEDS.gateway("gateway-3") is None
    assert LEEDS.gateway_for("extend-contract") is None
    assert LEEDS.decision_class("urgent") is None
    assert LEEDS.duty("extend-contract") is None
    assert LEEDS.route("award", "key", Decimal(1)) is None


def test_what_is_in_the_constitution_is_found() -> None:
    gateway = LEEDS.gateway("phase")
    assert gateway
    assert gateway == LEEDS.gateway_for("release-phase")
    assert (gateway.title, LEEDS.in_force) == ("Release of a phase", date(2022, 1, 1))
    assert isinstance(LEEDS, Constitution)


@pytest.mark.parametrize("amount", ["nan", "inf", "-1", "1.005"])
@pytest.mark.parametrize("line", ["up_to = 500000", "above = 100000", "above = 500000"])
def test_a_bound_is_an_amount_in_pounds(line: str, amount: str) -> None:
    key, _, _ = line.partition(" = ")
    first, *_ = mistakes(TEXT.replace(line, f"{key} = {amount}", 1))
    assert "is not an amount" in first.what


def test_a_clearance_names_gateways_and_classes_of_its_file_and_somebody_to_give_it() -> None:
    loose = f"""
[[clearances]]
kind = "finance"
given_by = []
gateways = ["gateway-9"]
classes = ["secret"]
{SOURCE}"""
    found = {one.where: one.what for one in mistakes(TEXT + loose)}
    assert list(found) == [f"clearances[1].{one}" for one in ("gateways", "classes", "given_by")]
    assert found["clearances[1].gateways"].startswith("“gateway-9” is not one of this file's")
    assert found["clearances[1].classes"].startswith("“secret” is not one of this file's")
    assert found["clearances[1].given_by"].startswith("names nobody")
