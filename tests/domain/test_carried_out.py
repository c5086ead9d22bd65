"""What is carried out was decided under authority that was good until it took effect (P7)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.constitution import Duty
from domain.contract import StartPhase
from domain.delegating import RevokeAuthority
from domain.effects import DelegateAuthority, ReleasePhase
from domain.terms import Phase
from tests.domain.cases import AWARD_ID, DECISION_ID, asks, but, given, up_to
from tests.domain.test_extending_under import decision as extending
from tests.domain.test_extending_under import report as extension
from tests.domain.test_extending_under import signed as extensible
from tests.domain.test_extension import SPRING, take_up
from tests.domain.test_variation_under import CHANGING, ON, decision, make, report, signed
from tests.domain.varying import to
from tests.domain.wyvern import CASE, CLERK, MANAGER, wyvern
from tests.scenario import step

RULES = wyvern()
CALLABLE = replace(
    RULES,
    constitution=replace(
        RULES.constitution,
        classes=tuple(
            replace(one, call_in=one.id == "officer") for one in RULES.constitution.classes
        ),
    ),
)
LATER = date(2023, 10, 2)
BY_AUTUMN = ON.replace(day=5)


def contract(terms: DelegateAuthority = CHANGING) -> tuple[step, ...]:
    """Signed when its award has effect, and changed in September by a decision."""
    *awarded, signature = signed(terms)
    return (*awarded, signature.at(date(2022, 12, 1)), report(to("290000")), decision())


def revoked(of: UUID, label: str, on: date) -> step:
    return step(RevokeAuthority(CASE, of, label, "Minute 7"), CLERK, on)


def test_a_change_is_not_made_whose_authority_was_revoked_before_it_took_effect() -> None:
    steps = contract()
    ended = revoked(DECISION_ID, "c", BY_AUTUMN)
    reason = given(*steps, ended, rules_=CALLABLE).when(make().at(LATER)).reason("P7")
    assert reason == (
        "The authority for it was revoked on 5 September 2023, and the decision to change the "
        "contract took effect on 12 September 2023: the decision to change the contract has to be "
        "made again"
    )
    given(*steps, rules_=CALLABLE).when(make().at(LATER)).outcome()
    after = revoked(DECISION_ID, "c", date(2023, 9, 12))
    given(*steps, after, rules_=CALLABLE).when(make().at(LATER)).outcome()


def test_nor_one_whose_authority_ran_out_before() -> None:
    steps = contract(replace(CHANGING, expires=BY_AUTUMN))
    record = given(*steps, rules_=CALLABLE)
    assert "ended on 5 September 2023" in record.when(make().at(LATER)).reason("P7")


def test_a_contract_is_not_extended_whose_authority_was_revoked_before_that_took_effect() -> None:
    steps, on = (*extensible(), extension(), extending()), SPRING.replace(day=3)
    ended, later = revoked(AWARD_ID, "b", on), take_up(1, SPRING.replace(day=20))
    reason = given(*steps, ended, rules_=CALLABLE).when(later).reason("P7")
    assert "and the decision to extend took effect on" in reason
    given(*steps, rules_=CALLABLE).when(later).outcome()


# Nobody decides on a phase under such authority; what was imported all the same is asked alike.


DUTY = Duty(
    act="start-phase", posts=(MANAGER.post,), standing="illustrative", where="procurement rules"
)
STARTING = wyvern(duties=(*RULES.constitution.duties, DUTY))


def test_nor_is_a_phase_started_whose_release_was_imported_under_authority_that_had_ended() -> None:
    phases = Phase("begin", up_to("100000")), Phase("go on", up_to("100000"))
    opened = but(signed()[0], phases=phases)
    release = but(report(to("1")), recommendations=(asks(ReleasePhase(2)),))
    ended = revoked(DECISION_ID, "c", date(2023, 6, 1))
    steps = (opened, *signed()[1:], step(StartPhase(CASE, 1), MANAGER, date(2023, 5, 2)), ended)
    late = tuple(one._replace(source="the minutes") for one in (release, decision()))
    start = step(StartPhase(CASE, 2), MANAGER, LATER)
    reason = given(*steps, *late, rules_=STARTING).when(start).reason("P7")
    assert reason == (
        "The authority for it was revoked on 1 June 2023, and the release of the phase took effect "
        "on 4 September 2023: the release of the phase has to be made again"
    )
