"""The script that every pack carries: the modules that check it, in one file.

It is made of the source that the program itself runs, and needs Python and ``cryptography``.
"""

from __future__ import annotations

import re
from functools import cache
from inspect import getsource

from adapters.evidence import entries, findings, merkle, named, notes, packed, packed_main

SCRIPT = "verify.py"
PARTS = (entries, merkle, notes, findings, named, packed, packed_main)
OURS = re.compile(r"^from adapters\.evidence[^\n(]*(?:\([^)]*\)|[^\n]*)\n", re.MULTILINE)
DOCSTRING = re.compile(r'\A"""(.*?)"""\n', re.DOTALL)
FUTURE = "from __future__ import annotations\n"
HEAD = f'''"""Checks the audit pack that it lies in: python {SCRIPT} PACK [KEY ...]

Made from the source of Countersign. It needs Python 3.11 and the package cryptography, and asks
nothing of any network. The program itself checks a pack with countersign verify PACK, and goes
through every decision again too.
"""

{FUTURE}'''


@cache
def script() -> str:
    """One file, that imports nothing of ours."""
    return HEAD + "".join(_body(getsource(one)) for one in PARTS)


def _body(source: str) -> str:
    said = DOCSTRING.match(source)
    assert said
    bare = OURS.sub("", source[said.end() :].replace(FUTURE, ""))
    line = said[1].split("\n")[0]
    return f"\n\n# {line}\n{bare.strip()}\n"
