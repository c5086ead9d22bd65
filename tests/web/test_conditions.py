"""What delegated authority is subject to, over HTTP: asked for, shown, waiting, and met."""

from __future__ import annotations

from domain.conditioned import Condition
from domain.delegation import delegation_id
from domain.effects import DelegateAuthority
from tests.web.conftest import Browser
from tests.web.journey import CLERK, DIRECTOR, LAWYER, OFFICER
from tests.web.test_passing_on import AGREED, act, balance
from tests.web.test_putting_up import ASKED, CASE, DELEGATED, DEPUTY, PAGE, REFERENCE, report, text
from tests.web.test_putting_up import meals as meals

FUNDED = "the department confirms the funding"
SUBJECT = {
    **ASKED,
    **DELEGATED,
    "with": "delegation",
    "cap": "250,000",
    "cap-exempt": "no",
    "competition-before-award": "every kitchen is surveyed\n\nthe rent is agreed",
    "granted-before-award": FUNDED,
    "granted-before-signature": "a bond is lodged",
    "granted-in-every-award": "on the best terms",
    "granted-shown-by": LAWYER,
}
EVIDENCE = {"evidence": "Letter of 3 November"}


def granted(web: Browser) -> str:
    assert web.fill(PAGE, **SUBJECT).status_code == 200
    decide = f"{CASE}/reports/{report(web).id}/decide"
    web.sign_in(DIRECTOR).fill(decide, **AGREED, interests="none-declared", step="confirm")
    (decision,) = web.house.procurement(REFERENCE).decisions
    return f"{decision} b"


def test_conditions_are_put_together_in_the_form(meals: Browser) -> None:
    granted(meals)
    (decision,) = meals.house.procurement(REFERENCE).decisions
    terms = meals.house.delegation(delegation_id(decision, "b")).terms
    assert terms.conditions == (
        Condition(FUNDED, "before-award", LAWYER),
        Condition("a bond is lodged", "before-signature", LAWYER),
        Condition("on the best terms", "in-every-award"),
    )
    page = text(meals.get(CASE))
    assert "every kitchen is surveyed" in page
    assert "the rent is agreed" in page


def test_a_condition_waits_for_who_shows_it_and_is_then_met(meals: Browser) -> None:
    subject = granted(meals)
    title = f"Show that what resolution (b) is subject to is met: “{FUNDED}”"
    assert title in text(meals.sign_in(LAWYER).get("/queue"))
    page = balance(meals, subject)
    assert "Subject to this, to be met before the award: the department" in page
    assert "(Legal Services shows that it is)" in page
    assert page.count("Not met yet") == 2
    assert "Every award keeps to this: on the best terms" in page
    form = act("record-condition-met", f"{subject} 1")
    assert "the rules refuse the award" in text(meals.get(form))
    assert meals.fill(form, **EVIDENCE).status_code == 200
    for page in (
        balance(meals, subject),
        text(meals.get(f"{CASE}/decisions/{subject.split()[0]}")),
    ):
        assert "Met</strong>" in page
        assert ": Letter of 3 November" in page
    assert title not in text(meals.get("/queue"))
    told = f"Condition 1 of resolution (b) is met, “{FUNDED}”: Letter of 3 November."
    assert told in text(meals.get(f"/trail?reference={REFERENCE}"))


def test_nobody_else_shows_it_nor_without_evidence(meals: Browser) -> None:
    subject = granted(meals)
    before, form = meals.events, act("record-condition-met", f"{subject} 1")
    for post in CLERK, OFFICER, DEPUTY:
        assert "You cannot do this" in text(meals.sign_in(post).get(form))
        answer = meals.fill(form, **EVIDENCE)
        assert answer.status_code == 422
        assert "This is for Legal Services to do" in text(answer)
    empty = meals.sign_in(LAWYER).fill(form, evidence=" ")
    assert empty.status_code == 422
    assert "Enter what shows that it is met" in text(empty)
    for wrong in f"{subject} 9", f"{subject} x", "x":
        other = meals.fill(act("record-condition-met", wrong), **EVIDENCE)
        assert other.status_code == 422
        assert "There is no such condition to be met" in text(other)
    assert meals.events == before


def test_who_sets_the_budget_is_asked_and_shown(meals: Browser) -> None:
    within = {**SUBJECT, "cap": "", "budget-by": LAWYER}
    assert meals.fill(PAGE, **within).status_code == 200
    effect = report(meals).recommendations[1].effect
    assert isinstance(effect, DelegateAuthority)
    assert (effect.cap, effect.budget_by) == (None, LAWYER)
    assert "Legal Services sets the budget that it is within" in text(meals.get(CASE))
