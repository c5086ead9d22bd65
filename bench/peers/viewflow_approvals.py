"""Approvals as a flow of django-viewflow: python -m bench.peers.viewflow_approvals CASES CLIENTS

It says "ready" when so many cases wait for one; then for each number read, so many are approved.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from bench.peers.project import configure

configure(os.environ["PEER_DATABASE"], __name__, ["viewflow", "viewflow.workflow", "bench.peers"])

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from viewflow.workflow.models import Task  # noqa: E402
from viewflow.workflow.status import STATUS  # noqa: E402

from bench.peers.viewflow_flow import Approvals  # noqa: E402

urlpatterns: list[Any] = []


def approve(tasks: Sequence[int], user: Any) -> None:
    """What its page does with a form, without the page."""
    for one in tasks:
        with transaction.atomic():
            task = Task.objects.get(pk=one)
            assert task.process.flow_class is Approvals
            activation = Approvals.approve.activation_class(task)
            activation.assign(user)
            activation.start(None)
            activation.process.data["approved"] = True
            activation.process.save()
            activation.execute()


def main(cases: int, clients: int) -> None:
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("The Director of Adults and Health")
    for n in range(cases):
        Approvals.opened.run(reference=f"shire-2022-{n}")
    waiting = iter(
        Task.objects.filter(status=STATUS.NEW).values_list("pk", flat=True).order_by("pk")
    )
    print("ready", flush=True)
    with ThreadPoolExecutor(clients) as pool:
        for line in sys.stdin:
            now = list(islice(waiting, int(line)))
            list(
                pool.map(
                    lambda some: approve(some, user), [now[n::clients] for n in range(clients)]
                )
            )
            print(len(now), flush=True)


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
