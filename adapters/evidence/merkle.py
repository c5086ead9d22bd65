"""Merkle trees of RFC 6962, and the proofs that come with them, as RFC 9162 checks them.

A tree is asked for the hashes of its complete subtrees: ``at(level, index)`` is that of the
2**level leaves from index * 2**level on. Hashes are 32 bytes of SHA-256.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

At = Callable[[int, int], bytes]
EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def among(hashes: Sequence[bytes]) -> At:
    """A tree whose leaves have these hashes, in memory."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([node_hash(left, right) for left, right in pairs])
    return lambda level, index: levels[level][index]


def root(size: int, at: At) -> bytes:
    """Of the first ``size`` leaves."""
    return _subtree(0, size, at) if size else EMPTY


def inclusion(index: int, size: int, at: At) -> list[bytes]:
    """That a leaf is in the tree of the first ``size``. Raises ValueError where it is not."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    return [_subtree(begin, end, at) for begin, end in _beside(index, 0, size)]


def consistency(old: int, new: int, at: At) -> list[bytes]:
    """That the first ``old`` leaves are the beginning of ``new``. Raises ValueError."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not begin with one of {old}")
    if old in (0, new):
        return []
    return [_subtree(begin, end, at) for begin, end in _between(old, 0, new, whole=True)]


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that the leaf of this hash has this index under this root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for one in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(one, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, one)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether a proof shows that a tree begins with an older one."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY
    rest = iter(proof if old & (old - 1) else [old_root, *proof])
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = next(rest, b"")
    for one in rest:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(one, before), node_hash(one, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, one)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


class Frontier:
    """The complete subtrees of a tree that grows, the largest first: enough for its root."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf, by its hash."""
        at = self.size
        while at & 1:
            leaf, at = node_hash(self._roots.pop(), leaf), at >> 1
        self._roots.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self._roots:
            return EMPTY
        *rest, found = self._roots
        for one in reversed(rest):
            found = node_hash(one, found)
        return found


def _subtree(begin: int, end: int, at: At) -> bytes:
    """Of leaves from ``begin``, which a complete subtree of this size could begin at."""
    count = end - begin
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return at(level, begin >> level)
    middle = begin + _left(count)
    return node_hash(_subtree(begin, middle, at), _subtree(middle, end, at))


def _left(count: int) -> int:
    """How many of several leaves are on the left: the largest power of two that is fewer."""
    return 1 << (count - 1).bit_length() - 1


def _beside(index: int, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a tree that a leaf is not in, those near it first."""
    if end - begin == 1:
        return
    middle = begin + _left(end - begin)
    if index < middle:
        yield from _beside(index, begin, middle)
        yield middle, end
    else:
        yield from _beside(index, middle, end)
        yield begin, middle


def _between(old: int, begin: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    """The parts that both trees can be made of; the one that is the ``whole`` old one is known."""
    if old == end:
        if not whole:
            yield begin, end
        return
    middle = begin + _left(end - begin)
    if old <= middle:
        yield from _between(old, begin, middle, whole=whole)
        yield middle, end
    else:
        yield from _between(old, middle, end, whole=False)
        yield begin, middle
