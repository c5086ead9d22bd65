"""A procurement declared as the event store's library has it, and kept in its repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import JSONTranscoder, Transcoding

from tests.tools.postgres import OWNER

Facts = Mapping[str, Any]


class DeclaredProcurement(Aggregate):
    """The same facts as ours holds after such a history; it checks nothing either."""

    @event("Opened")
    def __init__(self, stamp: Facts, facts: Facts) -> None:
        self.facts, self.last = facts, stamp
        self.reports: dict[Any, dict[str, Any]] = {}
        self.notes: list[Facts] = []

    @event("ReportPutUp")
    def put_up_report(self, stamp: Facts, report: Facts) -> None:
        self.last = stamp
        self.reports[report["report"]] = {**report, "by": stamp["by"], "state": "open"}

    @event("ReportWithdrawn")
    def withdraw_report(self, stamp: Facts, withdrawn: Facts) -> None:
        self.last = stamp
        self.reports[withdrawn["report"]]["state"] = "withdrawn"

    @event("DecisionTaken")
    def take_decision(self, stamp: Facts, decision: Facts) -> None:
        self.last = stamp
        report = self.reports.setdefault(decision["report"], {})
        report.update(state="decided", decision=decision)

    @event("SourceNoteMade")
    def note(self, stamp: Facts, note: Facts) -> None:
        self.last = stamp
        self.notes.append(note)


def declared(history: Sequence[tuple[Facts, Facts]]) -> DeclaredProcurement:
    """The same from stamps and events; the first opens it."""
    (stamp, facts), *others = history
    found = DeclaredProcurement(stamp, facts)
    for stamp, facts in others:
        match facts["event"]:
            case "report-put-up/1":
                found.put_up_report(stamp, facts)
            case "report-withdrawn/1":
                found.withdraw_report(stamp, facts)
            case "source-note-made/1":
                found.note(stamp, facts)
    return found


class DateAsISO(Transcoding):
    """The library has transcodings for ids, decimals and times, but none for days."""

    type, name = date, "date_iso"

    def encode(self, obj: date) -> str:
        return obj.isoformat()

    def decode(self, data: str) -> date:
        return date.fromisoformat(data)


class Declared(Application[UUID]):
    """The library's application, as its documentation sets it up."""

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        super().register_transcodings(transcoder)
        transcoder.register(DateAsISO())


def settings(database: str, port: int) -> dict[str, str]:
    """How the library finds a PostgreSQL database of this machine."""
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": database,
        "POSTGRES_HOST": "127.0.0.1",
        "POSTGRES_PORT": str(port),
        "POSTGRES_USER": OWNER,
        "POSTGRES_PASSWORD": "trusted",
        "POSTGRES_MAX_OVERFLOW": "20",
    }
