"""Where nothing is sent: 100 addresses and names that lead inside, in every notation we know."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from adapters.delivery.guard import Forbidden, Guard, is_inside
from adapters.delivery.names import Names
from adapters.delivery.webhook import Answer, Poster
from tests.tools.name_server import NameServer
from tests.tools.receiver import Receiver, Reply, takes

PUBLIC = "93.184.215.14"
WRITTEN = [
    # Literals and odd notations of them.
    "https://127.0.0.1/", "https://127.1/", "https://127.0.1/", "https://2130706433/",
    "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0x7f.1/", "https://017700000001/",
    "https://0177.0.0.1/", "https://0177.0.0.01/", "https://127.0.0.1./", "https://127.0.0.0x1/",
    "https://0/", "https://0.0.0.0/", "https://00000000/", "https://10.0.0.1/", "https://10.1/",
    "https://167772161/", "https://0xa000001/", "https://012.0.0.1/", "https://172.16.0.1/",
    "https://192.168.0.1/", "https://192.168.1/", "https://3232235521/", "https://0xC0A80001/",
    "https://169.254.169.254/latest/meta-data/", "https://169.254.43518/", "https://2852039166/",
    "https://0xA9FEA9FE/", "https://0251.0376.0251.0376/", "https://425.510.425.510/",
    "https://100.64.0.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://4294967295/",
    "https://93.184.215.14/",
    "https://\uff11\uff12\uff17.0.0.1/", "https://\u2460\u2461\u2466.0.0.1/", "https://127\u30020\u30020\u30021/",
    "https://127.0.0.1%00.example.com/", "https://%31%32%37.0.0.1/",
    # The same in the newer form.
    "https://[::1]/", "https://[::]/", "https://[0:0:0:0:0:0:0:1]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/", "https://[64:ff9b::a9fe:a9fe]/",
    "https://[64:ff9b:1::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2001:0:7f00:1::]/",
    "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/",
    "https://[ff02::1]/", "https://[fec0::1]/", "https://[5f00::1]/", "https://[2001:db8::1]/",
    "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "https://[v1.fe80::a]/", "https://[::1/",
    # Names that are nobody's on the internet, and what is no address.
    "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://redis/",
    "https://metadata/", "https://a..example.com/", "https://-.example.com/", "https:///x", "https://",
    "https://example.com:80/", "https://example.com:22/", "https://example.com:6379/",
    "https://example.com:0/", "https://example.com:99999/", "https://example.com:x/",
    "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
    "javascript:alert(1)", "//example.com/", "example.com", "", "https:example.com",
    "https://user@example.com/", "https://user:pass@example.com/", "https://example.com@127.0.0.1/",
    "https://127.0.0.1#@example.com/", "https://example.com\\@127.0.0.1/", "https://exa mple.com/",
    "https://example.com\r\nHost: 127.0.0.1/", "https://example.com\t/", "https://ex\x00ample.com/",
    f"https://example.com/{'x' * 2000}",
]  # fmt: skip
NAMED = [
    "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1",
    "127.255.255.254", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1",
    "192.168.0.1", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:93.184.215.14", "::7f00:1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1",
    "2001:10::1", "2001:20::1", "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::",
    "2002:a9fe:a9fe::", "2620:4f:8000::1", "3fff::1", "4000::1", "5f00::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
"""Addresses to which a name may lead."""
OUTSIDE = [PUBLIC, "8.8.8.8", "1.1.1.1", "192.0.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1"]


async def nobody(_: str) -> Sequence[str]:
    raise AssertionError("no name is looked up for this")


def posted(guard: Guard, url: str) -> Answer:
    async def post() -> Answer:
        poster = Poster(guard, 2.0)
        try:
            return await poster.post(url, b"{}", {})
        finally:
            await poster.close()

    return asyncio.run(post())


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len({*WRITTEN, *NAMED}) >= 140


@pytest.mark.parametrize("url", WRITTEN)
def test_an_address_that_is_none_of_the_internet_is_refused_as_it_is_written(url: str) -> None:
    """Not even its name is looked up, so nothing can have been sent."""
    guard = Guard(nobody)
    with pytest.raises(Forbidden):
        guard.target(url)
    answer = posted(guard, url)
    assert (answer.status, bool(answer.error)) == (None, True)


@pytest.mark.parametrize("address", NAMED)
def test_a_name_that_leads_inside_is_refused_also_beside_one_that_does_not(address: str) -> None:
    assert is_inside(ip_address(address))

    def says(name: str, _: int) -> Sequence[str]:
        return (PUBLIC, address) if name.startswith("both") else (address,)

    with NameServer(says) as server:
        guard = Guard(Names(["127.0.0.1"], server.port).lookup)
        for name in "inside.example.com", "both.example.com":
            answer = posted(guard, f"https://{name}/")
            assert answer.error == (
                f"{name} leads to an address that is not public: nothing is sent there"
            )


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_somebody_elses_is_not_refused(address: str) -> None:
    assert not is_inside(ip_address(address))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://hooks.example.com/x?y=z", "hooks.example.com"),
        ("https://HOOKS.Example.COM:443/", "hooks.example.com"),
        ("https://hooks.example.com./", "hooks.example.com"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://1.example.com/", "1.example.com"),
    ],
)
def test_a_name_of_the_internet_is_taken_in_one_form(url: str, host: str) -> None:
    assert Guard(nobody).target(url).host == host


def test_a_resolver_that_lies_the_second_time_gets_nothing() -> None:
    """The address that was checked is the one that is connected to, at each attempt anew."""
    answers = [["127.0.0.1"], [PUBLIC]]

    def says(_: str, n: int) -> Sequence[str]:
        return answers[n % 2]

    with Receiver() as receiver, NameServer(says) as server:
        guard = Guard(
            Names(["127.0.0.1"], server.port).lookup, (443, receiver.port), remembered=0.0
        )
        url = f"https://rebinding.example.com:{receiver.port}/"
        found = [posted(guard, url) for _ in range(4)]
        assert receiver.received == []
        assert any("not public" in one.error for one in found)
        assert all(one.status is None for one in found)


def test_a_redirect_is_not_followed() -> None:
    with Receiver() as inside:
        moved = {"Location": inside.url}
        with Receiver(lambda _: Reply(302, headers=moved)) as receiver:
            answer = posted(Guard(nobody, loopback=True), receiver.url)
        assert answer.error == "It answered 302: redirects are not followed"
        assert inside.received == []


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver(takes) as proxy, Receiver(takes) as receiver:
        for name in "HTTP_PROXY", "http_proxy", "ALL_PROXY":
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert posted(Guard(nobody, loopback=True), receiver.url).error == ""
        assert proxy.received == []


def test_only_this_machine_is_let_through_for_tests() -> None:
    guard = Guard(nobody, loopback=True)
    for url in "http://10.0.0.1/", "http://localhost/", "http://example.com/", "http://127.0.0.2/":
        with pytest.raises(Forbidden):
            guard.target(url)


def test_a_name_server_that_does_not_answer_is_not_waited_for_long() -> None:
    with NameServer(lambda *_: None) as server:
        names = Names(["127.0.0.1"], server.port, seconds=0.3)
        answer = posted(Guard(names.lookup), "https://silent.example.com/")
    assert answer.error == (
        "It could not be reached: silent.example.com cannot be looked up: LifetimeTimeout"
    )


def test_a_name_without_an_address_is_said_to_have_none() -> None:
    with NameServer(lambda *_: ()) as server:
        guard = Guard(Names(["127.0.0.1"], server.port).lookup)
        answer = posted(guard, "https://empty.example.com/")
    assert answer.error == "It could not be reached: empty.example.com is at no address"
