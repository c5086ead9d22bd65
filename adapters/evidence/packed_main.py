"""What somebody runs who has nothing but a pack."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.evidence.findings import Finding
from adapters.evidence.notes import Malformed, public_key
from adapters.evidence.packed import check_pack, read_pack

REST = "Not checked: what the events add up to. For that: countersign verify PACK."


def main(words: list[str], rest: str = REST, more: Sequence[Finding] = ()) -> int:
    """Says what was found, and ``more`` that somebody else has found; the number is that of the
    first finding, 2 for what is no pack."""
    try:
        pack = read_pack(Path(words[0] if words else "pack.zip"))
        named = [public_key(one) for one in words[1:]]
        keys = named or [public_key(one) for one in pack.manifest["keys"]]
    except (Malformed, OSError) as error:
        print(f"This cannot be checked: {error}", file=sys.stderr)
        return 2
    findings = [*check_pack(pack, keys), *more]
    for one in findings:
        print(f"{one.kind.name.replace('_', ' ').lower()}: {one.said}")
    if not findings:
        papers, screens = len(pack.papers), len(pack.capsules)
        print(f"Whole. Events: {len(pack.events)}; papers: {papers}; screens: {screens}.")
    if not named:
        print("Not checked: whether the key is the log's own. Name the one that it publishes.")
    if not pack.manifest["all"]:
        print("Not checked: whether anything was recorded since; a pack of one case ends with it.")
    print("Not checked: report.html, which is for reading; nothing rests on it.")
    if rest:
        print(rest)
    return int(findings[0].kind) if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
