"""Terms that can be added when a procurement is opened: framework, phases, contracts replaced."""

from __future__ import annotations

from collections.abc import Iterable

from domain.terms import ExistingContract, Framework, Mixed, Phase
from domain.values import Amount, When
from web.forms.base import YES_NO, Answers, Asked, Field, day_value
from web.forms.kinds import tokens

MORE = {
    "mixed": "Say what health care is bought with",
    "framework": "Call it off a framework agreement",
    "phases": "Divide it into phases",
    "existing": "Name contracts that it replaces",
}
LAW = "The law goes by it. Where it is not known the first day of call-off stands in"
MIXED = "Its law governs if not, and if health care is worth more"
PHASES, CONTRACTS = 3, 3
OPTIONS = "In their order, such as 24, 24. You may leave this empty"
MOST_OPTIONS = 9


def _added(asked: Asked, what: str) -> bool:
    return what in tokens(asked, "with")


def more_fields(asked: Asked) -> list[Field]:
    found: list[Field] = []
    if _added(asked, "mixed"):
        share = "In pounds, or as a share of 100: only which is more counts"
        apart = "Could the rest reasonably be supplied under a separate contract?"
        found += [
            Field("mixed", "Health care with something else", "heading"),
            Field("mixed-health", "What the health care is worth", "money", share),
            Field("mixed-rest", "What the rest is worth", "money"),
            Field("mixed-separable", apart, "radios", MIXED, "", YES_NO),
        ]
    if _added(asked, "framework"):
        found += [
            Field("framework", "The framework agreement", "heading"),
            Field("framework-reference", "Its reference", "text", "Such as RM6187"),
            Field("framework-title", "Its title", "text"),
            Field("framework-lot", "Lot", "text"),
            Field("framework-since", "First day on which it can be called off", "day"),
            Field("framework-commenced", "Day on which its own procurement commenced", "day", LAW),
            Field("framework-until", "Last day on which it can be called off", "day"),
        ]
    if _added(asked, "phases"):
        left = "Leave the purpose empty where there is no such phase"
        found.append(Field("phases", "Phases", "heading"))
        for n in range(1, PHASES + 1):
            condition = "Only if it waits for something" if n > 1 else "You may leave this empty"
            found += [
                Field(f"phase-{n}", f"What phase {n} is for", "text", left),
                Field(f"amount-{n}", f"Phase {n}, up to", "money"),
                Field(f"condition-{n}", f"Condition of phase {n}", "text", condition),
            ]
    if _added(asked, "existing"):
        found.append(Field("existing", "Contracts that it replaces", "heading"))
        left = "Leave it empty where it replaces no such contract"
        for n in range(1, _contracts(asked) + 1):
            plan = asked.p.existing[n - 1] if n <= len(asked.p.existing) else None
            ends = day_value(plan.ends.day) if plan and plan.ends.precision == "day" else ""
            found += [
                Field(f"contract-{n}", f"Contract {n}", "text", left, plan.what if plan else ""),
                Field(f"with-{n}", "With whom", "text", "", plan.supplier if plan else ""),
                Field(f"ends-{n}", f"Last day of contract {n}", "day", "", ends),
            ]
    return found


def _contracts(asked: Asked) -> int:
    return max(CONTRACTS, len(asked.p.existing))


def framework(asked: Asked, answers: Answers) -> Framework | None:
    if not _added(asked, "framework"):
        return None
    since = answers.day("framework-since", "the first day of the framework")
    until = answers.day("framework-until", "the last day of the framework")
    if until < since:
        answers.mistakes.setdefault("framework-until", "The last day is before the first")
    return Framework(
        answers.text("framework-reference", "the reference of the framework", most=100),
        answers.text("framework-title", "the title of the framework", most=300),
        answers.text("framework-lot", "the lot", most=200),
        since,
        until,
        answers.day_if_any("framework-commenced", "the day on which the framework commenced"),
    )


def mixed(asked: Asked, answers: Answers) -> Mixed | None:
    if not _added(asked, "mixed"):
        return None
    separable = answers.one_of(
        "mixed-separable", "whether the rest can be had apart", ("yes", "no")
    )
    return Mixed(
        answers.pounds("mixed-health", "what the health care is worth"),
        answers.pounds("mixed-rest", "what the rest is worth"),
        separable == "yes",
    )


def phases(asked: Asked, answers: Answers) -> tuple[Phase, ...]:
    found = []
    for n in range(1, PHASES + 1):
        if _added(asked, "phases") and answers.optional(f"phase-{n}"):
            purpose = answers.text(f"phase-{n}", f"what phase {n} is for", most=1000)
            amount = Amount("up-to", answers.pounds(f"amount-{n}", f"the amount of phase {n}"))
            found.append(Phase(purpose, amount, answers.optional(f"condition-{n}")))
    if _added(asked, "phases") and not found:
        answers.mistakes["phase-1"] = "Enter what phase 1 is for"
    return tuple(found)


def existing(asked: Asked, answers: Answers) -> tuple[ExistingContract, ...]:
    found = []
    for n in range(1, _contracts(asked) + 1):
        if _added(asked, "existing") and answers.optional(f"contract-{n}"):
            what = answers.text(f"contract-{n}", f"contract {n}", most=300)
            ends = When(answers.day(f"ends-{n}", f"the last day of contract {n}"))
            found.append(ExistingContract(what, ends, answers.optional(f"with-{n}")))
    if _added(asked, "existing") and not found:
        answers.mistakes["contract-1"] = "Name a contract that it replaces"
    return tuple(found)


def joined(options: Iterable[int]) -> str:
    return ", ".join(str(one) for one in options)


def options_of(name: str, answers: Answers) -> tuple[int, ...]:
    """Options to extend, in months and in their order."""
    sent = answers.optional(name).replace(",", " ").split()
    read = Answers({str(n): one for n, one in enumerate(sent)})
    found = tuple(read.whole(str(n), "months", 1, 600) for n in range(len(sent)))
    if read.mistakes or len(sent) > MOST_OPTIONS:
        answers.mistakes[name] = "Give each option in months, in their order, such as 24, 24"
        return ()
    return found
