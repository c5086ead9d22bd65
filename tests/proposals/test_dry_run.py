"""What a proposed constitution would have done otherwise, one kind of finding after another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.house import House
from domain.routes import Way
from projections.findings import (
    Barred,
    Elsewhere,
    Freed,
    Noticed,
    Passed,
    Timed,
    Unknown,
    Waiting,
)
from tests import scenario
from tests.domain import cases, herefordshire, wyvern
from tests.domain.test_correcting import correcting
from tests.domain.test_gateways import WAIVE
from tests.proposals.proposing import (
    but,
    each,
    on_record,
    pounds,
    proposal,
    run,
    sentences,
    unlike,
)
from tests.scenario import rules, step

DIRECTOR, BOARD = "leeds/director-of-adults-and-health", "leeds/executive-board"
OPERATIONAL = "significant-operational"
HAPPENED = (*cases.AWARDED, cases.SIGNATURE, cases.PHASE_1, cases.PHASE_REPORT, cases.RELEASE)
CALLED = (*cases.KEY_DECIDED, cases.CALL_IN.at(date(2022, 12, 20)), cases.NO_ACTION)
IMPORTED = (*herefordshire.DECIDED, herefordshire.PUBLISHED, herefordshire.SIGNED)


@pytest.fixture(scope="module")
def leeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The case of Leeds to the release of its second phase."""
    file = tmp_path_factory.mktemp("leeds") / "countersign.db"
    with on_record(file, "leeds", *HAPPENED) as found:
        yield found


@pytest.fixture(scope="module")
def called_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A key decision of Leeds that was called in on the last day."""
    file = tmp_path_factory.mktemp("called") / "countersign.db"
    with on_record(file, "leeds", *CALLED) as found:
        yield found


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The decision of Herefordshire, imported with its irregularities, to the signature."""
    file = tmp_path_factory.mktemp("imported") / "countersign.db"
    with on_record(file, "herefordshire", *IMPORTED) as found:
        yield found


def test_the_demonstration_of_leeds_goes_to_the_executive_board_and_is_presumed_key(
    demo: House,
) -> None:
    lower = but("leeds", "key_threshold", above=pounds(250000))
    board = each("leeds", "routes", {"decision_class": OPERATIONAL}, decided_by=BOARD)
    found = run(demo, replace(lower, routes=board.routes))
    (elsewhere,) = unlike(found, Elsewhere)
    assert isinstance(elsewhere, Elsewhere)
    assert elsewhere.was
    assert elsewhere.would
    assert (elsewhere.was.decided_by, elsewhere.would.decided_by) == (DIRECTOR, BOARD)
    (barred,) = unlike(found, Barred)
    assert isinstance(barred, Barred)
    assert barred.rule == "D1"
    assert barred.reason == "Above £250,000 a decision is key, unless a reason is given"
    assert found.no_such_posts == (BOARD,)
    gains, loses = found.queues[1], found.queues[0]
    assert (gains.post, gains.was, gains.would) == (BOARD, 0, 1)
    assert (loses.post, loses.was, loses.would) == (DIRECTOR, 1, 0)
    assert gains.gains == loses.loses
    assert gains.gains[0].reference == "leeds-2022-1"


def test_the_demonstration_of_herefordshire_takes_effect_a_day_later_counted_the_other_way(
    demo: House,
) -> None:
    found = run(demo, but("herefordshire", "call_in", first_day_counts=False))
    days = date(2017, 12, 21), date(2017, 12, 22), date(2017, 12, 22), date(2017, 12, 23)
    assert unlike(found, Timed) == [Timed(True, *days[:2], True, *days[2:])]
    assert sentences(demo, found) == [
        "The decision on “Resource allocation system: direct award”, 15 December 2017, would have "
        "been open to call-in to the end of Friday 22 December 2017, with effect from Saturday "
        "23 December 2017. It was open to the end of Thursday 21 December 2017, with effect from "
        "Friday 22 December 2017."
    ]


def test_another_closing_time_alone_is_told(demo: House) -> None:
    found = run(demo, but("herefordshire", "call_in", closes_at="17:00"))
    days = True, date(2017, 12, 21), date(2017, 12, 22)
    assert unlike(found, Timed) == [Timed(*days, *days, None, "17:00")]
    (said,) = sentences(demo, found)
    assert "open to call-in to 5 pm on Thursday 21 December 2017, with effect" in said
    assert "It was open to the end of Thursday 21 December 2017, with effect" in said


