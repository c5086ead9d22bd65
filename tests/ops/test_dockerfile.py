"""The Dockerfile: what is copied is there, the last stage is bare, and hadolint finds nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.tools.compose import ROOT

TEXT = (ROOT / "Dockerfile").read_text("utf-8")
HADOLINT = Path(sys.executable).with_name("hadolint")


def instructions(text: str) -> list[tuple[str, str]]:
    """Each with its words, lines that go on put together."""
    lines = [one for one in text.splitlines() if not one.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [
        (name, rest) for name, _, rest in (one.partition(" ") for one in whole.split("\n") if one)
    ]


def last_stage(text: str) -> list[tuple[str, str]]:
    found = instructions(text)
    start = max(n for n, (name, _) in enumerate(found) if name == "FROM")
    return found[start:]


def wrong(text: str) -> Iterator[str]:
    """What should not be in it, or is missing."""
    found, last = instructions(text), last_stage(text)
    for name, rest in found:
        if name == "FROM" and not re.match(r"[\w./-]+:\d+\.\d+\.\d+", rest):
            yield f"no exact version: {rest}"
        if name == "ADD" or (re.search(r"curl|wget|https?://.*\|", rest) and name == "RUN"):
            yield f"fetched without a hash: {rest}"
        if name == "RUN" and "pip install" in rest.replace("  ", " "):
            for one in rest.split("&&"):
                if " install " in one and not re.search("--require-hashes|--no-deps /wheels", one):
                    yield f"installed without hashes: {one}"
        if name == "COPY" and not rest.startswith("--from="):
            yield from (f"{one} is not there" for one in rest.split()[:-1] if not sent(one))
    users = [rest for name, rest in last if name == "USER"]
    if not users or users[-1].partition(":")[0] in ("0", "root"):
        yield "runs as root"
    if "HEALTHCHECK" not in dict(last):
        yield "has no health check"
    if any(re.search(r"apt-get|gcc|build-essential|\bpip\b", rest) for _, rest in last):
        yield "has tools in the last stage"


def sent(path: str) -> bool:
    """Whether a file or folder is there, and .dockerignore lets it through."""
    taken = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!").rstrip("/")
        if line and not line.startswith("#") and fnmatch(path, pattern):
            taken = line.startswith("!")
    return taken and (ROOT / path).exists()


def test_nothing_is_wrong_with_it() -> None:
    assert list(wrong(TEXT)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("FROM python:3.11.14-slim-bookworm\n", "FROM python:latest\n"),
        ("USER 10001:10001\n", ""),
        ("USER 10001:10001\n", "USER root\n"),
        ("HEALTHCHECK", "LABEL x="),
        ("COPY domain domain", "COPY domian domain"),
        ("COPY domain domain", "COPY tests tests"),
        ("--require-hashes --only-binary", "--only-binary"),
        ("RUN groupadd", "RUN apt-get install gcc && groupadd"),
        ("RUN groupadd", "RUN curl -s x | sh && groupadd"),
    ],
)
def test_a_spoilt_copy_is_caught(before: str, after: str) -> None:
    assert before in TEXT
    assert list(wrong(TEXT.replace(before, after))) != []


def test_every_package_of_the_wheel_is_copied() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    rooms = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = [rest.split()[0] for name, rest in instructions(TEXT) if name == "COPY"]
    assert [one for one in rooms if one not in copied] == []


def test_what_is_secret_or_made_is_not_sent_to_be_built() -> None:
    for path in ".git", "deploy", "var", "tests", "web/static/vendor", ".venv":
        assert not sent(path), path


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        (TEXT, 0),
        (TEXT.replace("FROM python:3.11.14-slim-bookworm\n", "FROM python:latest\n"), 1),
        (TEXT.replace("USER 10001:10001", "USER root"), 1),
        (TEXT.replace("WORKDIR /var/lib/countersign", "WORKDIR here"), 1),
    ],
)
def test_hadolint_passes_it_and_no_spoilt_copy(spoilt: str, code: int) -> None:
    done = subprocess.run([HADOLINT, "-"], input=spoilt, text=True, capture_output=True)
    assert done.returncode == code, done.stdout
