"""compose.yaml, read as what it starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "compose.yaml"
SECRETS = "/run/secrets"
"""Where a container finds the files that are its secrets."""


class Service(NamedTuple):
    """What is started, how often, with which settings; and how one tells that it is well."""

    name: str
    image: str
    command: tuple[str, ...]
    environment: dict[str, str]
    secrets: dict[str, str]
    """Which secret is found under which name in the folder of secrets."""
    replicas: int
    healthcheck: tuple[str, ...]
    """Empty where it is not checked."""

    @property
    def ours(self) -> bool:
        return self.command[:1] == ("countersign",)


def read_compose(file: Path = COMPOSE) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return found


def services(data: dict[str, Any]) -> dict[str, Service]:
    """By name, in the order of the file."""
    return {name: _service(name, one) for name, one in data["services"].items()}


def _service(name: str, data: dict[str, Any]) -> Service:
    return Service(
        name,
        data["image"],
        tuple(data.get("command", ())),
        {key: str(value) for key, value in data.get("environment", {}).items()},
        dict(map(_mounted, data.get("secrets", ()))),
        data.get("deploy", {}).get("replicas", 1),
        tuple(data.get("healthcheck", {}).get("test", ())),
    )


def _mounted(data: str | dict[str, str]) -> tuple[str, str]:
    """The name in the container, and that of the secret."""
    return (data, data) if isinstance(data, str) else (data["target"], data["source"])
