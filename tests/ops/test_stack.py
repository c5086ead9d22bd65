"""What compose.yaml starts, started on this machine: the proxy, two pages and two workers."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import httpx2
import pytest
import redis

from adapters.evidence.keyring import read
from adapters.evidence.signer import Signer
from tests.tools.ports import free_port
from tests.tools.stack import Stack, make_secrets, proxy, whole_stack


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """On PostgreSQL and Valkey, with the demonstration."""
    with whole_stack(tmp_path_factory.mktemp("stack")) as found:
        yield found


@contextmanager
def asking(address: str, certificate: Path) -> Iterator[httpx2.Client]:
    trust = ssl.create_default_context(cafile=certificate)
    with httpx2.Client(base_url=address, verify=trust, timeout=10) as client:
        yield client


def test_the_page_is_reached_through_the_proxy_and_what_is_inside_is_not(running: Stack) -> None:
    with asking(running.address, running.certificate) as client:
        page = client.get("/sign-in")
        assert page.status_code == 200
        assert "max-age=31536000" in page.headers["strict-transport-security"]
        assert "server" not in page.headers
        assert len(page.headers["x-request-id"]) >= 8
        for path in "/metrics", "/metrics/x", "/health", "/health/live", "/health/ready":
            assert client.get(path).status_code == 404, path


def test_both_pages_take_requests_and_one_goes_on_when_the_other_ends(running: Stack) -> None:
    def answered(port: int) -> float:
        told = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
        lines = [one for one in told.splitlines() if 'route="/sign-in"' in one]
        return sum(float(one.split()[-1]) for one in lines if "_count{" in one)

    first, second = running.of("web")
    with asking(running.address, running.certificate) as client:
        for _ in range(20):
            assert client.get("/sign-in").status_code == 200
        assert answered(first.probes) > 0
        assert answered(second.probes) > 0
        first.process.terminate()
        for _ in range(20):
            assert client.get("/sign-in").status_code == 200
    assert first.process.wait(10) == 0


def test_replicas_are_as_many_as_the_file_says_and_each_is_well(running: Stack) -> None:
    names = ("web", "worker", "caddy", "redis")
    assert [len(running.of(one)) for one in names] == [2, 2, 1, 1]
    for one in running.of("worker"):
        assert httpx2.get(f"http://127.0.0.1:{one.probes}/health/ready").status_code == 200


def test_the_log_is_sealed_under_the_name_of_the_site_and_what_is_not_is_counted(
    running: Stack,
) -> None:
    kept = running.certificate.parent.parent
    keys = read(kept / "seal.key")
    assert keys.origin == "localhost/countersign"
    last = Signer(keys, kept / "signed").last()
    assert last is not None
    assert last.size > 50
    for one in running.of("worker"):
        told = httpx2.get(f"http://127.0.0.1:{one.probes}/metrics").text
        assert "\ncountersign_unsealed_events 0.0\n" in told


def test_redis_wants_its_password_and_keeps_nothing(running: Stack) -> None:
    (found,) = running.of("redis")
    with redis.Redis(port=found.page) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    address = (running.certificate.parent / "countersign_redis_url").read_text()
    with redis.Redis.from_url(address) as known:
        assert known.ping()
        assert known.config_get("save") == {b"save": b""} or known.config_get("save") == {
            "save": ""
        }
        assert known.config_get("maxmemory")


class Slowly(BaseHTTPRequestHandler):
    """Live updates: one at once, and the next when it is told."""

    go_on = Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"data: first\n\n")
        self.wfile.flush()
        self.go_on.wait(30)
        self.wfile.write(b"data: second\n\n")

    def log_message(self, *_: object) -> None:
        """Nothing."""


def test_the_proxy_passes_live_updates_on_as_they_come(tmp_path: Path) -> None:
    secrets, port = make_secrets(tmp_path, {}), free_port()
    with ThreadingHTTPServer(("127.0.0.1", 0), Slowly) as upstream:
        Thread(target=upstream.serve_forever, daemon=True).start()
        with (
            proxy(tmp_path, port, [upstream.server_port]),
            asking(f"https://localhost:{port}", secrets / "tls.crt") as client,
            client.stream("GET", "/live") as answer,
        ):
            coming = answer.iter_lines()
            assert next(coming) == "data: first"
            Slowly.go_on.set()
            assert "data: second" in list(coming)
        upstream.shutdown()
