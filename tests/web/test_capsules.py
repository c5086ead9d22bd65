"""A decision keeps what was on the screen, and is not taken on what is no longer true."""

from __future__ import annotations

import json
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from adapters.database import Unavailable
from adapters.evidence.findings import Kind
from adapters.evidence.packed import check_pack, read_pack
from adapters.evidence.packing import pack
from adapters.house import House
from adapters.ledgers.capsules import _sealed, capsules
from domain.authority import AdoptConstitution
from domain.closed import may_see
from domain.messages import Actor
from domain.record import Decision
from domain.values import procurement_id
from projections.standing import context_at
from tests.adapters.evidence.sealing import Sealed
from tests.adapters.leeds import note
from tests.cases import dorset
from tests.cases.nottingham import DIRECTOR as HEALTH
from tests.cases.nottingham import REFERENCE, Nottingham
from tests.cli.running import countersign
from tests.houses import file_of, tamper
from tests.scenario import holder, texts
from tests.web import journey, test_delegated
from tests.web.conftest import Browser
from tests.web.journey import CASE, CLERK, DIRECTOR, OFFICER, answers, decide_path, sign, walk
from web.capsules import drawn, drawn_again
from web.pack import report as pack_report
from web.pages import Pages
from web.seen import capsules_checked

PRICE, BUDGET = "7543219.83", "7654321.17"
SEES, AUDITOR = "nottingham/strategic-commissioning-manager", "nottingham/visiting-auditor"
SAME = "it is the same to the letter"
site = test_delegated.site


