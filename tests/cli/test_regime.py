"""Which law governs, asked on the command line."""

import pytest

from tests.cli.conftest import Run

IN_2026 = ("regime", "--commenced", "2026-01-01")


def test_vat_and_options_count(run: Run) -> None:
    words = (*IN_2026, "--value", "£150,000")
    found = run(*words, "--vat", "30000", "--options", "27720", "--json").json
    assert (found["regime"], found["threshold"], found["above"]) == ("pa2023", "207720", True)
    assert run(*words).out.splitlines() == [
        "Procurement Act 2023: it commenced on 1 January 2026, on or after 24 February 2025 (P1)",
        "Below the threshold: £150,000 is below £207,720 (P2)",
        "No conflicts assessment is asked for (G5), and no least time to tender",
        "No summaries, no award notice (UK6) and no standstill are asked for (P3)",
        "A change that keeps the contract below it needs no ground and no notice (UK10) (T2)",
    ]
    above = run(*IN_2026, "--value", "207720").out.splitlines()
    assert above[1:] == ["Above the threshold: £207,720 reaches £207,720 (P2)"]


def test_health_care_has_no_threshold(run: Run) -> None:
    lines = run(*IN_2026, "--subject", "health-care").out.splitlines()
    assert lines[0].startswith("Provider Selection Regime: ")
    assert lines[1] == "It knows no threshold: it governs at any value"


def test_health_care_with_something_else_goes_by_what_is_worth_more(run: Run) -> None:
    words = (*IN_2026, "--health-care", "60", "--rest", "40")
    assert run(*words, "--json").json["regime"] == "psr2023"
    first = run(*words, "--separable").out.splitlines()[0]
    assert first.startswith("Procurement Act 2023: ")
    assert first.endswith("the rest could reasonably be supplied under a separate contract (P1)")


WRONG = [
    ("--value", "--value", "much"),
    ("--framework", "--framework", "2026-01-02"),
    ("--health-care, --rest", "--rest", "40"),
    ("--health-care, --rest", "--separable"),
    ("--rest", "--rest", "much", "--health-care", "1"),
]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("words", WRONG)
def test_what_cannot_be_read_gets_a_sentence(run: Run, words: tuple[str, ...]) -> None:
    named, *rest = words
    answer = run(*IN_2026, *rest)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{named}: ")
