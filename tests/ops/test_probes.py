"""Health and metrics of real processes: what operators may ask, and nobody else."""

from __future__ import annotations

import json

import httpx2
import pytest

from adapters.house import House
from tests.adapters.leeds import note
from tests.cli.running import countersign
from tests.houses import file_of
from tests.ops.served import served, soon
from tests.tools.ports import free_port


@pytest.mark.parametrize("command", ["web", "worker"])
def test_a_process_tells_its_health_and_measures_on_its_own_port(
    quiet: House, command: str
) -> None:
    with served(file_of(quiet).parent, command) as found:
        assert httpx2.get(f"{found.probes}/health/live").json() == {"live": True}
        ready = httpx2.get(f"{found.probes}/health/ready")
        assert (ready.status_code, ready.json()) == (200, {"ready": True, "missing": []})
        metrics = httpx2.get(f"{found.probes}/metrics")
        assert metrics.headers["content-type"].startswith("text/plain")
        assert "countersign_projection_lag_seconds" in metrics.text
        assert httpx2.get(f"{found.probes}/queue").status_code == 404


def test_the_page_shows_no_metrics_and_says_whether_it_is_ready(quiet: House) -> None:
    with served(file_of(quiet).parent) as found:
        assert httpx2.get(f"{found.page}/metrics").status_code == 404
        assert httpx2.get(f"{found.page}/health/ready").status_code == 200
        quiet.keys.file.rename(quiet.keys.file.with_suffix(".elsewhere"))
        for address in found.page, found.probes:
            answer = httpx2.get(f"{address}/health/ready")
            assert answer.status_code == 503
            assert answer.json()["missing"] == ["the key file is not there, or cannot be read"]


def test_metrics_are_told_at_the_address_that_is_set_and_no_other(quiet: House) -> None:
    with served(file_of(quiet).parent, "web", COUNTERSIGN_METRICS_HOST="127.0.0.2") as found:
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(f"{found.probes}/metrics")
        assert httpx2.get(found.probes.replace("0.0.1", "0.0.2") + "/metrics").status_code == 200


def test_a_worker_brings_its_lag_down(quiet: House) -> None:
    for _ in range(3):
        note(quiet)
    with served(file_of(quiet).parent, "worker") as found:
        caught = 'countersign_projection_lag_events{projection="queue"} 0.0'
        soon(lambda: caught in httpx2.get(f"{found.probes}/metrics").text)


def test_a_process_logs_lines_of_json(quiet: House) -> None:
    with served(file_of(quiet).parent) as found:
        answer = httpx2.get(f"{found.page}/sign-in")
        named = answer.headers["x-request-id"]
        soon(lambda: named in found.log.read_text())
        lines = [json.loads(one) for one in found.log.read_text().splitlines()]
    asked = [one for one in lines if one["event"] == "request"]
    assert [one["request_id"] for one in asked][-1:] == [named]
    assert {"timestamp", "level", "logger", "route", "status", "seconds"} <= asked[0].keys()


def test_a_port_that_is_taken_is_said_in_a_sentence(quiet: House) -> None:
    with served(file_of(quiet).parent) as found:
        port = found.probes.rpartition(":")[2]
        said = countersign(
            file_of(quiet).parent,
            "web",
            COUNTERSIGN_PORT=str(free_port()),
            COUNTERSIGN_METRICS_PORT=port,
        )
    assert said.code == 2
    assert f"port {port} for metrics cannot be listened on" in said.err
