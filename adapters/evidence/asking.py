"""How others are asked over HTTP to sign what is sealed."""

from __future__ import annotations

import urllib.error
import urllib.request

SECONDS = 10.0
MOST_READ = 64 * 1024


class Away(Exception):
    """Somebody who signs does not answer, or not as one. Says who and why."""


def posted(url: str, body: bytes, kind: str) -> tuple[int, bytes]:
    """What is answered to a body of a media type. Raises Away where nobody answers."""
    request = urllib.request.Request(url, body, {"Content-Type": kind})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.status, answer.read(MOST_READ)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(MOST_READ)
    except (OSError, ValueError) as error:
        raise Away(f"{url} does not answer: {error}") from None
