"""The rules. Importing the package makes every event and command known."""

from domain import authority, call_in, contract, market, publication, standstill

__all__ = ["authority", "call_in", "contract", "market", "publication", "standstill"]
