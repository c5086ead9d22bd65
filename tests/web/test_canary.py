"""A canary in every closed part: nobody who may not see it finds it anywhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from adapters.house import House
from domain.acts import next_acts
from domain.closed import ClosedPart, Exemption
from domain.contract import SignContract
from domain.messages import Event
from domain.standstill import SendAwardNotices
from domain.values import Closed
from domain.withdrawing import WithdrawReport
from projections.questions import QUESTIONS
from projections.standing import context_at
from tests.cases.nottingham import (
    BUYER,
    CASE,
    DIRECTOR,
    FIVE_YEARS,
    LAWYER,
    MANAGER,
    REFERENCE,
    STARTS,
    UNDER,
    Nottingham,
    exempt,
)
from tests.cli.running import inside
from tests.houses import file_of
from tests.scenario import texts
from tests.web.conftest import Browser
from web.links import link_to
from web.routes.trail import WITH_PROOF

BUDGET, PRICE, SECOND = "7654321.17", "7543219.83", "7543218.83"
TEXT, WINNER, LOSER = "ivory-kestrel", "Umber Lapwing Trust", "Cerise Dotterel Ltd"
LEFT = "111101.34"
CANARIES = (BUDGET, PRICE, SECOND, LEFT, TEXT, WINNER, LOSER)
AUDITOR, BUYING, STRANGER = (
    "nottingham/visiting-auditor",
    "nottingham/procurement-officer",
    "leeds/director-of-adults-and-health",
)
SEES = "nottingham/strategic-commissioning-manager"


def closed_in(thing: Any) -> Iterator[str | None]:
    """Every closed value in a piece of the record."""
    if isinstance(thing, Closed):
        yield thing.value
    elif isinstance(thing, msgspec.Struct):
        for name in thing.__struct_fields__:
            yield from closed_in(getattr(thing, name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from closed_in(one)


def found_in(said: str) -> list[str]:
    """The canaries in a text, however their digits are set."""
    plain = unescape(said)
    bare = plain.replace(",", "")
    whole = [one for one in CANARIES if one in plain or one in bare]
    pounds = [one for one in CANARIES if re.fullmatch(r"\d+\.\d\d", one) and one[:-3] in bare]
    return sorted({*whole, *pounds})


@pytest.fixture
def walked(demo: House) -> Nottingham:
    """Nottingham up to an award report: canaries wherever its record can hold something closed."""

    walk = Nottingham(demo).to_evaluation(WINNER, PRICE, LOSER).enter(BUDGET)
    appendix = ClosedPart("Exempt appendix 2", Exemption("Affairs of tenderers", 3), Closed(TEXT))
    command = walk.putting_up("award", "officer", DIRECTOR.post, walk.award(), UNDER)
    return walk.do(replace(command, closed=(appendix,)), MANAGER)


@pytest.fixture
def everything(walked: Nottingham) -> Nottingham:
    """The same to the end of the standstill; the award still has to be published."""
    walked.clear().consult()
    walked.do(walked.decision(), DIRECTOR).do(SendAwardNotices(CASE, "electronic"), BUYER)
    assert walked.case.standstill
    assert walked.case.standstill.count
    walked.on(walked.case.standstill.count.day_after)
    return walked


def pages(web: Browser) -> dict[str, str]:
    """Every page that links lead to, and every form that an act could have."""
    seen: dict[str, str] = {}
    waiting = ["/queue", "/procurements", "/delegations", "/trail", "/rules"]
    for row in web.house.views.procurements():
        p = web.house.procurement(row.reference)
        today = web.house.clocks.today(p.authority)
        rules = web.house.rules(p.authority)
        for act in next_acts(p, context_at(p, rules, today)):
            waiting.append(link_to(p.reference, act.do, act.subject))
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 600:
            continue
        answer = web.get(path)
        assert answer.status_code < 500, path
        seen[path] = answer.text
        links = re.findall(r'href="(/[^"#]*)', answer.text)
        waiting += [unescape(one) for one in links if not one.startswith("/static")]
    return seen


def test_closed_parts_of_every_kind_are_on_record(everything: Nottingham) -> None:
    by_tag: dict[str, set[str | None]] = {}
    for stored in everything.house.log.tail(0, 10_000):
        event: Event = everything.house.log.recorded(stored).event
        by_tag.setdefault(stored.topic.partition("/")[0], set()).update(closed_in(event))
    sealed = {tag: values for tag, values in by_tag.items() if values}
    assert set(sealed) == {
        "exempt-figure-entered",
        "evaluation-recorded",
        "report-put-up",
        "decision-taken",
        "authority-exercised",
        "budget-drawn",
    }
    every = {one for values in sealed.values() for one in values}
    assert every <= {*CANARIES, None}
    assert {BUDGET, PRICE, SECOND, TEXT, WINNER, LOSER} <= every


@pytest.mark.parametrize("post", [AUDITOR, BUYING, STRANGER])
def test_no_page_shows_a_canary_to_who_may_not_see_it(
    everything: Nottingham, post: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    web = Browser(everything.house).sign_in(post)
    found = {path: found_in(said) for path, said in pages(web).items()}
    assert len(found) > 60
    assert {path: one for path, one in found.items() if one} == {}
    assert found_in(caplog.text) == []


def test_who_may_see_it_does(everything: Nottingham) -> None:
    web = Browser(everything.house).sign_in(SEES)
    said = " ".join(pages(web).values())
    assert set(found_in(said)) == set(CANARIES)


def test_errors_show_no_canary_to_who_may_not_see_it(walked: Nottingham) -> None:
    web = Browser(walked.house)
    report = walked.report
    case = f"/procurements/{REFERENCE}"
    for post in AUDITOR, BUYING, STRANGER:
        web.sign_in(post)
        for path in (
            f"{case}/reports/{report.id}/decide",
            f"{case}/do/put-up-report?subject=award&way=key",
            f"{case}/do/put-up-report?subject=budget&way=committee",
            f"{case}/do/enter-exempt-figure?subject={walked.case.reports[report.id].id}%202",
            f"{case}/do/sign-contract",
            f"{case}/do/record-evaluation",
        ):
            filled = {"outcome-a": "agreed", "amount": "9999999", "budget": "1", "text-a": "More"}
            answer = web.fill(path, **filled, reasons="r", interests="none-declared")
            assert answer.status_code < 500
            assert found_in(answer.text) == [], path


def test_no_command_line_shows_a_canary(everything: Nottingham) -> None:
    folder = file_of(everything.house).parent
    posts = [one.id for one in everything.house.rules("nottingham").offices.posts]
    asked = [("procurements",), ("delegations",), ("show", REFERENCE), ("history", REFERENCE)]
    asked += [("queue", "--as", post) for post in posts]
    asked += [
        ("proof", REFERENCE, "--version", str(row.version))
        for row in everything.house.views.trail(REFERENCE)
        if row.event in WITH_PROOF and row.stream == CASE
    ]
    asked.append(("trace", "delegation", REFERENCE, "3"))
    last = everything.case.version
    asked.append(("replay", REFERENCE, "--version", str(last), "--since", "0"))
    asked.append(("replay", REFERENCE, "--at", "2199-01-01"))
    asked += [("queue", "--as", post, "--at", "2199-01-01") for post in (SEES, DIRECTOR.post)]
    asked.append(("trace", "appointment", DIRECTOR.post))
    asked += [("questions", name) for name in QUESTIONS]
    proposal = folder / "proposal.toml"
    text, _ = texts("nottingham")
    proposal.write_text(text.replace("above = 750000", "above = 7000000"), "utf-8")
    asked.append(("constitution", "dry-run", str(proposal)))
    for words in asked:
        for as_json in (), ("--json",):
            said = inside(folder, *words, *as_json)
            assert found_in(said.out + said.err) == [], words


def test_no_canary_lies_in_plain_in_the_database(everything: Nottingham) -> None:
    sign = SignContract(CASE, WINNER, exempt(PRICE), STARTS, FIVE_YEARS)
    folder = file_of(everything.house).parent
    before = b"".join(one.read_bytes() for one in folder.iterdir() if one.suffix != ".key")
    # Who won is public once the contract is signed; its price stays closed.
    award = list(everything.case.decisions)[-1]
    effective = everything.publish(award).case.decisions[award].effective
    assert effective
    everything.on(effective).do(sign, LAWYER)
    after = b"".join(one.read_bytes() for one in folder.iterdir() if one.suffix != ".key")
    for canary in CANARIES:
        for form in canary, canary.removesuffix(canary[-3:]), canary.encode().hex():
            assert form.encode() not in before
            if canary != WINNER:
                assert form.encode() not in after


def test_a_refusal_that_is_recorded_with_an_import_shows_no_canary(walked: Nottingham) -> None:
    """Irregularities are stored in plain: they say that it is too much, never how much."""
    walked.do(WithdrawReport(CASE, walked.report.id, "Again"), MANAGER)
    dear = replace(walked.award(), amount=exempt("7999999.99"))
    command = walked.putting_up("award", "officer", DIRECTOR.post, dear)
    context = walked.house.context("nottingham", MANAGER, CASE, source="an older system: item 4")
    walked.house.engine.execute(command, context)
    irregular = [one.irregularity.reason for one in walked.case.irregularities]
    assert any("more than the budget" in one for one in irregular)
    assert found_in(" ".join(irregular)) == []
    assert "7999999" not in " ".join(irregular).replace(",", "")
