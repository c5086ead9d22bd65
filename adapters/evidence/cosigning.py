"""Has the latest checkpoint cosigned by witnesses, each with a proof from what it saw last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, literal_column, select

from adapters.database import Database
from adapters.evidence.asking import Away, posted
from adapters.evidence.notes import Malformed, opened
from adapters.evidence.seals import Sealed, Seals
from adapters.evidence.signer import Refusal
from adapters.evidence.tables import cosignatures
from adapters.evidence.tree import Missing
from adapters.evidence.witness import Asked
from adapters.evidence.witnesses import Witnessed

KIND = "text/plain; charset=utf-8"


class Cosigner:
    def __init__(self, database: Database, seals: Seals, witnesses: Sequence[Witnessed]) -> None:
        self._database, self._seals, self._witnesses = database, seals, witnesses

    def cosign(self) -> int:
        """How many signed anew. Raises Refusal, where one has seen another history; Away."""
        away, count = [], 0
        for one in self._witnesses:
            try:
                count += self._asked(one)
            except Away as error:
                away.append(str(error))
        if away:
            raise Away("; ".join(away))
        return count

    def _asked(self, one: Witnessed) -> bool:
        latest, known = self._seals.latest(), self._known(one)
        if latest is None or latest.size == known:
            return False
        status, said = self._told(one, latest, known)
        if status == 409 and said.strip().isdigit() and int(said) != known:
            status, said = self._told(one, latest, int(said))
        if status == 200:
            self._keep(one, latest, said)
            return True
        what = f"{one.key.name} does not sign {latest.size} entries: {status} {said.strip()}"
        if status in (409, 422):
            raise Refusal(what)
        raise Away(what)

    def _told(self, one: Witnessed, latest: Sealed, known: int) -> tuple[int, str]:
        """What it answers to a proof from where it was. Raises Refusal, Away."""
        if known > latest.size:
            raise Refusal(f"{one.key.name} has seen {known} entries; there are {latest.size}")
        try:
            proof = self._seals.consistency(known, latest.size)
        except Missing as error:
            raise Refusal(str(error)) from None
        return _post(one.url, Asked(known, proof, latest.note).text())

    def _known(self, one: Witnessed) -> int:
        mine = cosignatures.c.witness == one.key.name
        with self._database.read() as db:
            return db.scalar(select(func.max(cosignatures.c.size)).where(mine)) or 0

    def _keep(self, one: Witnessed, latest: Sealed, line: str) -> None:
        """Raises Away where it is no signature of this witness."""
        try:
            _, by = opened(latest.note + line, [one.key])
        except Malformed as error:
            raise Away(f"{one.key.name} sends what is no signature: {error}") from None
        if one.key not in by:
            raise Away(f"{one.key.name} signs with another key than the one that is set")
        now: Any = literal_column(self._database.seconds)
        row = {"size": latest.size, "witness": one.key.name, "line": line, "at": now}
        add = self._database.insert(cosignatures).values(row).on_conflict_do_nothing()
        with self._database.write() as db:
            db.execute(add)


def _post(url: str, body: str) -> tuple[int, str]:
    """Raises Away where nobody answers."""
    status, said = posted(url.rstrip("/") + "/add-checkpoint", body.encode(), KIND)
    return status, said.decode("utf-8", "replace")
