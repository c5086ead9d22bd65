"""compose.yaml is valid, hardened, and says nothing that the program does not know."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from countersign.cli import app
from countersign.settings import Settings
from tests.tools.compose import COMPOSE, ROOT, read_compose, services

BIN = Path(sys.executable).parent
Data = dict[str, Any]
SETTINGS = {f"COUNTERSIGN_{one.upper()}" for one in Settings.model_fields}


def unknown(data: Data) -> Iterator[str]:
    """Settings and commands that the program does not have."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    for one in services(data).values():
        if one.ours:
            named = {name.upper() for name in one.secrets if "." not in name}
            yield from {*one.environment, *named} - SETTINGS
            yield from {one.command[1]} - {*group.commands}


def soft(data: Data) -> Iterator[str]:
    """What a service may do beyond what it has to."""
    for name, one in data["services"].items():
        limits = one.get("deploy", {}).get("resources", {}).get("limits", {})
        if not {"cpus", "memory", "pids"} <= limits.keys():
            yield f"{name} has no limits"
        if one.get("user", "0").partition(":")[0] in ("0", "root"):
            yield f"{name} runs as root"
        if one.get("read_only") is not True:
            yield f"{name} writes to its root"
        if one.get("cap_drop") != ["ALL"] or one.get("privileged"):
            yield f"{name} keeps capabilities"
        if "no-new-privileges:true" not in one.get("security_opt", ()):
            yield f"{name} may gain privileges"
        if not one.get("healthcheck", {}).get("test") and name != "migrate":
            yield f"{name} is not checked"
        if not re.search(r":\d+\.\d+", one.get("image", "")):
            yield f"{name} is of no exact version"


def open_(data: Data) -> Iterator[str]:
    """What can be reached from outside, or reaches out, besides the proxy and what delivers;
    secrets in plain."""
    outside = {name for name, one in data["networks"].items() if not one.get("internal")}
    for name, one in data["services"].items():
        if name != "caddy" and one.get("ports"):
            yield f"{name} is open"
        if name not in ("caddy", "worker") and outside & {*one.get("networks", ["default"])}:
            yield f"{name} is open"
        for key, value in one.get("environment", {}).items():
            if key == "COUNTERSIGN_PUBLIC_URL":
                continue
            if "://" in str(value) or re.search("PASSWORD$|TOKEN$|KEY$", key):
                yield f"{name} has {key} in plain"
    for name, secret in data["secrets"].items():
        if not str(secret.get("file", "")).startswith("./deploy/secrets/"):
            yield f"{name} is in no file"


CHECKS: tuple[Callable[[Data], Iterator[str]], ...] = (unknown, soft, open_)


@pytest.mark.parametrize("check", CHECKS)
def test_the_file_passes(check: Callable[[Data], Iterator[str]]) -> None:
    assert list(check(read_compose())) == []


def spoil(path: str, value: Any) -> Data:
    """A copy with another value at a place; without the place where the value is None."""
    data = copy.deepcopy(read_compose())
    *way, last = path.split("/")
    at = data
    for one in way:
        at = at[one]
    at[last] = value
    if value is None:
        del at[last]
    return data


