"""Signatures of Standard Webhooks: ``v1`` always, ``v1a`` beside it where the endpoint asks."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from hmac import digest

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.delivery.secrets import Signing


class Signer:
    """Signs with one or several keys at once, so that a receiver may change over in its time."""

    def __init__(self, signings: Sequence[Signing]) -> None:
        self._hmac = [b64decode(one.hmac.removeprefix("whsec_")) for one in signings]
        self._pairs = [_private(one) for one in signings if one.ed25519]

    def headers(self, number: str, timestamp: int, body: bytes) -> dict[str, str]:
        """``timestamp`` is of this attempt, in seconds since 1970."""
        signed = f"{number}.{timestamp}.".encode() + body
        found = [f"v1,{_text(digest(key, signed, 'sha256'))}" for key in self._hmac]
        found += [f"v1a,{_text(pair.sign(signed))}" for pair in self._pairs]
        return {
            "webhook-id": number,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": " ".join(found),
        }


def public_key(signing: Signing) -> str:
    """What ``v1a`` is verified with: no secret."""
    raw = _private(signing).public_key().public_bytes_raw()
    return f"whpk_{_text(raw)}"


def _private(signing: Signing) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b64decode(signing.ed25519.removeprefix("whsk_")))


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