def main(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(unescape(answer.text.partition("<main")[2]).split())


def only_decision(web: Browser, reference: str = "leeds-2022-1") -> Decision:
    *_, found = web.house.procurement(reference).decisions.values()
    return found


def seen_path(web: Browser, reference: str = "leeds-2022-1") -> str:
    return f"/procurements/{reference}/decisions/{only_decision(web, reference).id}/seen"


def wrong(house: House) -> list[str]:
    return [said for _, said in capsules_checked(house, Pages(house, demo=True)).findings]


def adopt_changed(web: Browser) -> None:
    """Rules that call the kind of decision another name, in force at once."""
    text, _ = texts("leeds")
    text = text.replace('version = "leeds-2022"', 'version = "leeds-now"', 1)
    text = text.replace(
        'title = "Significant operational decision"', 'title = "Weighty decision"', 1
    )
    by: Actor = holder("leeds/monitoring-officer")
    context = web.house.context("leeds", by, uuid4())
    web.house.engine.execute(AdoptConstitution("leeds", text), context)
    web.house.catch_up()


def test_the_page_that_was_decided_on_is_shown_again_to_the_letter(web: Browser) -> None:
    path = decide_path(web.sign_in(DIRECTOR))
    form, page = web.form(path), main(web.get(path))
    assert "Decision recorded" in main(web.post(path, {**form, **answers()}))
    assert only_decision(web).capsule == form["capsule"]
    assert seen_path(web) in web.get(seen_path(web).removesuffix("/seen")).text
    seen = main(web.sign_in(OFFICER).get(seen_path(web)))
    assert SAME in seen
    shown = page.partition("cs-facts")[2].partition("<form")[0]
    assert shown.strip()
    assert shown.strip() in seen
    assert "A competition may be held, up to £400,000" in seen
    assert "You decide as Director of Adults and Health" in seen


def test_what_comes_later_changes_nothing_of_it(web: Browser) -> None:
    walk(web, sign)
    decisions = web.house.procurement("leeds-2022-1").decisions.values()
    before = [main(web.get(f"{CASE}/decisions/{one.id}/seen")) for one in decisions]
    adopt_changed(web)
    sign(web)
    assert [main(web.get(f"{CASE}/decisions/{one.id}/seen")) for one in decisions] == before
    assert all(SAME in one for one in before)
    assert wrong(web.house) == []


def test_a_changed_rule_makes_the_page_stale_and_the_difference_is_shown(web: Browser) -> None:
    path = decide_path(web.sign_in(DIRECTOR))
    form, page = web.form(path), main(web.get(path))
    assert "Significant operational decision" in page
    adopt_changed(web)
    before = web.events
    for step in "check", "confirm":
        again = main(web.post(path, {**form, **answers(step=step)}), 409)
        assert "Constitution in force: “leeds-now” now, “leeds-2022” before" in again
        assert "<ins>Kind: Weighty decision, not open to call-in</ins>" in again
        assert (
            "was: <del>Kind: Significant operational decision, not open to call-in</del>" in again
        )
        assert "The programme needs it." in again
    assert web.events == before
    assert "Decision recorded" in main(web.post(path, {**web.form(path), **answers()}))


def test_what_was_recorded_meanwhile_is_told(web: Browser) -> None:
    path = decide_path(web.sign_in(DIRECTOR))
    form, report = web.form(path), path.split("/")[-2]
    withdraw = f"{CASE}/do/withdraw-report?subject={report}"
    assert web.sign_in(OFFICER).fill(withdraw, reason="A figure is wrong").status_code == 200
    before = web.events
    again = main(web.sign_in(DIRECTOR).post(path, {**form, **answers()}), 409)
    assert "Recorded meanwhile" in again
    assert "A figure is wrong" in again
    assert web.events == before


def test_what_another_case_drew_meanwhile_makes_it_stale(site: Browser) -> None:
    """The authority is the same; the procurement that is decided did not change at all."""
    test_delegated.asked(site)
    for one in dorset.OF_DORSET, dorset.OF_BCP:
        test_delegated.answer(site, one.post, "agrees")
    path = test_delegated.decide_path(site.sign_in(dorset.DIRECTOR.post))
    form = {**site.form(path), **test_delegated.AGREED, "step": "confirm"}
    test_delegated.the_board_awards_the_crm(site, dorset.award("Fleetwater", 20000))
    site.house.catch_up()
    before = site.events
    again = main(site.post(path, form), 409)
    assert "What this page says now" in again
    assert "<ins>Left: £280,000</ins>" in again
    assert "was: <del>Left: £300,000</del>" in again
    assert site.events == before


def test_what_stood_against_agreeing_is_told_apart_by_rule(site: Browser) -> None:
    test_delegated.the_board_awards_the_crm(site, dorset.award("Fleetwater", 130000))
    test_delegated.asked(site)
    for one in dorset.OF_DORSET, dorset.OF_BCP:
        test_delegated.answer(site, one.post, "agrees")
    path = test_delegated.decide_path(site.sign_in(dorset.DIRECTOR.post))
    p = site.house.procurement(dorset.PLATFORM)
    report = p.open_report
    assert report
    context = context_at(p, site.house.rules(p.authority), site.house.clocks.today(p.authority))
    case = p, context, report
    pages = Pages(site.house, demo=True)
    closed = may_see(dorset.DIRECTOR.person, context)
    page = drawn(site.house, pages, site.house, case, dorset.DIRECTOR, closed=closed)
    (check,) = [one for one in page.capsule.checks if "£310,000 is more than" in one.reason]
    assert (check.label, check.rule) == ("", "P7")
    assert f'value="{page.digest}"' in site.get(path).text


@pytest.mark.parametrize(
    "lost",
    [
        {"capsule": "0" * 64},
        {"capsule": ""},
        {"capsule": "0" * 64, "footing": ""},
        {"capsule": "0" * 64, "footing": "{}"},
        {"capsule": "0" * 64, "footing": "[" * 9000},
    ],
)
def test_a_page_that_never_was_is_decided_by_nobody(web: Browser, lost: dict[str, str]) -> None:
    path, before = decide_path(web.sign_in(DIRECTOR)), web.events
    again = web.post(path, {**web.form(path), **answers(), **lost})
    assert "how it differs from the page that you sent cannot be told" in main(again, 409)
    assert web.events == before


def test_a_page_of_before_is_told_apart_by_the_footing_that_was_sent(web: Browser) -> None:
    path = decide_path(web.sign_in(DIRECTOR))
    form = web.form(path)
    web.house.clocks.forward("leeds", 1)
    again = main(web.post(path, {**form, **answers()}), 409)
    assert "What this page says now" in again
    assert "cannot be told" not in again


@pytest.mark.parametrize("change", ["person", "version", "stream", "rules", "day", "closed"])
def test_a_footing_that_is_made_up_tells_nothing(web: Browser, change: str) -> None:
    path, before = decide_path(web.sign_in(DIRECTOR)), web.events
    form = web.form(path)
    web.house.clocks.forward("leeds", 1)
    footing = json.loads(form["footing"])
    match change:
        case "person":
            footing["seat"]["person"] = str(UUID(int=1))
        case "version":
            footing["stood"][0]["version"] = 2**80
        case "stream":
            footing["stood"][0]["version"] = 1
        case "rules":
            footing["versions"]["constitution"] = "leeds-1922"
        case "day":
            footing["day"] = "0001-01-01"
        case "closed":
            footing["sees_closed"] = True
    again = main(web.post(path, {**form, **answers(), "footing": json.dumps(footing)}), 409)
    assert "What this page says now" not in again
    said = "You may no longer see closed parts" if change == "closed" else "cannot be told"
    assert said in again
    assert web.events == before


@pytest.mark.parametrize("footing", [True, False], ids=["with its footing", "without"])
def test_nothing_slips_in_between_the_comparison_and_the_record(
    site: Browser, footing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    test_delegated.asked(site)
    for one in dorset.OF_DORSET, dorset.OF_BCP:
        test_delegated.answer(site, one.post, "agrees")
    path = test_delegated.decide_path(site.sign_in(dorset.DIRECTOR.post))
    form = {**site.form(path), **test_delegated.AGREED, "step": "confirm"}
    if not footing:
        form.pop("footing")
    put = site.house.capsules.put

    def and_then(*kept: Any) -> str:
        test_delegated.the_board_awards_the_crm(site, dorset.award("Fleetwater", 20000))
        return put(*kept)

    monkeypatch.setattr(site.house.capsules, "put", and_then)
    before = site.house.procurement(dorset.PLATFORM)
    assert "What this page says now" in main(site.post(path, form), 409) or not footing
    assert site.house.procurement(dorset.PLATFORM) == before


def test_no_decision_names_a_page_that_never_was(
    web: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = decide_path(web.sign_in(DIRECTOR))
    version = web.house.procurement("leeds-2022-1").version
    forged = {"capsule": "ab" * 32, "seen": str(version + 1)}
    form = {**web.form(path), **answers(), **forged}
    context_of = web.house.context_of

    def and_then(*asked: Any) -> Any:
        monkeypatch.setattr(web.house, "context_of", context_of)
        note(web.house)
        return context_of(*asked)

    monkeypatch.setattr(web.house, "context_of", and_then)
    assert web.post(path, form).status_code == 409
    assert web.house.procurement("leeds-2022-1").decisions == {}


def test_the_rules_and_the_day_of_the_page_are_those_of_the_decision(
    web: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Midnight between looking and recording: the page is of the day before."""
    path = decide_path(web.sign_in(DIRECTOR))
    form = {**web.form(path), **answers()}
    context_of = web.house.context_of

    def and_then(*asked: Any) -> Any:
        web.house.clocks.forward("leeds", 1)
        return context_of(*asked)

    monkeypatch.setattr(web.house, "context_of", and_then)
    before = web.events
    assert web.post(path, form).status_code == 409
    assert web.events == before


def test_a_capsule_that_was_changed_is_not_shown_and_is_found(web: Browser) -> None:
    journey.decide(web)
    with web.house.database.write() as db:
        db.execute(update(capsules).values(body=capsules.c.body + b" "))
    assert "what lies here is not that page" in main(web.get(seen_path(web)))
    (said,) = wrong(web.house)
    assert "is missing or was changed" in said


def test_a_capsule_that_is_gone_is_found(web: Browser) -> None:
    journey.decide(web)
    with web.house.database.write() as db:
        db.execute(capsules.delete())
    assert "what lies here is not that page" in main(web.get(seen_path(web)))
    assert len(wrong(web.house)) == 1


def test_a_decision_that_was_taken_elsewhere_has_none_and_says_so(web: Browser) -> None:
    imported = only_decision(web, REFERENCE)
    assert imported.capsule is None
    assert "no page was kept" in main(web.sign_in(SEES).get(seen_path(web, REFERENCE)))
    assert web.get(f"{CASE}/decisions/{uuid4()}/seen").status_code == 404


@pytest.fixture
def exempt(web: Browser) -> Browser:
    """Nottingham's award at a closed price, decided on the page by who sees it."""
    walked = Nottingham(web.house).to_evaluation("Umber Trust", PRICE).enter(BUDGET)
    walked.put_up_award(walked.award()).consult()
    web.house.catch_up()
    path = f"/procurements/{REFERENCE}/reports/{walked.report.id}/decide"
    page = web.sign_in(HEALTH.post).get(path)
    assert "£7,543,219.83" in page.text
    agreed = {"outcome-a": "agreed", "reasons": "It is best.", "interests": "none-declared"}
    rejected = {"option-1": "Stop", "why-1": "No", "alternatives": "rejected"}
    sent = {**web.form(path), **agreed, **rejected}
    assert "Decision recorded" in main(web.post(path, {**sent, "step": "confirm"}))
    return web


def test_that_closed_parts_of_it_are_read_is_noted(exempt: Browser) -> None:
    path = seen_path(exempt, REFERENCE)
    noted = exempt.house.closed_reads.latest
    before = len(noted("nottingham", 99))
    exempt.sign_in(AUDITOR).get(path)
    assert len(noted("nottingham", 99)) == before
    exempt.sign_in(SEES).get(path)
    assert len(noted("nottingham", 99)) == before + 1
    assert noted("nottingham", 1)[0].what == "What was on the screen when it was decided"


CHANGES = {
    "gone": None,
    "rubbish": b"rubbish",
    "no keys": b'{"keys":[],"sealed":""}',
    "keys that never were": b'{"keys":["00000000-0000-0000-0000-000000000001"],"sealed":""}',
    "cut": b"",
}


@pytest.mark.parametrize("how", [*CHANGES, "another's"])
def test_what_showed_closed_parts_cannot_be_taken_away_unseen(exempt: Browser, how: str) -> None:
    """Not told as if it had been erased: that leaves a line of its own."""
    house = exempt.house
    if how == "another's":
        digest = only_decision(exempt, REFERENCE).capsule
        assert digest
        kept = house.capsules.get(digest)
        assert kept
        assert kept.hidden
        shown = replace(kept.shown, title="Another")
        keys = [house.keys.of(one) for one in kept.hidden.streams]
        sealed: bytes | None = _sealed(shown, keys, digest)
    else:
        sealed = CHANGES[how]
    with house.database.write() as db:
        db.execute(update(capsules).values(hidden=sealed))
    (said,) = wrong(house)
    assert "its closed parts are missing or were changed" in said
    said = main(exempt.sign_in(SEES).get(seen_path(exempt, REFERENCE)))
    assert "missing or changed since" in said
    assert "erased" not in said
    assert "7,543,219" not in said


def test_what_differs_is_told_to_who_may_see_closed_parts_only(exempt: Browser) -> None:
    tamper(
        exempt.house,
        "UPDATE stored_events SET state ="
        " CAST(replace(CAST(state AS TEXT), 'It is time', 'It was time') AS BLOB)"
        " WHERE topic LIKE 'report-put-up/%'",
    )
    house = House(file_of(exempt.house))
    try:
        other = Browser(house)
        path = seen_path(exempt, REFERENCE)
        said = main(other.sign_in(SEES).get(path))
        assert "No: drawn again from what is on record for that moment it is another" in said
        assert "By the record: It was time" in said
        said = main(other.sign_in(AUDITOR).get(path))
        assert "By the record" not in said
    finally:
        house.close()


def test_what_was_erased_before_is_shown_as_erased_again(web: Browser) -> None:
    walked = Nottingham(web.house).to_evaluation("Umber Trust", PRICE).enter(BUDGET)
    walked.put_up_award(walked.award()).consult()
    web.house.keys.erase(procurement_id(REFERENCE))
    path = f"/procurements/{REFERENCE}/reports/{walked.report.id}/decide"
    page = main(web.sign_in(HEALTH.post).get(path))
    assert "erased" in page
    p = web.house.procurement(REFERENCE)
    context = context_at(p, web.house.rules(p.authority), web.house.clocks.today(p.authority))
    case = p, context, walked.report
    pages = Pages(web.house, demo=True)
    page_ = drawn(web.house, pages, web.house, case, HEALTH, closed=True)
    assert page_.capsule.hidden is None
    assert page_.capsule.shown == page_.shown
    assert "closed: erased" in page_.capsule.shown.matter
    again = drawn_again(web.house, pages, REFERENCE, walked.report.id, page_.capsule.footing)
    assert again.capsule == page_.capsule


def test_another_version_of_the_program_accuses_nobody(
    web: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey.decide(web)
    monkeypatch.setattr("web.seen.program", lambda: "0.2.0 abc")
    checked = capsules_checked(web.house, Pages(web.house, demo=True))
    assert checked.findings == []
    (untold,) = checked.untold
    assert untold.startswith("1 screen drawn by another version of the program")
    assert "another version of the program drew it" in main(web.get(seen_path(web)))


def test_a_busy_store_is_no_finding(web: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    journey.decide(web)

    def busy(*_: Any) -> Any:
        raise Unavailable("busy")

    monkeypatch.setattr("web.seen.drawn_again", busy)
    with pytest.raises(Unavailable):
        capsules_checked(web.house, Pages(web.house, demo=True))


def test_the_bytes_of_it_are_taken_away_and_give_the_digest(web: Browser) -> None:
    journey.decide(web)
    answer = web.get(f"{seen_path(web)}.json")
    assert sha256(answer.content).hexdigest() == only_decision(web).capsule
    assert web.sign_in(SEES).get(f"{seen_path(web, REFERENCE)}.json").status_code == 404


def test_closed_parts_of_it_are_for_who_may_see_them_and_lie_sealed(exempt: Browser) -> None:
    path = seen_path(exempt, REFERENCE)
    said = main(exempt.sign_in(SEES).get(path))
    assert SAME in said
    assert "£7,543,219.83" in said
    for post in AUDITOR, CLERK:
        said = main(exempt.sign_in(post).get(path))
        assert SAME in said
        assert "you see what anybody may see" in said
        assert "7,543,219" not in said
    with exempt.house.database.read() as db:
        rows = db.execute(capsules.select()).all()
    assert [row for row in rows if b"7,543" in row.body or b"7,543" in (row.hidden or b"")] == []
    assert wrong(exempt.house) == []


def test_it_goes_with_what_is_erased_and_the_digest_still_holds(exempt: Browser) -> None:
    exempt.house.keys.erase(procurement_id(REFERENCE))
    said = main(exempt.sign_in(SEES).get(seen_path(exempt, REFERENCE)))
    assert "Kept unchanged" in said
    assert "closed parts that were on it have been erased" in said
    assert "7,543,219" not in said
    assert wrong(exempt.house) == []


def test_a_pack_carries_it_and_every_change_of_it_is_found(exempt: Browser, tmp_path: Path) -> None:
    sealed = Sealed(exempt.house, tmp_path)
    sealed.sealer.seal()
    file = tmp_path / "pack.zip"
    pack(exempt.house, REFERENCE, sealed.keys.known, pack_report, file)
    assert check_pack(read_pack(file), sealed.keys.known) == []
    name = f"capsules/{only_decision(exempt, REFERENCE).capsule}"
    with ZipFile(file) as files:
        every = b"".join(files.read(one) for one in files.namelist())
        said = files.read("report.html").decode()
    assert "What was on the screen, as anybody may read it" in said
    assert "Director of Public Health" in said
    assert b"7,543,219" not in every
    for other in (b"{}", None):
        changed = tmp_path / "changed.zip"
        with ZipFile(file) as old, ZipFile(changed, "w") as new:
            for one in old.namelist():
                body = other if one == name else old.read(one)
                if body is not None:
                    new.writestr(one, body)
        (found,) = check_pack(read_pack(changed), sealed.keys.known)
        assert found.kind == Kind.CAPSULE


def test_the_check_of_the_house_ends_with_its_number(web: Browser) -> None:
    journey.decide(web)
    folder = file_of(web.house).parent
    assert countersign(folder, "seal", "now").code == 0
    assert countersign(folder, "verify").code == 0
    with web.house.database.write() as db:
        db.execute(update(capsules).values(body=b"{}"))
    checked = countersign(folder, "verify")
    assert checked.code == Kind.CAPSULE
    assert "what was on the screen for the decision of entry" in checked.out


def test_what_the_record_gives_no_more_is_found_though_the_capsule_is_whole(web: Browser) -> None:
    """Who can change the log and seal it anew still has to know every page that was decided on."""
    journey.decide(web)
    tamper(
        web.house,
        "UPDATE stored_events SET state ="
        " CAST(replace(CAST(state AS TEXT), 'Community Health', 'Community Wealth') AS BLOB)"
        " WHERE topic LIKE 'report-put-up/%'",
    )
    other = House(file_of(web.house))
    try:
        (said,) = wrong(other)
    finally:
        other.close()
    assert "is not what the record gives for that moment" in said
