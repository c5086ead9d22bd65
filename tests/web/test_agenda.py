"""The page of rules says how long before a meeting a report is published, and who takes over."""

from __future__ import annotations

from uuid import uuid4

from domain.authority import AdoptConstitution
from tests.scenario import holder, texts
from tests.web.conftest import Browser
from tests.web.journey import CLERK
from tests.web.test_journey import text

RULE = '[agenda]\nclear_days = 5\nstanding = "illustrative"\nwhere = "a test"\n\n'


def test_the_rules_say_how_long_before_a_meeting_a_report_is_out(web: Browser) -> None:
    sentence = "A report is published 5 clear working days before the meeting of a body"
    assert sentence not in text(web.sign_in(CLERK).get("/rules"))
    constitution, _ = texts("bromley")
    changed = f"{constitution}\n{RULE}".replace('version = "', 'version = "with-agenda-', 1)
    command = AdoptConstitution("bromley", changed)
    web.house.execute(command, holder("bromley/monitoring-officer"), uuid4())
    assert sentence in text(web.get("/rules"))


def test_the_rules_say_to_whom_a_member_with_an_interest_hands_over(web: Browser) -> None:
    sentence = "a member with an interest hands over to the Leader of the Council"
    assert sentence in text(web.sign_in(CLERK).get("/rules"))
