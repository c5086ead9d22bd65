"""How two versions of a constitution differ, in words."""

from __future__ import annotations

from msgspec.structs import replace

from domain.constitution import ClosedReaders, Constitution
from projections.rulebook import compare
from tests.proposals.proposing import but, each, pounds, proposal
from tests.scenario import rules

LEEDS = rules("leeds").constitution
OPERATIONAL = "significant-operational"
ROUTE = {"gateway": "award", "decision_class": OPERATIONAL}


def said(after: Constitution, before: Constitution = LEEDS) -> list[str]:
    title = rules(after.authority).offices.title
    return [one.sentence for one in compare(before, after, title)]


def test_a_version_does_not_differ_by_its_name_and_day() -> None:
    assert said(proposal("leeds")) == []


def test_each_aspect_is_told_from_what_it_was_to_what_it_becomes_and_by_which_source() -> None:
    source = "sourced: the council's list of forthcoming key decisions, June 2022 and January 2023"
    assert said(but("leeds", "key_threshold", above=pounds(250000))) == [
        "Presumption of a key decision: above which amount changes from £500,000 to £250,000 "
        f"({source})."
    ]
    call_in = but("leeds", "call_in", counted_from="publication", members=5, where="rule 16")
    assert said(call_in) == [
        "Call-in: what the days are counted from changes from the decision to the publication "
        "(inferred: rule 16).",
        "Call-in: how many members it takes changes from 4 members to 5 members "
        "(inferred: rule 16).",
        "Call-in: where it comes from changes from inferred: published rows fit the day after the "
        "fifth working day that follows; how many members is a guess to inferred: rule 16.",
    ]
    decides = "whether the author of a report may decide it changes from no to yes"
    (line,) = said(but("leeds", "separation", author_decides=True))
    assert line.startswith(f"Separation of duties: {decides} (illustrative")
    (line,) = said(each("leeds", "classes", {"id": OPERATIONAL}, call_in=True))
    assert line.startswith(
        "Class “Significant operational decision”: whether it may be called in changes from no to "
        "yes (sourced"
    )
    (line,) = said(each("leeds", "duties", {"act": "sign-contract"}, posts=("leeds/clerk",)))
    assert line.startswith(
        "Duty “sign contract”: whose it is changes from Legal Services to leeds/"
    )


def test_gateways_are_added_removed_and_changed() -> None:
    (line,) = said(each("leeds", "gateways", {"id": "award"}, after=()))
    assert line.startswith(
        "Gateway “Award”: what comes before it changes from “Authority to procure” to nothing ("
    )
    added = replace(LEEDS.gateways[0], id="budget", title="Budget", asks_for="approve-budget")
    (line,) = said(proposal("leeds", gateways=(*LEEDS.gateways, added)))
    assert line == (
        "Gateway “Budget” is added: what reports ask for: approval of a budget; what comes before "
        "it: nothing; what it may be passed together with: nothing; who may waive it: nobody "
        f"({added.provenance})."
    )
    (line,) = said(proposal("leeds", gateways=(*LEEDS.gateways[:2], *LEEDS.gateways[3:])))
    assert line.startswith("Gateway “Release of a phase” is removed: what reports ask for: the re")


def test_routes_are_told_apart_by_gateway_class_and_value() -> None:
    (line,) = said(each("leeds", "routes", ROUTE, up_to=pounds(250000)))
    assert line.startswith(
        "Route through “Award”, significant operational decision: for which values changes from "
        "above £100,000 and up to £500,000 to above £100,000 and up to £250,000 ("
    )
    old = next(one for one in LEEDS.routes if one.gateway == "award")
    large = replace(old, above=pounds(500000), up_to=None, decided_by="leeds/executive-board")
    (line,) = said(proposal("leeds", routes=(*LEEDS.routes, large)))
    assert line.startswith(
        "Route through “Award”, significant operational decision is added: for which values: above "
        "£500,000; who decides: leeds/executive-board; who recommends: nobody; "
        "who takes it over from a member with an interest: nobody ("
    )


def test_the_order_of_gateways_and_of_routes_for_the_same_is_a_rule() -> None:
    turned = proposal("leeds", gateways=tuple(reversed(LEEDS.gateways)))
    assert said(turned) == [
        "Gateways stand in another order: “Authority to procure”, “Award”, “Release of a phase” "
        "and “Change of a contract” becomes “Change of a contract”, “Release of a phase”, “Award” "
        "and “Authority to procure”."
    ]
    old = LEEDS.routes[0]
    wide = replace(old, above=pounds(0), up_to=None)
    first = proposal("leeds", routes=(old, wide, *LEEDS.routes[1:]))
    second = proposal("leeds", routes=(wide, old, *LEEDS.routes[1:]))
    assert said(second, first) == [
        "Routes for the same stand in another order: above £100,000 and up to £500,000, any value "
        "becomes any value, above £100,000 and up to £500,000."
    ]


def test_tables_come_and_go_and_a_council_is_called_otherwise() -> None:
    readers = ClosedReaders(posts=("leeds/legal-services",), standing="sourced", where="rule 10")
    (line,) = said(proposal("leeds", closed=readers))
    assert (
        line
        == "Reading of closed parts is added: who may see them: Legal Services (sourced: rule 10)."
    )
    (line,) = said(LEEDS, proposal("leeds", closed=readers))
    assert line.startswith("Reading of closed parts is removed")
    line, _ = said(proposal("leeds", call_in=None))
    assert line.startswith("Call-in is removed: how long it may be made: 5 working days; what")
    (line,) = said(proposal("leeds", title="City of Leeds"))
    assert (
        line == "The council: what it is called changes from Leeds City Council to City of Leeds."
    )
