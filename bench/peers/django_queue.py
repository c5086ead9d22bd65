"""The queue as Django would show it: the same rows of the same table, written by hand.

Whoever is signed in is looked up by a session in the database, as ours are.
"""

from __future__ import annotations

import json
import os
from typing import Any

from django.core.wsgi import get_wsgi_application

from bench.peers.project import configure

configure(os.environ["PEER_DATABASE"], __name__)

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import models  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.timezone import now  # noqa: E402


class Item(models.Model):  # type: ignore[misc]
    procurement = models.UUIDField(primary_key=True)
    do = models.TextField()
    subject = models.TextField()
    post = models.TextField()
    reference = models.TextField()
    title = models.TextField()
    act = models.TextField()
    whose = models.TextField()
    since = models.DateField()
    since_text = models.TextField()
    opens = models.DateField(null=True)
    waits_for = models.TextField()
    blocked_by = models.TextField()
    due = models.DateField(null=True)
    due_because = models.TextField()

    class Meta:
        managed = False
        app_label = "queue"
        db_table = "queue"


@login_required  # type: ignore[untyped-decorator]
def queue(request: Any) -> Any:
    """The first fifty of a post, what is due first at the top."""
    mine = Item.objects.filter(post=request.GET["post"])
    order = (models.F("due").asc(nulls_last=True), "since", "reference")
    rows = mine.order_by(*order)[:50]
    values = {"rows": rows, "count": mine.count(), "today": now().date()}
    return render(request, "queue.html", values)


urlpatterns = [path("queue", queue)]
application = get_wsgi_application()


def signed_in() -> str:
    """The cookie of somebody who has signed in; makes Django's own tables first."""
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("The Director of Adults and Health")
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    print(json.dumps({"Cookie": signed_in()}))
