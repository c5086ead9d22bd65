"""Where nothing is sent: addresses inside, reserved or disguised, whatever name leads there."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlsplit

import idna

# The registries of special-purpose addresses, RFC 6890 and those after it. What Python calls
# global is not asked: in 3.11 it lets translations to inside addresses pass.
INSIDE = [
    ip_network(one)
    for one in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, metadata of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunnels
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]
UNICAST = ip_network("2000::/3")
"""Of IPv6 only this is handed out for the public at all: mapped, translated, private, link-local,
multicast and segment routing lie outside."""
INSIDE_6 = [
    ip_network(one)
    for one in (
        "2001::/23",  # protocol assignments, Teredo, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
METADATA_IN_PUBLIC = [IPv4Address("168.63.129.16")]
"""The one public address that a cloud uses for its own machines."""
LONGEST = 2000
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)\Z")
REMEMBERED = 5.0
"""Seconds for which a name is not looked up again for another attempt."""
Lookup = Callable[[str], Awaitable[Sequence[str]]]


class Forbidden(Exception):
    """Nothing is sent there. Says why, in a sentence for whoever gave the address."""


class Target(NamedTuple):
    """An address of a webhook, with its host as names are looked up."""

    url: str
    host: str
    port: int


class Guard:
    """Says where may be sent. ``ports`` are those of https that may be used.

    With ``loopback`` http and this machine are allowed too, as tests need it, and nothing else.
    """

    def __init__(
        self,
        lookup: Lookup,
        ports: Sequence[int] = (443,),
        *,
        loopback: bool = False,
        remembered: float = REMEMBERED,
    ) -> None:
        self._lookup, self._ports, self._loopback = lookup, ports, loopback
        self._remembered = remembered
        self._known: dict[str, tuple[float, list[str]]] = {}

    def target(self, url: str) -> Target:
        """What an address says, as far as its text goes. Raises Forbidden."""
        if len(url) > LONGEST or (not url.isascii() and not url.isprintable()):
            raise Forbidden("This address is too long or holds what no address does")
        if re.search(r"[\s\\\x00-\x20\x7f]", url):
            raise Forbidden("An address holds no spaces and no backslashes")
        try:
            parts = urlsplit(url)
            port, host = parts.port, parts.hostname or ""
        except ValueError:
            raise Forbidden(
                "This is no address: it begins with https:// and names a host"
            ) from None
        if parts.username is not None or parts.password is not None or "@" in parts.netloc:
            raise Forbidden("An address holds no user name and no password")
        if self._loopback and parts.scheme in ("http", "https") and _is_loopback(host):
            return Target(url, host, port or (80 if parts.scheme == "http" else 443))
        if parts.scheme != "https":
            raise Forbidden("An address begins with https://, so that nobody reads along")
        if port is not None and port not in self._ports and not self._loopback:
            allowed = ", ".join(map(str, self._ports))
            raise Forbidden(f"Port {port} is not used for webhooks here: {allowed}")
        name = _name(host)
        shown = parts._replace(netloc=name if port is None else f"{name}:{port}", fragment="")
        return Target(shown.geturl(), name, port or 443)

    async def addresses(self, host: str) -> list[str]:
        """All that a host is at, if all of them may be sent to. Raises Forbidden, or OSError."""
        if self._loopback and _is_loopback(host):
            return [host]
        until, found = self._known.get(host, (0.0, []))
        if monotonic() < until:
            return found
        found = [*await self._lookup(host)]
        if not found:
            raise OSError(f"{host} is at no address")
        for one in found:
            self._check(host, one)
        if len(self._known) > 1000:
            self._known.clear()
        self._known[host] = monotonic() + self._remembered, found
        return found

    def _check(self, host: str, address: str) -> None:
        try:
            found = ip_address(address)
        except ValueError:
            raise Forbidden(f"{host} is at “{address}”, which is no address") from None
        if self._loopback and found.is_loopback:
            return
        if is_inside(found):
            raise Forbidden(f"{host} leads to an address that is not public: nothing is sent there")


def is_inside(found: IPv4Address | IPv6Address) -> bool:
    """Whether an address is not one of somebody else's on the internet."""
    if isinstance(found, IPv4Address):
        return any(found in one for one in INSIDE) or found in METADATA_IN_PUBLIC
    return (
        found.scope_id is not None or found not in UNICAST or any(found in one for one in INSIDE_6)
    )


def _is_loopback(host: str) -> bool:
    return host in ("127.0.0.1", "::1")


def _name(host: str) -> str:
    """A host's name as it is looked up. Raises Forbidden for what is no name of the internet."""
    if not host:
        raise Forbidden("This address names no host")
    if ":" in host or "%" in host:
        raise Forbidden("Name the host: an address in numbers is not taken")
    try:
        name = idna.encode(host.rstrip("."), uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        raise Forbidden(f"“{host}” is not the name of a host") from None
    labels = name.split(".")
    if NUMBER.fullmatch(labels[-1]):
        raise Forbidden("Name the host: an address in numbers is not taken")
    if len(labels) < 2 or not all(LABEL.fullmatch(one) for one in labels) or len(name) > 253:
        raise Forbidden(f"“{name}” is not the name of a host on the internet")
    return name
