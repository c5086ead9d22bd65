"""What follows from an answer: an address is verified, an endpoint disabled."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hmac import compare_digest
from typing import Any
from uuid import UUID

import msgspec

from adapters.ledgers.deliveries import State
from adapters.ledgers.recording import GONE, Result
from adapters.ledgers.schedule import Schedule
from domain.endpoints import EndpointCommand
from domain.keeping_endpoints import DisableEndpoint, VerifyEndpoint
from domain.published import VERIFICATION
from domain.refusals import Refused, Stale

logger = logging.getLogger("countersign.delivery")


class Noticing:
    """``record`` puts a command on record, as whatever delivers."""

    def __init__(
        self,
        record: Callable[[EndpointCommand], None],
        code: Callable[[UUID], str],
        schedule: Schedule,
    ) -> None:
        self._record, self._code, self._schedule = record, code, schedule

    def __call__(self, state: State, result: Result) -> None:
        """Looks at one result that is on record. Raises Unavailable."""
        about, first = (state.authority, state.name), result.due[0]
        if result.status == GONE:
            said = "It answered 410: gone"
            self._done(DisableEndpoint(*about, "gone", said))
        elif result.error and state.failing >= self._schedule.given_up:
            said = f"Nothing was taken for {state.failing / 3600:.0f} hours. {result.error}"
            self._done(DisableEndpoint(*about, "failing", said))
        elif first.kind == VERIFICATION and not result.error and self._proved(first.lane, result):
            self._done(VerifyEndpoint(*about, first.lane))

    def _proved(self, address: UUID, result: Result) -> bool:
        """Whether the answer gives the code back, as ``{"code": …}``: an echo of all does not."""
        try:
            said: Any = msgspec.json.decode(result.answer)
        except msgspec.DecodeError:
            return False
        code = said.get("code") if isinstance(said, dict) else None
        return isinstance(code, str) and compare_digest(code, self._code(address))

    def _done(self, command: EndpointCommand) -> None:
        try:
            self._record(command)
        except (Refused, Stale) as error:
            logger.info("an answer of an endpoint changed nothing: %s", error)
