"""Logs to the standard error: a line for each thing that happened, as JSON or to be read.

Of an exception its kind and where it was raised are logged, never its message: that may quote what
somebody wrote, or what is closed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import TextIO

from structlog.contextvars import merge_contextvars
from structlog.dev import ConsoleRenderer
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor

OURS = ("countersign", "uvicorn")
"""Whose messages are logged as they read; of others' only what is the same each time."""


def set_up(form: str, level: str, to: TextIO = sys.stderr) -> None:
    """For the whole process. ``form`` is text or json."""
    gathering: list[Processor] = [
        merge_contextvars,
        ExtraAdder(),
        add_logger_name,
        add_log_level,
        TimeStamper(fmt="iso", utc=True),
        only_templates,
        without_messages,
    ]
    shown: Processor = JSONRenderer() if form == "json" else ConsoleRenderer(colors=False)
    handler = logging.StreamHandler(to)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=gathering,
            processors=[ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())


def only_templates(_logger: logging.Logger, _method: str, told: EventDict) -> EventDict:
    """What libraries put into their messages may be anything."""
    record: logging.LogRecord = told["_record"]
    if record.name.partition(".")[0] not in OURS:
        told["event"] = (
            str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
        )
    return told


def without_messages(_logger: logging.Logger, _method: str, told: EventDict) -> EventDict:
    """Puts the kinds of exceptions, and where they were raised, for the exceptions themselves."""
    raised = told.pop("exc_info", None)
    error = raised[1] if isinstance(raised, tuple) else None
    if error is not None:
        chain = list(_chain(error))
        told["error"] = " from ".join(type(one).__qualname__ for one in chain)
        frames = traceback.extract_tb(chain[-1].__traceback__)
        told["at"] = [f"{one.filename}:{one.lineno} {one.name}" for one in frames]
    return told


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, and those that it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
