"""Letters: the words of messages as plain text and HTML, for the mail that carries them."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader

from adapters.delivery.mail import Letter
from domain.wording import counted
from projections.messages import Words

HTML = Environment(loader=PackageLoader("web"), autoescape=True, trim_blocks=True)
TEXT = Environment(loader=PackageLoader("web"), autoescape=False, trim_blocks=True)


def letter(messages: Sequence[Words]) -> Letter:
    """One letter for one message, or for several of a day."""
    first = messages[0]
    subject = f"{first.what} {first.about}".strip() if len(messages) == 1 else _several(messages)
    shown = {"messages": messages, "title": subject}
    text = TEXT.get_template("letter.txt").render(shown)
    return Letter(subject[:200], text, HTML.get_template("letter.html").render(shown))


def _several(messages: Sequence[Words]) -> str:
    return f"{counted(len(messages), 'message')} of today"
