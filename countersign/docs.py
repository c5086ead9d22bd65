"""Makes docs/reference/ from the code and the example cases: what it says cannot drift."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from inspect import getsource
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi.routing import iter_route_contexts

from adapters.house import House
from countersign.case_script import CaseScript, read_case, run_case
from countersign.demo.load import load
from countersign.docs_kinds import commands_page, events_page, links, parts_page, table
from countersign.docs_told import schemas, told_page
from countersign.settings import Settings
from domain.acts import next_acts
from domain.messages import Command, Event, by_tag, fold, tag_of
from domain.procurement import Procurement
from domain.values import authority_of, procurement_id
from projections.standing import context_at, stage
from web.app import create
from web.reader import signed_in
from web.routes.rules import rule_list

DOCS = Path(__file__).parents[1] / "docs"
MADE = "<!-- Made by `make docs`. Change the code, not this page. -->"
ABOUT = {
    "events": "What can be on record. Each event is stored with its [stamp](parts.md#stamp).",
    "commands": "What can be asked for. In a case script `do` is the tag, and each field a key.",
    "parts": "What events and commands are made of.",
    "routes": "Every address of the page. Whether a person may act there is up to the rules. "
    "A form that was not sent from the product's own pages is refused.",
    "settings": "Read from the environment when a process starts.",
    "rules": "The rules by which the code explains itself. Each says whether anything is refused "
    "for it. Figures that belong to one council are examples.",
    "webhooks": "What [endpoints](../how-to/receive-webhooks.md) are told. A type stands for "
    "events of every version, and does not change; receivers let fields pass that are new to them.",
    "states": "The stages that the [example cases](../examples/) go through, and by which events. "
    "The cases are run for this page, by real commands. Other paths may be possible.",
}


def pages(house: House, scripts: Sequence[CaseScript]) -> dict[str, str]:
    """Every page by its name. The house holds the demo, and has run the scripts."""
    kinds = by_tag(Event), by_tag(Command)
    texts = {
        "events": events_page(*kinds),
        "commands": commands_page(*kinds),
        "parts": parts_page(*kinds),
        "routes": _routes(house),
        "settings": _settings(),
        "rules": _rules(),
        "webhooks": told_page(),
        "states": _states(house, scripts),
    }
    return {
        name: "\n\n".join((MADE, f"# {name.capitalize()}", ABOUT[name], *filter(None, text))) + "\n"
        for name, text in texts.items()
    }


def _routes(house: House) -> Iterator[str]:
    rows = []
    for one in iter_route_contexts(create(house, demo=True).routes):
        methods, who, about = "GET", "anybody", "Styles, scripts and pictures."
        if endpoint := getattr(one, "endpoint", None):
            methods = ", ".join(sorted(one.methods or ()))
            if signed_in in {each.call for each in one.dependant.dependencies}:
                who = "whoever is signed in"
            about = str(endpoint.__doc__ or sys.modules[endpoint.__module__].__doc__)
        rows.append((methods, f"`{one.path}`", who, about.partition("\n")[0]))
    yield table(("Method", "Path", "For", "About"), rows)


def _settings() -> Iterator[str]:
    prefix = Settings.model_config["env_prefix"]
    rows = []
    for name, one in Settings.model_fields.items():
        default = "nothing" if one.default is None else f"`{str(one.default).lower()}`"
        rows.append((f"`{prefix}{name.upper()}`", default, str(one.description)))
    yield table(("Variable", "Default", "What it is"), rows)


def _rules() -> Iterator[str]:
    code = [getsource(one) for name, one in sys.modules.items() if name.startswith("domain.")]
    cited = set(re.findall(r'Refusal\(\s*"(\w+)"', "".join(code)))
    for one in rule_list():
        used = "Acts are refused" if one["id"] in cited else "Nothing is refused yet"
        doubt = "" if one["verified"] else " Part of it is general knowledge, not verified."
        yield f"## {one['id']}: {one['title']}"
        yield str(one["says"])
        yield f"{used} for it. Standing: {one['standing']}. Source: {one['source']}.{doubt}"


def _states(house: House, scripts: Sequence[CaseScript]) -> Iterator[str]:
    moves: dict[tuple[str, str], list[str]] = {}
    offered: dict[str, set[str]] = {}
    for script in scripts:
        case, before = Procurement(), "[*]"
        for one in house.log.read(procurement_id(script.reference)):
            case = fold(case, [one])
            after = re.sub(r" (to|until) \w+day .*", "", stage(case))
            moves.setdefault((before, after), []).append(tag_of(type(one.event)))
            context = context_at(case, house.rules(case.authority, case.last_on))
            offered.setdefault(after, set()).update(act.do for act in next_acts(case, context))
            before = after
    ids = {name: f"s{n}" for n, name in enumerate(offered, 1)} | {"[*]": "[*]"}
    said = {pair: ", ".join(dict.fromkeys(tags)) for pair, tags in moves.items()}
    drawn = [f'state "{name}" as {ids[name]}' for name in offered]
    drawn += [f"{ids[a]} --> {ids[b]}: {tags}" for (a, b), tags in said.items() if a != b]
    yield "\n    ".join(("```mermaid\nstateDiagram-v2", *drawn)) + "\n```"
    yield "## Recorded without leaving a stage"
    yield table(("Stage", "Events"), [(a, tags) for (a, b), tags in said.items() if a == b])
    yield "## What may come next"
    yield "What a case in the stage offers: possible at once, or shown with what stands against it."
    rows = [(name, links(sorted(acts), "commands")) for name, acts in offered.items()]
    yield table(("Stage", "Commands"), rows)


def run_example(house: House, script: CaseScript) -> None:
    """Runs an example when its council's clock shows its last day, or a later one."""
    authority = authority_of(script.reference)
    days = (script.clock.starts - house.clocks.today(authority)).days
    if days > 0:
        house.clocks.forward(authority, days)
    run_case(house, script)


def main(folder: Path = DOCS / "reference") -> None:
    """Writes the pages into a folder: only those that differ."""
    scripts = [read_case(one) for one in sorted((DOCS / "examples").glob("*.toml"))]
    with TemporaryDirectory() as kept:
        house = House(Path(kept, "countersign.db"))
        for _ in load(house):
            pass
        for script in scripts:
            run_example(house, script)
        made = pages(house, scripts)
        house.close()
    files = {f"{name}.md": text for name, text in made.items()}
    files |= {f"schemas/{name}": text for name, text in schemas().items()}
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        file = folder / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
            print(f"Wrote {file.name}")


if __name__ == "__main__":
    main(*(Path(one) for one in sys.argv[1:2]))
