"""The guide to deploying names every measure and every secret, and nothing that is not there."""

from __future__ import annotations

import re

from adapters.house import House
from adapters.metrics import Metrics
from tests.docs.pages import DOCS, ROOT, code, in_language
from tests.docs.pages import text as read
from tests.tools.compose import read_compose

GUIDE = DOCS / "how-to" / "deploy.md"


def test_the_guide_names_every_measure(demo: House) -> None:
    metrics = Metrics()
    metrics.tell_of(demo)
    measured = set(re.findall(r"(?m)^# TYPE (countersign_\w+)", metrics.text().decode()))
    told = {one for one in code(GUIDE) if one.startswith("countersign_")}
    assert {one.removesuffix("_created") for one in measured} == told


def test_what_the_guide_tells_people_to_run_is_there() -> None:
    (first, second), (make,) = (one.splitlines() for one in in_language(GUIDE, "sh"))
    assert (ROOT / first.split()[0]).exists()
    assert make == "make stack"
    variable = second.partition("=")[0]
    assert f"${{{variable}:-" in read(ROOT / "compose.yaml")


def test_every_secret_lies_where_the_guide_says() -> None:
    for secret in read_compose()["secrets"].values():
        assert secret["file"].startswith("./deploy/secrets/")
    assert "`deploy/secrets/`" in read(GUIDE)
