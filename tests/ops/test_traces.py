"""Traces: sent where they are asked for, about routes and commands, never about their content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from adapters.house import House
from tests.houses import file_of
from tests.ops.served import served, soon
from tests.ops.test_ending import forms, signed_in
from tests.tools.ports import free_port
from tests.web.test_opening import LEEDS_FORM

CANARY = "vermilion-egret"
TRACE = "0af7651916cd43dd8448eb211c80319c"
QUICKLY = {"OTEL_BSP_SCHEDULE_DELAY": "200"}


class Collector(BaseHTTPRequestHandler):
    """Takes what is sent to it, and keeps it."""

    server: Collecting

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Collecting(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Collector)
        self.got: list[bytes] = []

    @property
    def spans(self) -> list[Any]:
        found = []
        for body in self.got:
            sent = ExportTraceServiceRequest.FromString(body)
            for resource in sent.resource_spans:
                for scope in resource.scope_spans:
                    found += scope.spans
        return found


@contextmanager
def collecting() -> Iterator[tuple[Collecting, str]]:
    with Collecting() as found:
        Thread(target=found.serve_forever, daemon=True).start()
        yield found, f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def attributes(span: Any) -> dict[str, str]:
    return {one.key: str(one.value) for one in span.attributes}


def test_requests_and_commands_are_spans_of_the_senders_trace(quiet: House) -> None:
    parent = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    form = {**next(forms(0)), "title": CANARY}
    with (
        collecting() as (collector, address),
        served(file_of(quiet).parent, OTEL_EXPORTER_OTLP_ENDPOINT=address, **QUICKLY) as found,
        signed_in(quiet, found) as client,
    ):
        client.get(f"/procurements/{CANARY}?done={CANARY}")
        assert client.post(LEEDS_FORM, data=form, headers=parent).status_code == 303
        soon(lambda: any(one.name == "command" for one in collector.spans))
        found.process.terminate()
        assert found.process.wait(10) == 0
        spans = {one.name: one for one in collector.spans}
    asked, command = spans["POST /procurements/open/{authority}"], spans["command"]
    assert not [name for name in spans if name.startswith("fastapi")]
    assert asked.trace_id.hex() == command.trace_id.hex() == TRACE
    assert command.parent_span_id == asked.span_id
    assert "open-procurement" in attributes(command)["countersign.kind"]
    assert form["command"] in attributes(command)["countersign.command_id"]
    assert not [one for one in collector.got if CANARY.encode() in one]


def test_a_collector_that_is_away_delays_no_answer_and_no_end(quiet: House) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    folder = file_of(quiet).parent
    with served(folder, OTEL_EXPORTER_OTLP_ENDPOINT=nowhere, **QUICKLY) as found:
        assert httpx2.get(f"{found.page}/sign-in").elapsed.total_seconds() < 5
        found.process.terminate()
        assert found.process.wait(10) == 0


def test_without_the_extra_the_page_is_served_and_says_so(quiet: House, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys; sys.modules['opentelemetry.sdk'] = None")
    path = os.pathsep.join([str(hidden), os.environ.get("PYTHONPATH", "")])
    asked = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "PYTHONPATH": path}
    with served(file_of(quiet).parent, **asked) as found:
        assert httpx2.get(f"{found.page}/sign-in").status_code == 200
        assert "countersign[otel] is not installed" in found.log.read_text()
