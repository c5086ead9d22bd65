"""Counts how often a process asks the system to put files on the disk, by tracing its calls."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import subprocess
from collections.abc import Mapping, Sequence

TRACEME, PEEKUSER, TRACE, SETOPTIONS, SYSCALL_GOOD = 0, 3, 24, 0x4200, 0x1
ORIG_RAX = 15 * 8
SYNCS = {74, 75}
"""fsync and fdatasync on x86-64."""
POSSIBLE = platform.system() == "Linux" and platform.machine() == "x86_64"


def syncs(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Runs a command to its end: how often its first thread called fsync or fdatasync."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.restype = ctypes.c_long
    libc.ptrace.argtypes = [ctypes.c_long] * 4

    def ptrace(what: int, pid: int, at: int = 0, value: int = 0) -> int:
        return int(libc.ptrace(what, pid, at, value))

    child = subprocess.Popen(
        command, env=environment, preexec_fn=lambda: ptrace(TRACEME, 0), stdout=subprocess.DEVNULL
    )
    count, entering = 0, True
    _, status = os.waitpid(child.pid, 0)
    ptrace(SETOPTIONS, child.pid, 0, SYSCALL_GOOD)
    pending = 0
    while not (os.WIFEXITED(status) or os.WIFSIGNALED(status)):
        ptrace(TRACE, child.pid, 0, pending)
        _, status = os.waitpid(child.pid, 0)
        pending = 0
        if not os.WIFSTOPPED(status):
            continue
        if os.WSTOPSIG(status) == signal.SIGTRAP | 0x80:
            count += entering and ptrace(PEEKUSER, child.pid, ORIG_RAX) in SYNCS
            entering = not entering
        elif os.WSTOPSIG(status) != signal.SIGTRAP:
            pending = os.WSTOPSIG(status)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"it ended with {child.returncode}")
    return count
