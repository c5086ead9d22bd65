"""Commands that say what rests on a delegation, an appointment or a version."""

from __future__ import annotations

import json
from typing import Annotated, Literal
from uuid import UUID

import typer

from adapters.house import House
from adapters.tracing import delegations_in, traced
from countersign.commands.look import AsJson, Ref
from countersign.commands.rulebooks import Authority
from countersign.settings import Settings
from countersign.wiring import house
from domain.reading import Mistake, Mistaken
from domain.wording import counted
from projections.case_file import plain
from projections.tracing import OfAppointment, OfVersion, Root, what_was_read

app = typer.Typer(
    help="What rests on a delegation, an appointment or a version of rules or offices.",
    no_args_is_help=True,
)
Version = Annotated[str, typer.Argument(help="The version, as it was adopted.")]


@app.command("delegation")
def of_delegation(
    ref: Ref,
    label: Annotated[str, typer.Argument(help="The letter of the resolution, such as 2.")],
    decision: Annotated[
        str | None, typer.Option(help="The decision's id, where several have such a resolution.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Every decision, award and signature that rests on a resolution that delegates."""
    named = _id("--decision", decision)
    with house(Settings()) as found:
        known = delegations_in(found, ref, label)
        mine = [one for one in known if named in (None, one.decision)]
        if len(mine) != 1:
            what = f"name one of {', '.join(str(one.decision) for one in known)}"
            raise Mistaken([Mistake("--decision", what)])
        _tell(found, mine[0], as_json=as_json)


@app.command("appointment")
def of_appointment(
    post: Annotated[str, typer.Argument(help="A post, such as leeds/legal-services.")],
    person: Annotated[str | None, typer.Option(help="The id of a person in it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Every decision, answer, award and signature that was made in a post, or by one person."""
    named = _id("--person", person)
    with house(Settings()) as found:
        _tell(found, OfAppointment(post, named), as_json=as_json)


@app.command("constitution")
def of_constitution(authority: Authority, version: Version, as_json: AsJson = False) -> None:
    """Every decision, answer, award and signature that rests on a version of the rules."""
    _of_version(authority, "constitution", version, as_json=as_json)


@app.command("offices")
def of_offices(authority: Authority, version: Version, as_json: AsJson = False) -> None:
    """Every decision, answer, award and signature that rests on a version of the offices."""
    _of_version(authority, "offices", version, as_json=as_json)


def _of_version(
    authority: str, what: Literal["constitution", "offices"], version: str, *, as_json: bool
) -> None:
    with house(Settings()) as found:
        _tell(found, OfVersion(authority, what, version), as_json=as_json)


def _tell(there: House, root: Root, *, as_json: bool) -> None:
    found = traced(there, root)
    if as_json:
        print(json.dumps(plain(found), indent=2, ensure_ascii=False))
        return
    for one in found.steps:
        deputy = " (as deputy)" if one.deputising else ""
        print(f"{one.reference} {one.version}  {one.kind}, {one.on_text}, {one.post}{deputy}")
        print(f"    {one.says}")
        if one.through:
            print(f"    through {one.through}")
    if found.nameless:
        print(f"{counted(found.nameless, 'step')} in the post without a person: not counted here.")
    print(f"{counted(len(found.steps), 'step')}. {what_was_read(found)}")


def _id(where: str, text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        what = f"{text!a} is no id; write one such as {UUID(int=0)}"
        raise Mistaken([Mistake(where, what)]) from None