def test_a_decision_and_its_report_going_elsewhere_is_one_finding(leeds: House) -> None:
    found = run(leeds, each("leeds", "routes", {"gateway": "award"}, decided_by=BOARD))
    (one,) = found.findings
    assert isinstance(one.unlike, Elsewhere)
    assert one.place.what == "The decision on “Award to Alpha”"
    (said,) = sentences(leeds, found)
    assert "13 December 2022, would have gone to leeds/executive-board, and not to Director" in said


def test_only_what_happened_since_a_day_is_asked(leeds: House) -> None:
    board = each("leeds", "routes", {}, decided_by=BOARD)
    assert len(run(leeds, board).findings) == 3
    since = run(leeds, board, date(2022, 12, 13))
    assert [one.place.what for one in since.findings] == [
        "The decision on “Award to Alpha”",
        "The decision on “Phase 1 shows that the model is viable”",
    ]
    assert since.asked == len([one for one in HAPPENED if str(one.on) >= "2022-12-13"])
    assert run(leeds, board, date(2023, 6, 6)).findings == ()


def test_a_value_in_no_band_of_the_proposal_has_no_route(leeds: House) -> None:
    small = each("leeds", "routes", {"gateway": "procurement"}, up_to=pounds(300000))
    found = run(leeds, small)
    assert [one.would for one in unlike(found, Elsewhere)] == [None]  # type: ignore[attr-defined]
    assert "had no route: nobody could have decided it" in sentences(leeds, found)[0]


def test_other_bodies_would_have_recommended(tmp_path: Path) -> None:
    steps = (*wyvern.GRANTED_ALONE,)
    with on_record(tmp_path / "c.db", "wyvern", *steps) as house:
        where = {"gateway": "strategy", "decision_class": "cabinet"}
        asked = each("wyvern", "routes", where, recommended_by=(wyvern.SCRUTINY, wyvern.BOARD))
        found = run(house, asked)
        source = "illustrative: scheme of delegation, paragraph 1"
        bodies = (wyvern.SCRUTINY, wyvern.BOARD)
        was, would = Way(wyvern.CABINET, (), source), Way(wyvern.CABINET, bodies, source)
        assert unlike(found, Elsewhere) == [Elsewhere(was, would)]
        assert sentences(house, found)[0].endswith(
            "would have gone to Cabinet on the recommendation of Scrutiny Committee and Health "
            "Board, and went without a recommendation "
            "(illustrative: scheme of delegation, paragraph 1)."
        )


@pytest.mark.parametrize(
    ("part", "old", "new", "kind"),
    [
        ("classes", OPERATIONAL, "operational", "class"),
        ("gateways", "award", "gateway-2", "gateway"),
    ],
)
def test_a_gateway_or_class_that_the_proposal_does_not_have_is_said_and_no_more(
    leeds: House, part: str, old: str, new: str, kind: str
) -> None:
    found = run(leeds, each("leeds", part, {"id": old}, id=new))
    unknown = unlike(found, Unknown)
    assert set(unknown) == {Unknown(kind, old)}  # type: ignore[arg-type]
    assert not unlike(found, Elsewhere)
    assert not unlike(found, Timed)
    assert (
        f"that the proposal does not have, “{old}”: no more can be said."
        in sentences(leeds, found)[0]
    )


def test_what_becomes_open_to_call_in_takes_effect_later_and_what_followed_was_too_early(
    leeds: House,
) -> None:
    found = run(leeds, each("leeds", "classes", {"id": OPERATIONAL}, call_in=True))
    first, second = unlike(found, Timed)
    assert first == Timed(
        *(False, None, date(2022, 11, 14)), *(True, date(2022, 11, 21), date(2022, 11, 22))
    )
    assert second.would_effective == date(2022, 12, 21)  # type: ignore[attr-defined]
    tender = next(one for one in found.findings if one.place.what == "Tenders invited")
    assert tender.unlike == Barred(
        "D10",
        "The decision that authorises this procurement takes effect on Tuesday 22 November 2022",
        "",
    )


def test_a_longer_window_bars_the_signature_before_its_end(leeds: House) -> None:
    later = each("leeds", "classes", {"id": OPERATIONAL}, call_in=True)
    assert later.call_in
    found = run(leeds, replace(later, call_in=replace(later.call_in, working_days=20)))
    signing = [one.unlike for one in found.findings if one.place.what == "Contract signed"]
    assert [one.reason for one in signing if isinstance(one, Barred)] == [
        "The award takes effect on Saturday 14 January 2023"
    ]


