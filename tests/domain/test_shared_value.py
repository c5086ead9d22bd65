"""What several procurements are worth together decides route and class (P2)."""

import pytest
from msgspec.structs import replace

from domain.reports import ReportPutUp
from domain.values import Amount, Closed
from tests.domain.cases import (
    asks,
    but,
    given,
    up_to,
)
from tests.domain.test_shared import ALSO, OPENED, REPORT
from tests.domain.wyvern import (
    AUTHORISE,
    DELEGATE,
    OPEN,
    OPEN_OTHER,
    PLAN,
    STRATEGY,
)


def test_the_value_of_all_decides_the_route() -> None:
    small = (but(OPEN, value=up_to("300000")), but(OPEN_OTHER, value=up_to("300000")))
    terms = (asks(PLAN), asks(replace(AUTHORISE, up_to=up_to("300000")), "b"))
    officer = but(
        STRATEGY,
        decision_class="officer",
        to=DELEGATE,
        recommendations=terms,
    )
    given(*small).when(officer).outcome()
    reason = given(*small).when(but(officer, also=ALSO)).reason("G1")
    assert reason == "No route through this gateway is for this class: Officer decision"


def test_the_value_of_all_decides_whether_it_is_key() -> None:
    given(*OPENED).when(but(REPORT, also=(), class_reason="")).outcome()
    reason = given(*OPENED).when(but(REPORT, class_reason="")).reason("D1")
    assert reason == "Above £600,000 a decision is key, unless a reason is given"


OFFICER = but(
    STRATEGY,
    decision_class="officer",
    to=DELEGATE,
    recommendations=(asks(PLAN), asks(replace(AUTHORISE, up_to=up_to("200000")), "b")),
    also=ALSO,
)
LITTLE = but(OPEN, value=up_to("200000"))


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (Amount("unknown"), Amount("unknown")),
        (Amount("exempt"), Amount("exempt")),
        (Amount("exempt", closed=Closed("300001")), Amount("exempt", closed=Closed("500001"))),
    ],
)
def test_a_value_of_all_that_is_not_known_or_too_high_takes_no_band(
    other: Amount, together: Amount
) -> None:
    opened = (LITTLE, but(OPEN_OTHER, value=other))
    given(*opened).when(OFFICER).then_refused("G1")
    cabinet = but(REPORT, recommendations=OFFICER.command.recommendations)  # type: ignore[attr-defined]
    (event, _) = given(*opened).when(cabinet).outcome()
    assert isinstance(event, ReportPutUp)
    assert event.together == together


def test_exempt_values_that_are_known_take_their_band() -> None:
    other = but(OPEN_OTHER, value=Amount("exempt", closed=Closed("300000")))
    given(LITTLE, other).when(OFFICER).outcome()
