"""Who asks through a proxy is counted by their own address, where the proxy is known."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
import pytest

from adapters.house import House
from tests.cli.running import countersign
from tests.houses import file_of
from tests.ops.served import Served, served

MOST = 2


def signed_in(found: Served, passed_on_for: str) -> int:
    """The status of an attempt that a proxy on this machine passes on."""
    headers = {"sec-fetch-site": "same-origin", "x-forwarded-for": passed_on_for}
    answer = httpx2.post(f"{found.page}/sign-in", data={"person": "nobody"}, headers=headers)
    return answer.status_code


def await_room() -> None:
    """Attempts are counted in minutes of the clock: all of these belong into one."""
    if (gone := time.time() % 60) > 50:
        time.sleep(60 - gone)


@pytest.mark.parametrize(
    ("proxies", "others"),
    [("127.0.0.1", 404), ("10.0.0.0/8, 127.0.0.0/8", 404), ("10.0.0.1", 429)],
)
def test_an_address_that_tries_too_often_keeps_nobody_else_out(
    quiet: House, proxies: str, others: int
) -> None:
    settings = {"SIGN_INS_PER_MINUTE": str(MOST), "TRUSTED_PROXIES": proxies}
    named = {f"COUNTERSIGN_{one}": value for one, value in settings.items()}
    with served(file_of(quiet).parent, "web", **named) as found:
        await_room()
        tries = [signed_in(found, "203.0.113.1") for _ in range(MOST + 1)]
        assert tries == [404] * MOST + [429]
        assert signed_in(found, "203.0.113.2") == others


@pytest.mark.parametrize("said", ["proxy", "10.0.0.1/8", "", "127.0.0.1,,10.0.0.1"])
def test_what_is_no_address_is_said(tmp_path: Path, said: str) -> None:
    told = countersign(tmp_path, "web", COUNTERSIGN_TRUSTED_PROXIES=said)
    assert told.code == 2
    assert "COUNTERSIGN_TRUSTED_PROXIES" in told.err
    assert list(tmp_path.iterdir()) == []
