"""What is told to others, for whoever receives it: the types in a table, and a schema for each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from adapters.delivery.bodies import Body
from countersign.docs_kinds import table
from domain.published import ABOUT_ENDPOINTS, CONSULTATION_ASKED, PUBLISHED, VERIFICATION

EVERY = {**PUBLISHED, **ABOUT_ENDPOINTS}
ALSO = {VERIFICATION: ["code"], CONSULTATION_ASKED: ["asked"]}
"""Fields that only these types have, and always."""


def told_page() -> Iterator[str]:
    yield "## What can be chosen"
    yield table(("Type", "When", "Schema"), [_row(name) for name in PUBLISHED])
    yield "## What comes without being chosen"
    yield table(("Type", "When", "Schema"), [_row(name) for name in ABOUT_ENDPOINTS])


def _row(name: str) -> tuple[str, str, str]:
    file = f"schemas/{name}.json"
    return f"`{name}`", EVERY[name].says, f"[{name}.json]({file})"


def schemas() -> dict[str, str]:
    """By the name of its file, the schema of each type."""
    return {f"{name}.json": f"{json.dumps(_schema(name), indent=2)}\n" for name in EVERY}


def _schema(name: str) -> dict[str, Any]:
    (found,), parts = msgspec.json.schema_components([Body], ref_template="#/$defs/{name}")
    body, data = parts.pop("Body"), parts["Data"]
    assert found == {"$ref": "#/$defs/Body"}
    ours = ALSO.get(name, [])
    for field in {one for some in ALSO.values() for one in some} - {*ours}:
        del data["properties"][field]
    data["required"] = [*data["required"], *ours]
    body["properties"]["type"] = {"const": name}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **body,
        "title": name,
        "description": EVERY[name].says,
        "$defs": parts,
    }
