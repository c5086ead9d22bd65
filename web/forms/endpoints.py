"""What is filled in about an endpoint: where it is, whose, and what it hears."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from domain.authority import Rules
from domain.endpoints import Channel, Endpoint, Subscription, Timing
from domain.published import CONSULTATION_ASKED, PUBLISHED
from domain.values import AuthorityId
from projections.sentences_of_endpoints import CHANNELS
from web.forms.base import Answers, Field

NAME = re.compile(r"[a-z][a-z0-9-]{0,79}\Z", re.ASCII)
MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,250}\Z")
SYSTEM = "-"
KINDS = tuple((name.replace(".", "_"), name) for name in PUBLISHED)
"""As they are called in a form, and as they are told."""
WAYS = (
    ("webhook", "A webhook, signed"),
    ("email", "E-mail"),
    ("teams", "A channel of Microsoft Teams"),
    ("slack", "A channel of Slack"),
)
TIMINGS = (
    ("at-once", "Each at once"),
    ("daily", "In one message a day, but for consultations (e-mail only)"),
)


def kinds_field() -> Field:
    options = [(key, f"{PUBLISHED[name].says} ({name})") for key, name in KINDS]
    return Field("kinds", "What it hears", "checkboxes", options=options)


def gateways_field(rules: Rules) -> Field:
    options = [(one.id, one.title) for one in rules.constitution.gateways]
    hint = "Whoever is asked for a view is told at whatever gateway."
    return Field("gateways", "At which gateways", "checkboxes", hint, options=options)


def choice_fields(rules: Rules, *, mail: bool) -> list[Field]:
    """``mail`` is whether it may come in one message a day."""
    when = [Field("timing", "When", "radios", value="at-once", options=TIMINGS)] if mail else []
    return [kinds_field(), gateways_field(rules), *when]


def register_fields(
    rules: Rules, posts: Mapping[str, str], *, mail: bool, clerk: bool
) -> list[Field]:
    """``posts`` are those that the reader may register for, by id."""
    ways = [(key, one) for key, one in WAYS if mail or key != "email"]
    system = [(SYSTEM, "No post: a system")] if clerk else []
    whose = [*posts.items(), *system]
    only = whose[0][0] if len(whose) == 1 else ""
    kept = ", or an e-mail address" if mail else ""
    short = "Small letters, digits and hyphens: it is part of addresses."
    fields = [
        Field("title", "What is it?", "text", "Such as: Finance ledger, or My phone."),
        Field("name", "Short name", "text", short),
        Field("of", "Who hears by it", "radios", value=only, options=whose),
        Field("channel", "How", "radios", value="webhook", options=ways),
        Field(
            "where",
            "Where",
            "text",
            f"An address that begins with https://{kept}. It is kept sealed.",
        ),
        Field("signed", "Signatures of webhooks", "radios", value="v1", options=SIGNED),
    ]
    if clerk:
        hint = "What somebody has to hear and no endpoint in use would tell them."
        no_yes = (("no", "No"), ("yes", "Yes"))
        fields.append(Field("fallback", "Does it stand in?", "radios", hint, "no", no_yes))
    return [*fields, *choice_fields(rules, mail=mail)]


SIGNED = (
    ("v1", "With a secret that both sides know (v1)"),
    ("v1a", "With that, and with a key pair (v1 and v1a)"),
)


def choice_of(answers: Answers, authority: AuthorityId) -> Subscription:
    ticked = answers.ticked("kinds", "what it hears", [key for key, _ in KINDS])
    kinds = tuple(name for key, name in KINDS if key in ticked)
    timing: Timing = "daily" if answers.sent.get("timing") == "daily" else "at-once"
    return Subscription(kinds or (CONSULTATION_ASKED,), (authority,), (), timing)


def gateways_of(answers: Answers, rules: Rules) -> tuple[str, ...]:
    """Those ticked; none where all are, so that later ones count too."""
    every = [one.id for one in rules.constitution.gateways]
    ticked = answers.ticked("gateways", "the gateways", every)
    return () if len(ticked) == len(every) else ticked


def sent_of(endpoint: Endpoint, rules: Rules) -> dict[str, str]:
    """What a form would have sent for what an endpoint hears now."""
    every = [one.id for one in rules.constitution.gateways]
    sent = {f"kinds-{key}": "yes" for key, name in KINDS if name in endpoint.choice.types}
    sent |= {f"gateways-{one}": "yes" for one in endpoint.choice.gateways or every}
    return {**sent, "timing": endpoint.choice.timing}


def named(answers: Answers) -> str:
    found = answers.text("name", "a short name", most=80)
    if "name" not in answers.mistakes and not NAME.fullmatch(found):
        answers.mistakes["name"] = "Enter a short name of small letters, digits and hyphens"
    return found


def channel_of(answers: Answers, *, mail: bool) -> Channel:
    allowed = [one for one in CHANNELS if mail or one != "email"]
    return cast(Channel, answers.one_of("channel", "how it is told", allowed))
