import subprocess
import sys
from typing import Annotated, Any
from uuid import UUID

import pytest
from msgspec import Meta, Struct

from domain.call_in import RecordCallIn
from domain.reading import Mistake, Mistaken, read, read_toml
from domain.reports import PutUpReport
from domain.withdrawing import WithdrawReport
from tests.domain.cases import PAPERS

ID = "00000000-0000-0000-0000-000000000009"
CALL_IN: dict[str, Any] = {
    "procurement": ID,
    "decision": ID,
    "members": [{"number": "m1"}],
    "grounds": "Why",
}
REPORT: dict[str, Any] = {
    "do": "put-up-report",
    "procurement": ID,
    "report": ID,
    "gateway": "award",
    "decision_class": "key",
    "title": "Award",
    "to": "leeds/director",
    "recommendations": [],
    "documents": [{"title": "Report", "digest": "0" * 64}],
}
RELEASE = {"label": "a", "text": "Release it", "effect": {"kind": "release-phase", "phase": 2}}


def mistakes(data: object, kind: type[Struct], where: str = "") -> tuple[Mistake, ...]:
    with pytest.raises(Mistaken) as caught:
        read(data, kind, where)
    return caught.value.mistakes


def recommending(**effect: object) -> dict[str, Any]:
    return {**REPORT, "recommendations": [RELEASE, {**RELEASE, "effect": effect}]}


def test_what_is_well_written_is_read() -> None:
    asked = read({**REPORT, "recommendations": [RELEASE]}, PutUpReport)
    assert (asked.report, asked.documents) == (UUID(ID), PAPERS)


def test_every_mistake_is_named_at_once_by_its_key() -> None:
    wrong = {
        "procurement": 1,
        "decision": ID,
        "members": [{"number": "m1"}, {"number": ""}, 3],
        "colour": "red",
    }
    assert mistakes(wrong, RecordCallIn) == (
        Mistake(
            "colour",
            "is not known here; there are also, decision, grounds, members, on_grounds, "
            "procurement, received, resolutions",
        ),
        Mistake("grounds", "is missing"),
        Mistake("members[2].number", "Expected `str` of length >= 1"),
        Mistake("members[3]", "should be object, not int"),
        Mistake("procurement", "should be uuid, not int"),
    )


def test_mistakes_say_which_step_they_are_in() -> None:
    (mistake,) = mistakes({**CALL_IN, "grounds": 5}, RecordCallIn, "steps[4]")
    assert mistake == Mistake("steps[4].grounds", "should be str, not int")


def test_a_table_of_one_of_several_kinds_is_checked_as_the_kind_it_says() -> None:
    assert mistakes(recommending(kind="release-phase", phase="two", day=1), PutUpReport) == (
        Mistake("recommendations[2].effect.day", "is not known here; there are phase"),
        Mistake("recommendations[2].effect.phase", "should be int, not str"),
    )


def test_a_kind_that_does_not_exist_is_named() -> None:
    (mistake,) = mistakes(recommending(kind="buy-everything"), PutUpReport)
    assert mistake.where == "recommendations[2].effect.kind"
    assert mistake.what == "Invalid value 'buy-everything'"


def test_what_is_no_table_is_no_effect() -> None:
    wrong = {**REPORT, "recommendations": [{**RELEASE, "effect": 7}]}
    (mistake,) = mistakes(wrong, PutUpReport)
    assert mistake == Mistake("recommendations[1].effect", "should be object, not int")


def test_a_command_under_another_commands_name_is_a_mistake() -> None:
    wrong = {"do": "publish-report", "procurement": ID, "report": ID, "reason": "Late"}
    (mistake,) = mistakes(wrong, WithdrawReport)
    assert mistake == Mistake("do", "Invalid value 'publish-report'")


def test_what_is_no_table_at_all_is_a_mistake() -> None:
    (mistake,) = mistakes([], WithdrawReport)
    assert mistake == Mistake("the text", "should be object, not array")


class Plan(Struct, forbid_unknown_fields=True):
    """Fields of the less common kinds."""

    first: Annotated[int, Meta(ge=1)] | None = None
    second: Annotated[tuple[int, ...], Meta(min_length=1)] = (1,)
    third: int | str = 1


def test_nothing_is_fine_where_nothing_is_allowed() -> None:
    assert read({"first": None, "third": "x"}, Plan) == Plan(None, (1,), "x")


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("first", 0, "Expected `int` >= 1"),
        ("second", [], "Expected `array` of length >= 1"),
        ("third", 1.5, "Expected `int | str`, got `float`"),
    ],
)
def test_bounds_are_named(field: str, value: object, what: str) -> None:
    (mistake,) = mistakes({field: value}, Plan)
    assert mistake.where == field
    assert mistake.what in (what, "should be int | str, not float")


def test_a_list_is_checked_item_by_item() -> None:
    (mistake,) = mistakes({"second": [1, "2"]}, Plan)
    assert mistake == Mistake("second[2]", "should be int, not str")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("day = 2022-02-30", "line 1, column 7"),
        ("day = 2023-02-29", "line 1, column 7"),
        ("a = 1\na = 2\nb = 3", "line 2, column 6"),
        ("a = " + "9" * 5000, "the text"),
        ("a = " + "[" * 5000, "the text"),
        ("a = ", "end of document"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_its_line(text: str, where: str) -> None:
    with pytest.raises(Mistaken) as caught:
        read_toml(text)
    (mistake,) = caught.value.mistakes
    assert mistake.where == where


def test_a_day_that_does_not_exist_is_refused_in_json_as_well() -> None:
    plan = {"what": "Start", "on": {"day": "2023-02-29"}}
    wrong = {**REPORT, "recommendations": [RELEASE], "timetable": [plan]}
    (mistake,) = mistakes(wrong, PutUpReport)
    assert mistake == Mistake("timetable[1].on.day", "Invalid RFC3339 encoded date")


def test_an_amount_that_is_none_is_refused_with_a_sentence() -> None:
    effect = {"kind": "award-contract", "supplier": "Alpha", "starts": "2023-01-02", "months": 24}
    wrong = recommending(**effect, amount={"basis": "exact", "pounds": "1.005"})
    (mistake,) = mistakes(wrong, PutUpReport)
    assert mistake.what == "1.005 is not an amount in pounds and pence"
    assert mistake.where == "recommendations[2].effect.amount"


MANY_READERS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from msgspec import defstruct
from domain.reading import converted, learned

READERS, FIELDS = 8, [f"f{n}" for n in range(20)]
sys.setswitchinterval(1e-6)
for _ in range(40):
    inner = defstruct("Inner", [(one, "int | None") for one in FIELDS])
    outer = defstruct("Outer", [("inner", inner), *((one, "tuple[str, ...]") for one in FIELDS)])
    data = {"inner": dict.fromkeys(FIELDS, 1), **dict.fromkeys(FIELDS, ["one"])}
    kind, together = learned(outer), Barrier(READERS)

    def asked(_):
        together.wait()
        return converted(data, kind).inner.f19

    with ThreadPoolExecutor(READERS) as pool:
        assert list(pool.map(asked, range(READERS))) == [1] * READERS
"""


def test_many_may_read_at_once_a_kind_that_was_learned() -> None:
    """In a process of its own: it would be gone, and every request in it."""
    done = subprocess.run([sys.executable, "-c", MANY_READERS], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
