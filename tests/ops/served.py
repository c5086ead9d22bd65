"""The product's processes on free ports of this machine."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2

from tests.cli.running import PROGRAM
from tests.tools.ports import free_port


class Served(NamedTuple):
    process: subprocess.Popen[str]
    page: str
    probes: str
    log: Path


@contextmanager
def served(data: Path, command: str = "web", **settings: str) -> Iterator[Served]:
    """A process that answers its probes. It is killed if it has not ended by itself."""
    page, probes, log = free_port(), free_port(), data / f"{command}.log"
    environment = {
        **os.environ,
        "COUNTERSIGN_DATA": str(data),
        "COUNTERSIGN_PORT": str(page),
        "COUNTERSIGN_METRICS_PORT": str(probes),
        "COUNTERSIGN_LOG_LEVEL": "info",
        "COUNTERSIGN_LOG_FORMAT": "json",
        **settings,
    }
    with (
        log.open("w") as said,
        subprocess.Popen(
            [PROGRAM, command], env=environment, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
    ):
        found = Served(process, f"http://127.0.0.1:{page}", f"http://127.0.0.1:{probes}", log)
        try:
            soon(
                lambda: answers(
                    f"{found.probes if command == 'worker' else found.page}/health/live"
                )
            )
            yield found
        finally:
            process.kill()


def answers(address: str) -> bool:
    try:
        return httpx2.get(address).status_code == 200
    except httpx2.TransportError:
        return False


def soon(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Waits for as long as a slow machine may take."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError("it has not happened")
