"""A peer in a process of its own, which does so much when it is told to."""

from __future__ import annotations

import os
import subprocess
import sys


class Child:
    """``module`` says "ready", and then for every number it reads how many it has done."""

    def __init__(self, module: str, *arguments: object, **environment: str) -> None:
        self._module = module
        command = [sys.executable, "-m", module, *map(str, arguments)]
        pipe, around = subprocess.PIPE, {**os.environ, **environment}
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=around)
        self._heard("ready")

    def do(self, many: int) -> int:
        """Returns when all of them are done."""
        assert self._process.stdin
        print(many, file=self._process.stdin, flush=True)
        self._heard(str(many))
        return many

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _heard(self, what: str) -> None:
        assert self._process.stdout
        if (line := self._process.stdout.readline().strip()) != what:
            self.close()
            raise RuntimeError(f"{self._module} said {line!r} instead of {what!r}")