def test_a_call_in_is_too_late_or_by_too_few_members(called_in: House) -> None:
    (late,) = unlike(run(called_in, but("leeds", "call_in", working_days=2)), Barred)
    assert isinstance(late, Barred)
    assert (late.rule, late.reason.partition(":")[0]) == ("D10", "The call-in is late")
    (few,) = unlike(run(called_in, but("leeds", "call_in", members=5)), Barred)
    assert isinstance(few, Barred)
    assert few.reason == "A call-in needs 5 different members, not 4"


def test_what_is_not_open_to_call_in_could_not_have_been_called_in(called_in: House) -> None:
    found = run(called_in, each("leeds", "classes", {"id": "key"}, call_in=False))
    (timed,) = unlike(found, Timed)
    assert isinstance(timed, Timed)
    assert (timed.was_open, timed.would_open) == (True, False)
    (barred,) = unlike(found, Barred)
    assert barred.reason == "This decision is not open to call-in"  # type: ignore[attr-defined]
    assert "would not have been open to call-in, with effect from" in sentences(called_in, found)[0]


def test_counted_from_a_publication_that_is_not_on_record_it_has_no_effect_yet(
    called_in: House,
) -> None:
    found = run(called_in, but("leeds", "call_in", counted_from="publication"))
    assert unlike(found, Timed)[0].would_effective is None  # type: ignore[attr-defined]
    said = sentences(called_in, found)
    assert "to call-in, without effect until it is published." in said[0]
    assert "The call-in window opens when the decision is published." in said[1]


def test_a_period_that_was_counted_again_is_counted_again_by_the_proposal(tmp_path: Path) -> None:
    holiday, known = date(2022, 12, 16), date(2022, 12, 14)
    correction = correcting(holiday, known, scenario.REFERENCE)
    with on_record(tmp_path / "c.db", "leeds", *cases.KEY_DECIDED, correction) as house:
        was = (True, date(2022, 12, 21), date(2022, 12, 22))
        found = run(house, but("leeds", "call_in", working_days=7))
        assert unlike(found, Timed) == [Timed(*was, True, date(2022, 12, 23), date(2022, 12, 24))]
        closed = run(house, each("leeds", "classes", {"id": "key"}, call_in=False))
        assert unlike(closed, Timed) == [Timed(*was, False, None, date(2022, 12, 13))]
        assert run(house, proposal("leeds")).findings == ()


def test_a_decision_from_before_the_day_keeps_its_window_when_it_is_published(
    imported: House,
) -> None:
    counted = but("herefordshire", "call_in", counted_from="decision", working_days=9)
    assert len(unlike(run(imported, counted), Timed)) == 1
    assert not unlike(run(imported, counted, date(2017, 12, 16)), Timed)


def test_notice_is_needed_once_the_class_is_key_and_not_once_it_is_not(
    leeds: House, called_in: House
) -> None:
    found = run(leeds, each("leeds", "classes", {"id": "administrative"}, key=True))
    assert unlike(found, Noticed) == [Noticed(needed=True, given=False)]
    assert any("would have been key and needed 28 clear" in one for one in sentences(leeds, found))
    found = run(called_in, each("leeds", "classes", {"id": "key"}, key=False))
    assert unlike(found, Noticed) == [Noticed(needed=False, given=True)]
    assert "no notice of a key decision; one was given." in sentences(called_in, found)[-1]


def test_what_is_decided_again_is_compared_once_as_to_its_notice(tmp_path: Path) -> None:
    steps = (*cases.KEY_DECIDED, cases.CALL_IN, cases.REFERRED_BACK, cases.RECONSIDERED)
    with on_record(tmp_path / "c.db", "leeds", *steps) as house:
        found = run(house, each("leeds", "classes", {"id": "key"}, key=False))
        assert unlike(found, Noticed) == [Noticed(needed=False, given=True)]


def test_a_gateway_comes_first_or_no_longer_does(leeds: House, tmp_path: Path) -> None:
    found = run(leeds, each("leeds", "gateways", {"id": "award"}, after=()))
    assert unlike(found, Passed) == [Passed(("Authority to procure",))]
    assert "would not have had to come after “Authority to procure”." in sentences(leeds, found)[0]
    business_case = replace(rules("leeds").constitution.gateways[0], id="case", title="Case")
    wanting = each("leeds", "gateways", {"id": "procurement"}, after=("case",))
    found = run(leeds, replace(wanting, gateways=(business_case, *wanting.gateways)))
    (barred,) = unlike(found, Barred)
    assert barred.reason == "“Case” comes first, and is not decided"  # type: ignore[attr-defined]
    with on_record(tmp_path / "c.db", "wyvern", wyvern.OPEN, WAIVE) as house:
        (waiver,) = run(house, each("wyvern", "gateways", {"id": "options"}, waived_by=())).findings
        assert waiver.place.what == "The waiver of “options”"
        assert isinstance(waiver.unlike, Barred)