@pytest.mark.parametrize(
    ("check", "path", "value"),
    [
        (unknown, "services/web/environment/COUNTERSIGN_PROT", "1"),
        (unknown, "services/web/secrets", ["countersign_databse_url"]),
        (unknown, "services/worker/command", ["countersign", "wrok"]),
        (soft, "services/web/deploy/resources/limits/memory", None),
        (soft, "services/redis/user", "0:0"),
        (soft, "services/redis/user", None),
        (soft, "services/web/read_only", False),
        (soft, "services/worker/cap_drop", None),
        (soft, "services/caddy/security_opt", []),
        (soft, "services/web/healthcheck", {"disable": True}),
        (soft, "services/postgres/image", "postgres:latest"),
        (soft, "services/postgres/image", "postgres"),
        (open_, "services/postgres/ports", ["5432:5432"]),
        (open_, "services/web/networks", ["outside"]),
        (open_, "services/worker/ports", ["9000:9000"]),
        (open_, "networks/back", {}),
        (open_, "services/web/environment/COUNTERSIGN_DATABASE_URL", "postgresql://a:b@c/d"),
        (open_, "services/postgres/environment/POSTGRES_PASSWORD", "secret"),
        (open_, "secrets/redis_password", {"environment": "REDIS"}),
    ],
)
def test_a_spoilt_copy_is_caught(
    check: Callable[[Data], Iterator[str]], path: str, value: Any
) -> None:
    assert list(check(spoil(path, value))) != []


def schema(file: Path) -> int:
    return code("check-jsonschema", "--builtin-schema", "vendor.compose-spec", file)


def hardening(file: Path) -> int:
    config = ROOT / "deploy" / "compose-lint.yml"
    words = ("--fail-on", "low", "--strict-config", "--no-env", "--config")
    return code("compose-lint", "check", *words, config, file)


def code(program: str, *words: str | Path) -> int:
    """How a linter ends."""
    return subprocess.run([BIN / program, *words], capture_output=True).returncode


@pytest.mark.parametrize(
    ("lint", "path", "value"),
    [
        (schema, "services/web/helthcheck", {}),
        (schema, "services/web/read_only", {}),
        (hardening, "services/web/privileged", True),
        (hardening, "services/redis/security_opt", None),
        (hardening, "services/postgres/ports", ["5432:5432"]),
        (hardening, "services/web/volumes", ["/var/run/docker.sock:/var/run/docker.sock"]),
    ],
)
def test_the_linters_pass_the_file_and_catch_a_spoilt_copy(
    lint: Callable[[Path], int], path: str, value: Any, tmp_path: Path
) -> None:
    assert lint(COMPOSE) == 0
    spoilt = tmp_path / "compose.yaml"
    spoilt.write_text(yaml.safe_dump(spoil(path, value)), "utf-8")
    assert lint(spoilt) == 1


def test_the_script_makes_every_secret_and_never_writes_one_over(tmp_path: Path) -> None:
    (script := tmp_path / "make-secrets.sh").write_bytes(
        (ROOT / "deploy" / "make-secrets.sh").read_bytes()
    )
    made = []
    for _ in range(2):
        subprocess.run(["sh", script], check=True, capture_output=True)
        made.append({one.name: one.read_bytes() for one in (tmp_path / "secrets").iterdir()})
    assert made[0] == made[1]
    assert all(made[0].values())
    assert made[0].keys() == read_compose()["secrets"].keys()
    assert made[0]["database_password"].strip() in made[0]["countersign_database_url"]
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_only_the_migrations_have_the_login_that_owns_the_record() -> None:
    found = services(read_compose())
    holders = [name for name, one in found.items() if "owner" in str(one.secrets)]
    assert holders == ["postgres", "migrate"]
    assert "countersign.key" not in found["migrate"].secrets
    assert "countersign.key" in found["web"].secrets


def test_each_replica_is_given_settings_that_the_program_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "web", "worker":
        one = services(read_compose())[name]
        assert one.replicas == 2
        for key, value in one.environment.items():
            monkeypatch.setenv(key, value.replace("/run/secrets", str(tmp_path)))
        (tmp_path / "countersign_log_level").write_text("error", "utf-8")
        monkeypatch.delenv("COUNTERSIGN_LOG_LEVEL")
        found = Settings()
        assert (found.metrics_port, found.log_format, found.secure) == (9000, "json", True)
        assert found.log_level == "error"


def test_a_folder_of_settings_that_is_not_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERSIGN_SETTINGS_FOLDER", str(tmp_path / "none"))
    with pytest.raises(ValueError, match="settings_folder"):
        Settings()
