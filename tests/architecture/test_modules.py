"""Modules stay small enough to be read in one go."""

from __future__ import annotations

from statistics import median

from tests.architecture.sources import ROOMS, modules, name

LENGTHS = {name(path): len(path.read_text("utf-8").splitlines()) for path in modules(*ROOMS)}


def test_the_median_module_is_well_under_120_lines() -> None:
    assert median(LENGTHS.values()) < 120


def test_a_module_over_250_lines_is_asking_to_be_two() -> None:
    assert {path: lines for path, lines in LENGTHS.items() if lines > 250} == {}
