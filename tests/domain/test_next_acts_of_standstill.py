"""What may be done between an award and its contract, and whose it is."""

from datetime import date

from domain.acts import Act, next_acts
from tests.domain.cases import given
from tests.domain.laws import CLAIM, OVER, REPRESENTED, REVIEWED, SUMMARIES, awarded, told
from tests.scenario import step

NOTICE, LAST_DAY = date(2026, 12, 14), date(2026, 12, 29)
OFFICERS = (
    "leeds/commissioning-officer",
    "leeds/deputy-director-integrated-commissioning",
)


def offered(*steps: step, on: date) -> dict[str, Act]:
    found = next_acts(given(*steps).procurement(), steps[-1].at(on).context())
    return {f"{one.do} {one.subject}".strip(): one for one in found}


def test_summaries_wait_first_and_then_notices_under_the_act() -> None:
    before = offered(*awarded("pa2023"), on=NOTICE)
    assert before["send-assessment-summaries"].refusals == ()
    assert before["send-assessment-summaries"].posts == OFFICERS
    assert [one.rule for one in before["send-award-notices"].refusals] == ["P3"]
    after = offered(*awarded("pa2023"), SUMMARIES, on=NOTICE)
    assert "send-assessment-summaries" not in after
    assert after["send-award-notices"].refusals == ()


def test_no_summaries_under_other_laws() -> None:
    assert "send-assessment-summaries" not in offered(*awarded("psr2023"), on=NOTICE)


def test_a_representation_may_be_recorded_and_waits_for_its_review() -> None:
    standing = offered(*told("psr2023", NOTICE), on=LAST_DAY)
    assert not standing["record-representation"].awaited
    represented = offered(*told("psr2023", NOTICE), REPRESENTED.at(LAST_DAY), on=LAST_DAY)
    review = represented["review-representation Beta"]
    assert (review.awaited, review.since, review.posts) == (True, LAST_DAY, OFFICERS)
    reviewed = (*told("psr2023", NOTICE), REPRESENTED.at(LAST_DAY), REVIEWED.at(LAST_DAY))
    assert "review-representation Beta" not in offered(*reviewed, on=LAST_DAY)


def test_a_claim_may_come_and_end() -> None:
    standing = offered(*told("pa2023", NOTICE), on=LAST_DAY)
    assert standing["record-claim"].posts == ("leeds/legal-services",)
    assert not standing["record-claim"].awaited
    claimed = (*told("pa2023", NOTICE), CLAIM.at(LAST_DAY))
    assert offered(*claimed, on=LAST_DAY)["end-claim Beta"].posts == ("leeds/legal-services",)
    assert "end-claim Beta" not in offered(*claimed, OVER.at(LAST_DAY), on=LAST_DAY)
