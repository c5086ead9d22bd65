"""A form sent again: it is answered as before, without a look at the record; or by the record."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from adapters.scratch import Scratch
from tests.web.conftest import Browser
from tests.web.journey import CASE, CLERK, DIRECTOR, OFFICER, answers, decide_path

OURS = {"sec-fetch-site": "same-origin"}


def send(web: Browser, path: str, sent: dict[str, str]) -> Any:
    return web.client.post(path, data=sent, headers=OURS, follow_redirects=False)


def decision(web: Browser) -> tuple[str, dict[str, str]]:
    """The Director's answers, confirmed, and where they are sent."""
    path = decide_path(web.sign_in(DIRECTOR))
    return path, {**web.form(path), **answers(), "command": str(uuid4()), "seen": "6"}


def kept(web: Browser) -> Scratch:
    found: Scratch = web.app.state.scratch
    return found


def test_a_form_sent_again_is_answered_as_before_without_the_record(web: Browser) -> None:
    path, sent = decision(web)
    first = send(web, path, sent)
    assert first.status_code == 303
    events = web.events
    with web.house.database.write() as db:
        db.exec_driver_sql("ALTER TABLE stored_events RENAME TO elsewhere")
        db.exec_driver_sql("CREATE TABLE stored_events AS SELECT * FROM elsewhere WHERE 1 = 2")
        db.exec_driver_sql(
            "INSERT INTO stored_events SELECT * FROM elsewhere WHERE topic LIKE '%-adopted/_'"
        )
    again = send(web, path, sent)
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    with web.house.database.write() as db:
        db.exec_driver_sql("DROP TABLE stored_events")
        db.exec_driver_sql("ALTER TABLE elsewhere RENAME TO stored_events")
    assert web.events == events


def test_what_was_forgotten_the_record_answers_in_the_same_way(web: Browser) -> None:
    path, sent = decision(web)
    first = send(web, path, sent)
    events = web.events
    kept(web).close()
    again = send(web, path, sent)
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert web.events == events


def test_another_request_is_not_answered_like_this_one(web: Browser) -> None:
    path, sent = decision(web)
    assert send(web, path, sent).status_code == 303
    for other in ({"reasons": "Something else"}, {"command": str(uuid4())}, {"seen": "7"}):
        assert send(web, path, {**sent, **other}).status_code in (409, 422)


def test_another_person_is_not_answered_like_this_one(web: Browser) -> None:
    path, sent = decision(web)
    assert send(web, path, sent).status_code == 303
    web.sign_in(CLERK)
    assert send(web, path, sent).status_code == 422


def test_a_refusal_is_not_kept(web: Browser) -> None:
    web.sign_in(OFFICER)
    path = f"{CASE}/do/start-phase?subject=2"
    sent = {**web.form(path), "command": str(uuid4()), "seen": "6"}
    assert send(web, path, sent).status_code == 422
    assert not [key for key in kept(web)._kept if key.startswith("answer:")]


def test_what_is_kept_says_nothing_of_what_was_sent(web: Browser) -> None:
    path, sent = decision(web)
    send(web, path, sent)
    (key, (_, there)), *more = [
        one for one in kept(web)._kept.items() if one[0].startswith("answer:")
    ]
    assert not more
    assert there.startswith(f"{CASE}/decisions/")
    assert sent["reasons"] not in key + there
