"""A real Chromium against the real program, started as ``make run`` starts it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.tools import chromium
from tests.tools.stack import whole_stack

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium.executable()),
        "args": FLAGS,
    }


class Site:
    """A running Countersign, and pages on it with and without JavaScript."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address, self._browser = address, browser
        self.said: list[str] = []

    def page(self, *, javascript: bool = True) -> Page:
        context = self._browser.new_context(
            java_script_enabled=javascript,
            base_url=self.address,
            ignore_https_errors=True,
            viewport={"width": 1200, "height": 900},
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda one: self._heard(one.type, one.text))
        page.on("pageerror", lambda one: self.said.append(str(one)))
        return page

    def _heard(self, kind: str, text: str) -> None:
        """Errors in the console count, but for the status of a page that says what is wrong."""
        if kind == "error" and "status of 4" not in text:
            self.said.append(text)


Running = Callable[..., AbstractContextManager[Site]]


@pytest.fixture
def running(browser: Browser) -> Running:
    """The program on what lies in a folder, as long as it is entered."""

    @contextmanager
    def started(data: Path, **settings: str) -> Iterator[Site]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        where = {"COUNTERSIGN_DATA": str(data), "COUNTERSIGN_PORT": str(port)}
        command = [str(Path(sys.executable).with_name("countersign")), "run"]
        environment = {**os.environ, **where, **settings}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            try:
                address = f"http://127.0.0.1:{port}"
                _wait_for(address, process)
                found = Site(address, browser)
                yield found
                assert found.said == []
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(20)

    return started


@pytest.fixture
def site(tmp_path: Path, running: Running) -> Iterator[Site]:
    with running(tmp_path) as found:
        yield found


@pytest.fixture
def stack_site(tmp_path: Path, browser: Browser) -> Iterator[Site]:
    """All that compose.yaml starts, behind its proxy."""
    with whole_stack(tmp_path) as found:
        running = Site(found.address, browser)
        yield running
        assert running.said == []


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the program ended"
        try:
            with urllib.request.urlopen(f"{address}/sign-in"):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the program does not answer")


def sign_in(page: Page, post: str, council: str = "Leeds City Council") -> None:
    page.goto("/sign-in")
    people = page.locator("section", has=page.get_by_role("heading", name=council))
    people.get_by_role("button", name=re.compile(f"^{re.escape(post)}")).click()
    page.get_by_role("heading", name="My queue").wait_for()


def open_case(page: Page, reference: str) -> None:
    page.goto(f"/procurements/{reference}")
    page.get_by_role("heading", name="What may happen next").wait_for()