def test_separation_bars_or_frees_the_same_decider(tmp_path: Path) -> None:
    by_its_author = cases.REPORT._replace(by=scenario.DIRECTOR)
    imported = cases.DECISION._replace(source="the minutes")
    put_up = by_its_author._replace(source="the minutes")
    with on_record(tmp_path / "c.db", "leeds", cases.OPEN, put_up, imported) as house:
        (noted,) = [
            one.irregularity.rule
            for one in house.procurement(scenario.REFERENCE).irregularities
            if one.irregularity.rule == "G6"
        ]
        assert noted == "G6"
        found = run(house, but("leeds", "separation", author_decides=True))
        (freed,) = unlike(found, Freed)
        assert isinstance(freed, Freed)
        assert (freed.rule, freed.reason) == ("G6", "The author of a report may not decide it")
        assert "would not have had this against it (G6)" in sentences(house, found)[0]


def test_who_evaluated_or_decided_is_barred_where_the_proposal_separates(tmp_path: Path) -> None:
    evaluated = cases.EVALUATION._replace(source="the file", by=scenario.DIRECTOR)
    steps = (*cases.AUTHORISED, cases.TENDER, evaluated, cases.NOTICES, cases.AWARD_REPORT)
    award = cases.AWARD._replace(source="the file")
    with on_record(tmp_path / "c.db", "leeds", *steps, award) as house:
        found = run(house, but("leeds", "separation", evaluator_decides=True))
        assert [one.rule for one in unlike(found, Freed)] == ["G6"]  # type: ignore[attr-defined]


def test_under_delegated_authority_another_class_would_have_been_asked(tmp_path: Path) -> None:
    steps = (*wyvern.GRANTED_ALONE, wyvern.AWARD_REPORT)
    with on_record(tmp_path / "c.db", "wyvern", *steps) as house:
        found = run(house, each("wyvern", "classes", {"id": "cabinet"}, under_delegation=True))
        assert [one.reason for one in unlike(found, Barred)] == [  # type: ignore[attr-defined]
            "Under delegated authority a decision is of another class: Decision of the Cabinet"
        ]


def test_a_decision_over_several_procurements_is_one_finding(tmp_path: Path) -> None:
    shared = wyvern.plan(also=(wyvern.OTHER_REFERENCE,), class_reason="As in the budget")
    resolved = step(
        wyvern.deciding(
            cases.REPORT_ID, cases.DECISION_ID, "a", "b", also=(wyvern.OTHER_REFERENCE,)
        ),
        wyvern.CLERK,
    )
    opened = (wyvern.OPEN, wyvern.OPEN_OTHER)
    wide = {"gateway": "strategy", "decision_class": "cabinet"}
    with on_record(tmp_path / "c.db", "wyvern", *opened, shared, resolved) as house:
        found = run(house, each("wyvern", "routes", wide, decided_by=wyvern.BOARD))
        (one,) = found.findings
        assert one.place.references == (wyvern.REFERENCE, wyvern.OTHER_REFERENCE)


def test_a_queue_names_what_makes_it_longer(leeds: House) -> None:
    who = ("leeds/legal-services",)
    found = run(leeds, each("leeds", "duties", {"act": "start-phase"}, posts=who))
    grows = next(one for one in found.queues if one.post == who[0])
    assert (grows.was, grows.would) == (0, 1)
    assert grows.gains == (Waiting(scenario.REFERENCE, "Start phase 2"),)
    assert found.findings == ()


def test_a_queue_of_the_same_length_with_other_things_in_it_is_told(leeds: House) -> None:
    clerk = "leeds/democratic-services"
    swapped = each("leeds", "duties", {"act": "start-phase"}, posts=(clerk,))
    officer = ("leeds/commissioning-officer",)
    duties = tuple(
        replace(one, posts=officer) if one.act == "publish-contract" else one
        for one in swapped.duties
    )
    found = run(leeds, replace(swapped, duties=duties))
    queue = next(one for one in found.queues if one.post == clerk)
    assert queue.was == queue.would
    assert [one.act for one in queue.gains] == ["Start phase 2"]
    assert [one.act for one in queue.loses] == ["Publish the contract"]


def test_an_irregular_import_is_compared_by_the_rules_alone(imported: House) -> None:
    key = rules("herefordshire").constitution.classes[0]
    found = run(imported, proposal("herefordshire", classes=(key,)))
    assert found.findings == ()
    assert run(imported, but("herefordshire", "key_threshold", above=pounds(100000))).findings == ()
