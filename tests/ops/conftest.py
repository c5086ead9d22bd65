"""The demonstration, up to date, for processes to serve."""

from __future__ import annotations

import pytest

from adapters.house import House


@pytest.fixture
def quiet(demo: House) -> House:
    demo.catch_up()
    return demo
