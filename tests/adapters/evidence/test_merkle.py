"""Trees and proofs, against the RFC’s own definitions, published vectors and another library."""

from __future__ import annotations

from hashlib import sha256
from random import Random

from pymerkle import InmemoryTree

from adapters.evidence.merkle import (
    EMPTY,
    Frontier,
    among,
    consistency,
    consistent,
    included,
    inclusion,
    leaf_hash,
    root,
)

MOST = 256
LEAVES = [n.to_bytes(2, "big") * (n % 7) for n in range(MOST)]
HASHES = [leaf_hash(one) for one in LEAVES]
AT = among(HASHES)

PUBLISHED = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Roots of the first 1 to 8 of the leaves below, from the tests of Certificate Transparency."""
OF_THESE = [
    *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
    "606162636465666768696a6b6c6d6e6f",
]


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH, as section 2.1 of RFC 6962 has it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH, as section 2.1.1 has it."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), by_definition(leaves[k:])]
    return [*path(m - k, leaves[k:]), by_definition(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF, as section 2.1.2 has it."""
    if m == len(leaves):
        return [] if whole else [by_definition(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], whole), by_definition(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), by_definition(leaves[:k])]


def test_roots_are_those_of_the_published_vectors() -> None:
    leaves = [leaf_hash(bytes.fromhex(one)) for one in OF_THESE]
    assert [root(n, among(leaves)).hex() for n in range(1, 9)] == PUBLISHED
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_roots_are_those_that_another_library_finds() -> None:
    theirs, ours = InmemoryTree(algorithm="sha256"), Frontier()
    for n, one in enumerate(LEAVES, 1):
        theirs.append_entry(one)
        ours.add(leaf_hash(one))
        assert theirs.get_root() == ours.root() == root(n, AT)


def test_proofs_are_those_of_the_rfc_for_every_size() -> None:
    """Its definitions are slow: against all of them for small trees, some for the others."""
    random = Random(6962)
    for n in [*range(1, 65), *random.sample(range(65, MOST + 1), 12), MOST]:
        some = range(n) if n < 34 else random.sample(range(n), 12)
        for m in some:
            assert inclusion(m, n, AT) == path(m, LEAVES[:n])
            assert consistency(m + 1, n, AT) == subproof(m + 1, LEAVES[:n], True)


def test_every_proof_up_to_256_is_accepted_for_what_it_shows_and_nothing_else() -> None:
    roots = [root(n, AT) for n in range(MOST + 1)]
    for n in range(1, MOST + 1):
        for m in range(n):
            proof = inclusion(m, n, AT)
            assert included(HASHES[m], m, n, proof, roots[n])
            assert not included(HASHES[m], m, n, proof, roots[n - 1])
            assert not included(HASHES[m], (m + 1) % n, n, proof, roots[n]) or n == 1
        for m in range(n + 1):
            proof = consistency(m, n, AT)
            assert consistent(m, n, roots[m], roots[n], proof)
            assert m in (0, n) or not consistent(m, n, roots[m], roots[m], proof)


def test_no_proof_that_was_changed_is_accepted() -> None:
    random, roots = Random(2026), [root(n, AT) for n in range(MOST + 1)]
    for _ in range(50_000):
        n = random.randint(2, MOST)
        m = random.randrange(n)
        proof = spoilt(random, inclusion(m, n, AT))
        assert not included(HASHES[m], m, n, proof, roots[n])
        m = random.randint(1, n - 1)
        proof = spoilt(random, consistency(m, n, AT))
        assert not consistent(m, n, roots[m], roots[n], proof)


def spoilt(random: Random, proof: list[bytes]) -> list[bytes]:
    """The same with a bit turned, or one hash less, more, twice or elsewhere."""
    found, at = list(proof), random.randrange(len(proof))
    match random.randrange(5):
        case 0:
            bit = 1 << random.randrange(256)
            found[at] = (int.from_bytes(found[at], "big") ^ bit).to_bytes(32, "big")
        case 1:
            del found[at]
        case 2:
            found.insert(at, random.randbytes(32))
        case 3:
            found.append(found[at])
        case _:
            found[at] = found[at][::-1]
    return found
