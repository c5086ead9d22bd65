"""The command that says which procurement law governs, and whether its threshold is reached."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from countersign.commands.dates import day
from countersign.commands.look import AsJson
from domain.governing import governing, measured
from domain.reading import Mistake, Mistaken
from domain.regimes import Subject
from domain.terms import Mixed
from domain.values import check_pounds

LAWS = {
    "pcr2015": "Public Contracts Regulations 2015",
    "pa2023": "Procurement Act 2023",
    "psr2023": "Provider Selection Regime",
}


BELOW = (
    "No conflicts assessment is asked for (G5), and no least time to tender",
    "No summaries, no award notice (UK6) and no standstill are asked for (P3)",
    "A change that keeps the contract below it needs no ground and no notice (UK10) (T2)",
)


def regime(
    commenced: Annotated[str, typer.Option(help="When the procurement commenced: day or time.")],
    subject: Annotated[Subject, typer.Option(help="What is bought.")] = "services",
    value: Annotated[str | None, typer.Option(help="Pounds; without it: not known.")] = None,
    vat: Annotated[str, typer.Option(help="Pounds of VAT that the value leaves out.")] = "0",
    options: Annotated[str, typer.Option(help="Pounds of options that it leaves out.")] = "0",
    framework: Annotated[
        str | None, typer.Option(help="For a call-off: when its framework commenced.")
    ] = None,
    health_care: Annotated[
        str | None, typer.Option(help="With --rest: what health care is worth, or its share.")
    ] = None,
    rest: Annotated[
        str | None, typer.Option(help="What health care is bought with: its worth, or share.")
    ] = None,
    separable: Annotated[
        bool, typer.Option("--separable", help="The rest could reasonably be bought apart.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Which law governs, and whether the value reaches the threshold, each with its reason."""
    began, of_framework = day(commenced), day(framework) if framework else None
    if of_framework and of_framework > began:
        raise Mistaken([Mistake("--framework", "commenced before what is called off from it")])
    extra = _pounds("--vat", vat) + _pounds("--options", options)
    whole = None if value is None else _pounds("--value", value) + extra
    if (health_care is None) != (rest is None) or (separable and rest is None):
        raise Mistaken([Mistake("--health-care, --rest", "go together")])
    mixed = None
    if health_care is not None and rest is not None:
        worth = _pounds("--health-care", health_care), _pounds("--rest", rest)
        mixed = Mixed(*worth, separable)
    law = governing(subject, began, of_framework, mixed)
    found: dict[str, object] = {"regime": law.regime, "because": law.because}
    said = [f"{LAWS[law.regime]}: {law.because} (P1)"]
    if law.regime == "psr2023":
        said.append("It knows no threshold: it governs at any value")
    else:
        size = measured(subject, of_framework or began, whole)
        found |= {"threshold": size.threshold, "above": size.above, "compared": size.because}
        said.append(f"{'Above' if size.above else 'Below'} the threshold: {size.because} (P2)")
        if law.regime == "pa2023" and not size.above:
            said += BELOW
    if as_json:
        print(json.dumps(found, default=str, indent=2, ensure_ascii=False))
    else:
        print("\n".join(said))


def _pounds(name: str, text: str) -> Decimal:
    try:
        found = Decimal(text.removeprefix("£").replace(",", ""))
        check_pounds(found)
    except (InvalidOperation, ValueError):
        raise Mistaken([Mistake(name, "is no amount in pounds and pence")]) from None
    return found
