"""The notices of the Procurement Act on the page: the table, the act, its form, and refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from countersign.case_script import read_case, run_case
from domain.values import Amount
from tests.docs.pages import DOCS
from tests.web.conftest import Browser
from tests.web.test_standstill import LAWYER, OFFICER, SIGNED, awarded, said, turn_to

UK5 = "do/publish-notice?subject=UK5"


def example(web: Browser, name: str, upto: int, day: date) -> str:
    """An example as far as a step, on a later day; where its page is."""
    script = read_case(DOCS / "examples" / f"{name}.toml")
    turn_to(web, day)
    run_case(web.house, script._replace(steps=script.steps[:upto]))
    web.house.catch_up()
    return f"/procurements/{script.reference}"


def row(page: str, start: str) -> str:
    """What the table says of a notice."""
    table = page.partition('id="notices"')[2].partition("</table>")[0]
    (found,) = [one for one in table.split("<tr") if start in one]
    return found


def test_a_direct_award_waits_for_its_transparency_notice(web: Browser) -> None:
    page = example(web, "varied", 7, date(2026, 3, 13))
    web.sign_in(OFFICER)
    shown = said(web.get(page))
    assert "not published yet" in row(shown, "UK5 Transparency notice")
    assert "Before the contract is awarded" in row(shown, "UK5 Transparency notice")
    early = said(web.get(f"{page}/do/send-award-notices"))
    assert "The transparency notice (UK5) goes first: the award is without competition" in early
    assert "Publish the transparency notice (UK5)" in said(web.get("/queue"))
    form = said(web.get(f"{page}/{UK5}"))
    assert "The contract is awarded without competition: it is published before" in form
    long = web.fill(f"{page}/{UK5}", identifier="x" * 101)
    assert "Shorten what the platform calls it to 100 characters" in said(long, 422)
    done = said(web.fill(f"{page}/{UK5}", identifier="2026/S 000-012345"))
    assert "Published the transparency notice (UK5), as 2026/S 000-012345." in done
    there = row(done, "UK5 Transparency notice")
    assert "Published 13 March 2026" in there
    assert "2026/S 000-012345" in there
    again = said(web.fill(f"{page}/{UK5}"), 422)
    assert "The transparency notice (UK5) has been published" in again


def test_the_contract_details_are_due_and_late_and_every_day_is_explained(web: Browser) -> None:
    page = awarded(web, "claimed")
    web.sign_in(OFFICER)
    web.fill(f"{page}/do/send-assessment-summaries")
    web.fill(f"{page}/do/send-award-notices", identifier="2026/S 000-000006")
    turn_to(web, date(2026, 5, 18))
    web.sign_in(LAWYER).fill(f"{page}/do/sign-contract", **SIGNED)
    shown = said(web.sign_in(OFFICER).get(page))
    assert "2026/S 000-000006" in row(shown, "UK6 Contract award notice")
    details = row(shown, "UK7 Contract details notice")
    assert "16 June 2026" in details
    counted = shown.partition("How the days of UK7 were counted")[2].partition("</details>")[0]
    assert "Tuesday 16 June 2026" in counted
    assert "day 30" in counted
    assert "due 16 June 2026: UK7 is due within 30 days beginning with" in shown
    turn_to(web, date(2026, 6, 18))
    assert "2 days late" in row(said(web.get(page)), "UK7 Contract details notice")
    form = f"{page}/do/publish-contract"
    assert "and published as the law asks (UK7)" in said(web.get(form))
    done = said(web.fill(form, identifier="2026/S 000-000007"))
    assert "in the public register of contracts, as 2026/S 000-000007." in done
    assert "Published 18 June 2026, 2 days late" in row(done, "UK7 Contract details notice")


def test_a_contract_is_ended_early_and_the_end_is_announced(web: Browser) -> None:
    page = example(web, "announced", 14, date(2028, 1, 10))
    web.sign_in(LAWYER)
    form = f"{page}/do/end-contract"
    assert "It runs until Thursday 2 August 2029, and then ends by itself." in said(web.get(form))
    last = {"last-day": "31", "last-month": "1", "last-year": "2028"}
    assert "Choose how it ends" in said(web.fill(form, reason="Cold meals", **last), 422)
    late = {**last, "last-year": "2030", "how": "breach", "reason": "Cold meals"}
    anyway = said(web.fill(form, **late), 422)
    assert "The contract ends on Thursday 2 August 2029 anyway (T1)" in anyway
    done = said(web.fill(form, **{**late, "last-year": "2028"}))
    assert "Ended the contract early, for a breach by the supplier; its last day is Monday" in done
    assert "The contract ended with Monday 31 January 2028, for a breach by the supplier" in done
    assert "From 31 January 2028" in row(done, "UK11 Contract termination notice")
    web.sign_in(OFFICER)
    publish = f"{page}/do/publish-notice?subject=UK11"
    early = said(web.fill(publish), 422)
    assert "The contract ends on Monday 31 January 2028: its notice follows (P8)" in early
    turn_to(web, date(2028, 2, 1))
    done = said(web.fill(publish))
    assert "Published 1 February 2028" in row(done, "UK11 Contract termination notice")


def test_that_it_ended_before_comes_to_light_later(web: Browser) -> None:
    page = example(web, "announced", 14, date(2028, 1, 10))
    form = f"{page}/do/end-contract"
    turn_to(web, date(2029, 8, 3))
    web.sign_in(LAWYER)
    assert "It ended by itself on Thursday 2 August 2029. If it ended before" in said(web.get(form))
    last = {"last-day": "31", "last-month": "7", "last-year": "2029", "how": "breach"}
    done = said(web.fill(form, reason="Cold meals", **last))
    assert "its last day is Tuesday 31 July 2029" in done
    assert "Record an earlier end of the contract" in done
    assert "on record: its last day was Tuesday 31 July 2029" in said(web.get(form))
    again = said(web.fill(form, reason="Colder", **last), 422)
    assert "Tuesday 31 July 2029: only an earlier day replaces that (C2)" in again
    earlier = said(web.fill(form, reason="Colder", **{**last, "last-day": "1"}))
    assert "The contract ended with Sunday 1 July 2029" in earlier


def test_of_an_abandoned_procurement_the_end_is_announced_and_nothing_else(web: Browser) -> None:
    page = example(web, "announced", 6, date(2026, 4, 1))
    web.sign_in("leeds/director-of-adults-and-health")
    web.fill(f"{page}/do/abandon-procurement", reason="The money is gone")
    shown = said(web.sign_in(OFFICER).get(page))
    assert "not published yet" in row(shown, "UK12 Procurement termination notice")
    assert "Publish the procurement termination notice (UK12)" in said(web.get("/queue"))
    refused = said(web.fill(f"{page}/do/record-evaluation", panel="A panel"), 422)
    assert refused
    done = said(web.fill(f"{page}/do/publish-notice?subject=UK12"))
    assert "Published the procurement termination notice (UK12)." in done
    assert "Publish the procurement termination notice" not in said(web.get("/queue"))


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("UK4", "The tender notice (UK4) is put on record with the invitation to tender"),
        ("UK12", "Nothing here asks for the procurement termination notice (UK12)"),
        ("UK99", "The pipeline notice (UK1) is the authority's, not that of one procurement"),
        ("", "The pipeline notice (UK1) is the authority's, not that of one procurement"),
        ("UK9 0", "Nothing here asks for the contract performance notice (UK9) for 0"),
    ],
)
def test_what_nothing_asks_for_is_refused_in_a_sentence(
    web: Browser, subject: str, reason: str
) -> None:
    page = example(web, "announced", 6, date(2026, 4, 1))
    before = web.events
    web.sign_in(OFFICER)
    answer = web.fill(f"{page}/do/publish-notice?subject={subject}")
    assert reason in said(answer, 422)
    assert web.events == before


def test_a_small_purchase_says_who_is_invited(web: Browser) -> None:
    script = read_case(DOCS / "examples" / "claimed.toml")
    page = small(web, script)
    web.sign_in(OFFICER)
    form = said(web.get(f"{page}/do/invite-tenders"))
    assert "Only suppliers who were chosen" in form
    done = said(web.fill(f"{page}/do/invite-tenders", advertised="no"))
    assert "Invited tenders from chosen suppliers until" in done
    assert "Notices that the law asks for" not in done


def small(web: Browser, script: Any) -> str:
    """The example once more, authorised below the threshold."""
    opened, report, decision = script.steps[:3]
    value = Amount("up-to", Decimal(100_000))
    asked = report.command.recommendations[0]
    effect = replace(asked.effect, up_to=value)
    steps = (
        opened._replace(command=replace(opened.command, value=value)),
        report._replace(
            command=replace(report.command, recommendations=(replace(asked, effect=effect),))
        ),
        decision,
    )
    turn_to(web, date(2026, 3, 2))
    run_case(web.house, script._replace(steps=steps))
    web.house.catch_up()
    return f"/procurements/{script.reference}"


def test_other_laws_have_no_such_table(web: Browser) -> None:
    shown = said(web.sign_in(OFFICER).get("/procurements/leeds-2022-1"))
    assert "Notices that the law asks for" not in shown
