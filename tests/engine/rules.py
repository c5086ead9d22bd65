"""The files of an invented council: its constitution and its offices, in words of the program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from tests.engine.council import (
    BODIES,
    DEPUTIES,
    DUTIES,
    GATEWAYS,
    HOLDERS,
    KEY_ABOVE,
    KINDS,
    MEMBERS,
    POSTS,
    ROUTES,
    Council,
)

ACTS = {
    "Open": "open-procurement",
    "Abandon": "abandon-procurement",
    "Notice": "publish-key-decision-notice",
    "PutUp": "put-up-report",
    "Withdraw": "withdraw-report",
    "PublishReport": "publish-report",
    "Recommend": "recommend",
    "AskConsultees": "ask-consultees",
    "Aside": "stand-aside",
    "Decide": "take-decision",
    "Publish": "publish-decision",
    "CallIn": "record-call-in",
    "CloseCallIn": "close-call-in",
    "Assess": "record-conflicts-assessment",
    "Invite": "invite-tenders",
    "Evaluate": "record-evaluation",
    "SendNotices": "send-award-notices",
    "Sign": "sign-contract",
    "PublishContract": "publish-contract",
    "StartPhase": "start-phase",
    "TakeUp": "extend-contract",
}
ASKS_FOR = {
    "Plan": "approve-plan",
    "Budget": "approve-budget",
    "Authorise": "authorise-procurement",
    "Award": "award-contract",
    "Release": "release-phase",
    "Extend": "extend-contract",
}


def person(number: int) -> UUID:
    return UUID(int=9000 + number)


def _table(name: str, **keys: object) -> Iterator[str]:
    yield f"[{name}]"
    for key, value in keys.items():
        yield f"{key} = {_value(value)}"
    yield 'standing = "illustrative"\nwhere = "an invented council"\n'


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value)


def constitution(council: Council) -> str:
    """In TOML."""

    def posts(names: tuple[str, ...]) -> list[str]:
        return [f"{council.name}/{one}" for one in names]

    lines = [f'authority = "{council.name}"', f'title = "{council.name.title()} Council"']
    lines += ['version = "one"', "in_force = 2020-01-01\n"]
    for name, gateway in GATEWAYS.items():
        lines += _table(
            "[gateways]",
            id=name,
            title=f"The gateway {name}",
            asks_for=ASKS_FOR[gateway.asks[0]],
            after=gateway.after,
            may_combine=gateway.may_combine,
            waived_by=posts(gateway.waived_by),
        )
    for name, kind in KINDS.items():
        title = f"Decision of class {name}"
        lines += _table("[classes]", id=name, title=title, key=kind.key, call_in=kind.call_in)
    for route in ROUTES:
        limit = {} if route.up_to is None else {"up_to": route.up_to // 100}
        lines += _table(
            "[routes]",
            gateway=route.gateway,
            decision_class=route.kind,
            decided_by=posts((route.decider,))[0],
            recommended_by=posts(route.recommenders),
            **limit,
        )
    for act, names in DUTIES.items():
        if act not in ACTS:  # Summaries have no duty of their own: who sends notices sends them.
            continue
        lines += _table("[duties]", act=ACTS[act], posts=posts(names))
    lines += _table("[duties]", act="adopt-constitution", posts=posts(("monitor",)))
    lines += _table("key_threshold", above=KEY_ABOVE // 100)
    lines += _table(
        "call_in",
        working_days=council.working_days,
        counted_from=council.counted_from,
        first_day_counts=council.first_day_counts,
        members=council.members,
        lapses=bool(council.scrutiny_days),
    )
    if council.scrutiny_days:
        lines += [
            "[call_in.scrutiny_meets]",
            f"number = {council.scrutiny_days}",
            'unit = "days"\n',
        ]
    lines += _table(
        "separation",
        author_decides=council.author_decides,
        evaluator_decides=False,
        decider_signs=False,
    )
    return "\n".join(lines)


def offices(council: Council) -> str:
    """In TOML."""
    lines = [f'authority = "{council.name}"', 'version = "one"', "in_force = 2020-01-01\n"]
    for name in POSTS:
        post, member, body = f"{council.name}/{name}", name in MEMBERS, name in BODIES
        lines += _table("[posts]", id=post, title=name.title(), member=member, body=body)
    for name, table in (("holders", HOLDERS), ("deputies", DEPUTIES)):
        for post, number, since, until in table:
            lines += [f"[[{name}]]", f'post = "{council.name}/{post}"']
            lines += [f'person = "{person(number)}"', f"since = {since}"]
            lines += [f"until = {until}"] if until < date.max else []
            if name == "deputies":
                lines += ['standing = "illustrative"', 'where = "an invented council"']
            lines.append("")
    return "\n".join(lines)
