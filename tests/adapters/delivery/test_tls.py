"""Encryption: to the address that was checked, under the name that was asked for, or not at all."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from adapters.delivery.guard import Guard
from adapters.delivery.names import Names
from adapters.delivery.webhook import Answer, Poster
from tests.tools.name_server import NameServer
from tests.tools.receiver import Receiver, takes

NAME = "hooks.example.com"


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    """A server's, which is its own authority; ``ca.pem`` is what a client has to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    return context


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Whose certificate is trusted, by its one name."""
    with Receiver(takes, certificate(tmp_path, NAME)) as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        yield found


def posted(name: str, port: int) -> Answer:
    """Every name leads to this machine here."""

    async def post(guard: Guard) -> Answer:
        poster = Poster(guard, 3.0)
        try:
            return await poster.post(f"https://{name}:{port}/", b"{}", {})
        finally:
            await poster.close()

    with NameServer(lambda *_: ["127.0.0.1"]) as server:
        names = Names(["127.0.0.1"], server.port)
        return asyncio.run(post(Guard(names.lookup, loopback=True)))


def test_a_certificate_for_the_name_is_accepted(receiver: Receiver) -> None:
    assert posted(NAME, receiver.port).error == ""
    assert receiver.received[0].headers["host"] == f"{NAME}:{receiver.port}"


def test_a_certificate_for_another_name_is_not(receiver: Receiver) -> None:
    answer = posted("other.example.com", receiver.port)
    assert answer.error == "Its certificate is not valid for its name"
    assert receiver.received == []


def test_nor_one_of_an_authority_that_nobody_trusts(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert posted(NAME, receiver.port).error == "Its certificate is not valid for its name"
    assert receiver.received == []


def test_what_speaks_no_tls_gets_nothing() -> None:
    with Receiver(takes) as plain:
        assert posted(NAME, plain.port).error == "No encrypted connection could be made"
        assert plain.received == []
