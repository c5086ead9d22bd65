"""A flow of django-viewflow with one approval. Django has been set up when this is imported."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import UpdateProcessView
from viewflow.workflow.models import Process


class Approvals(flow.Flow):  # type: ignore[misc]
    """A case is opened, its report is approved by somebody, and that is all."""

    process_class = Process
    opened = flow.StartHandle(this.open).Next(this.approve)
    approve = flow.View(UpdateProcessView.as_view(fields=["data"])).Next(this.end)
    end = flow.End()

    def open(self, activation: Any, reference: str) -> Any:
        activation.process.data = {"reference": reference}
        return activation.process
