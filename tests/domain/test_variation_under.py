"""What was delegated is not exceeded by changing the contract: changes draw on the balance (G1)."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.answers import Answer
from domain.budget import budget_id, committed
from domain.call_in import RecordCallIn
from domain.closing_call_in import CloseCallIn
from domain.consultation import AnswerConsultation, AskConsultees
from domain.delegating import RevokeAuthority
from domain.drawing import Drawn
from domain.effects import ApproveBudget, AuthoriseProcurement, VaryContract
from domain.values import Amount, Closed
from domain.variation import ChangeContract
from domain.withdrawing import WithdrawReport
from tests.domain.cases import (
    AWARD_REPORT_ID,
    DECISION_ID,
    asks,
    but,
    exactly,
    given,
    members,
    up_to,
)
from tests.domain.varying import MORE, to
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    CABINET,
    CASE,
    CLERK,
    DIRECTOR,
    FAMILIES,
    FOR_FAMILIES,
    FOR_HEALTH,
    HEALTH,
    MANAGER,
    REFERENCE,
    SIGNATURE,
    TERMS,
    UNDER,
    awarding,
    deciding,
    delegation,
    granted,
    reported,
    wyvern,
)
from tests.scenario import DAY, step

ON = date(2023, 9, 4)
CHANGING = replace(ALONE, variations=True)
"""Up to £300,000 for 36 months and two options of 24."""
CHEAP = but(SIGNATURE, amount=exactly("200000"))


def signed(terms: Any = CHANGING, **fields: Any) -> tuple[step, ...]:
    """A contract for £200,000 that was awarded under the authority."""
    award = awarding("200000", **fields)
    return (*granted(terms), reported(award), AWARD, CHEAP)


def report(change: VaryContract, n: int = 1, **fields: Any) -> step:
    return but(
        AWARD_REPORT.at(ON),
        report=UUID(int=80 + n),
        gateway="variation",
        recommendations=(asks(change),),
        **fields,
    )


def decision(n: int = 1, **fields: Any) -> step:
    ids = UUID(int=80 + n), UUID(int=90 + n)
    return step(deciding(*ids, "a", under=UNDER, **fields), DIRECTOR, ON)


def make(n: int = 1) -> step:
    return step(ChangeContract(CASE, UUID(int=90 + n), "a"), MANAGER, ON)


def test_a_change_under_the_authority_draws_what_it_adds() -> None:
    record = given(*signed(), report(to("290000")), decision())
    assert delegation(record).exercised[UUID(int=91)] == (
        Drawn(REFERENCE, exactly("90000"), 36, varies=True, label="a"),
    )
    assert delegation(record).drawn == 290_000


def test_a_change_does_not_exceed_what_was_delegated() -> None:
    given(*signed(), report(to("300000"))).when(decision()).outcome()
    beyond = replace(MORE, ground="provided-for")
    reason = given(*signed(), report(to("300000.01", beyond))).when(decision()).reason("G1")
    assert reason.startswith("£300,000.01 is more than was delegated in all, £300,000")
    first = (*signed(), report(to("250000")), decision(), make())
    given(*first, report(to("300000"), 2)).when(decision(2)).outcome()
    over = to("300001", beyond)
    given(*first, report(over, 2)).when(decision(2)).then_refused("G1")


def test_what_a_change_takes_off_the_price_stays_drawn() -> None:
    record = given(*signed(), report(to("150000")), decision())
    assert delegation(record).drawn == 200_000


def test_a_change_is_no_award_so_one_award_may_be_changed() -> None:
    assert ALONE.awards == "one"
    given(*signed(), report(to("210000"))).when(decision()).outcome()


def test_the_authority_says_that_it_covers_changes() -> None:
    reason = given(*signed(ALONE)).when(report(to("210000"))).reason("G1")
    assert reason == "The authority is to award contracts, and not to change them"


def test_a_change_makes_no_contract_longer_than_was_delegated() -> None:
    longer = replace(MORE, ground="provided-for", months=1)
    reason = given(*signed(), report(longer)).when(decision()).reason("T1")
    assert reason == "The authority is for a contract of 36 months at most"
    short = signed(replace(CHANGING, months=37))
    given(*short, report(longer)).when(decision()).outcome()
    unlimited = signed(replace(CHANGING, months=None))
    given(*unlimited, report(longer)).when(decision()).outcome()


def test_who_awarded_under_authority_does_not_go_around_it() -> None:
    """By the scheme of delegation alone the Director could decide up to £500,000."""
    free = report(to("290000"), under=None)
    assert given(*signed()).when(free).reason("G1") == (
        "The contract was awarded under delegated authority: put the change up under that too, "
        "or to who gave it"
    )
    cabinet = but(free, to=CABINET, decision_class="cabinet")
    given(*signed()).when(cabinet).outcome()


def test_an_amount_that_is_not_known_shows_no_cap_kept() -> None:
    hidden, provided = Amount("exempt"), replace(MORE, ground="provided-for")
    award = reported(replace(awarding("200000"), amount=hidden))
    signature = but(CHEAP, amount=hidden)
    imported = (one._replace(source="the minutes") for one in (award, AWARD, signature))
    before = (*granted(CHANGING), *imported, report(to("250000", provided)))
    reason = given(*before).when(decision()).reason("G1")
    assert reason == "An amount is not known: nothing shows that the cap is kept"


def test_an_exempt_price_draws_an_exempt_amount() -> None:
    secret = Amount("exempt", closed=Closed("290000"))
    record = given(*signed(), report(to(secret)), decision())
    ((drawn,),) = [delegation(record).exercised[UUID(int=91)]]
    assert drawn.amount == Amount("exempt", closed=Closed("90000"))


def test_consultees_were_asked_about_the_change_as_put_up() -> None:
    asked = replace(TERMS, variations=True)

    def agreeing(post: str, of: UUID) -> AnswerConsultation:
        return AnswerConsultation(CASE, of, post, "agrees", "", "none-declared")

    def heard(of: UUID, on: date) -> tuple[step, ...]:
        return (
            step(AskConsultees(CASE, of), MANAGER, on),
            step(agreeing(HEALTH, of), FOR_HEALTH, on),
            step(agreeing(FAMILIES, of), FOR_FAMILIES, on),
        )

    award = reported(awarding("200000"))
    start = (*granted(asked), award, *heard(AWARD_REPORT_ID, DAY), AWARD, CHEAP)
    before = (*start, report(to("250000")), *heard(UUID(int=81), ON))
    given(*before).when(decision()).outcome()
    less = Answer("a", "agreed-as-amended", "Less will do", "Less", to("240000"))
    amended = but(decision(), answers=(less,))
    assert given(*before).when(amended).reason("G2") == (
        "(a) The consultees were asked about another change: put it up again, and ask them again"
    )


def test_nothing_but_awards_and_changes_is_decided_under_the_authority() -> None:
    both = (asks(MORE), asks(AuthoriseProcurement(up_to("1"), (), 0), "b"))
    refused = given(*signed()).when(but(report(MORE), recommendations=both))
    reasons = [one.reason for one in refused.then_refused("L1", "G1")]
    assert reasons[1] == "The authority is to award contracts, and to decide nothing else"


def budgeted(*, amount: str = "300000") -> tuple[step, ...]:
    """The same under an authority within the budget."""
    within = replace(CHANGING, cap=None)
    award = reported(awarding("200000"))
    return (*granted(within, ApproveBudget(up_to(amount))), award, AWARD, CHEAP)


def test_a_change_draws_on_the_budget_on_top_of_the_award() -> None:
    record = given(*budgeted(), report(to("290000")), decision())
    budget = record.record[budget_id(REFERENCE)]
    assert budget.exercised[UUID(int=91)] == (
        Drawn(REFERENCE, exactly("90000"), 36, varies=True, label="a"),
    )
    assert committed(up_to("300000"), budget.exercised.values()) == 290_000
    unknown = (Drawn(REFERENCE, Amount("unknown"), 36, varies=True, label="a"),)
    assert committed(up_to("300000"), [unknown]) is None


def test_what_a_change_that_was_referred_back_drew_goes_back_with_its_report() -> None:
    classes = tuple(
        replace(one, call_in=one.id == "officer") for one in wyvern().constitution.classes
    )
    open_to_it = wyvern(classes=classes)
    signature = CHEAP.at(date(2022, 12, 5))
    start = (*granted(CHANGING), reported(awarding("200000")), AWARD, signature)
    three = members("m1", "m2", "m3")
    called = step(RecordCallIn(CASE, UUID(int=91), three, "Why?"), CLERK, ON)
    back = step(CloseCallIn(CASE, UUID(int=91), "referred-back"), CLERK, ON)
    referred = (*start, report(to("290000")), decision(), called, back)
    before = given(*referred, rules_=open_to_it)
    assert delegation(before).drawn == 290_000
    revoked = step(RevokeAuthority(CASE, DECISION_ID, "c", "It went too far"), CLERK, ON)
    withdrawn = step(WithdrawReport(CASE, UUID(int=81), "Not now"), MANAGER, ON)
    after = given(*referred, revoked, withdrawn, rules_=open_to_it)
    assert delegation(after).drawn == 200_000
