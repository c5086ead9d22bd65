"""Whether the process lives, and whether it can do its work: for who keeps it running."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from adapters.readiness import missing
from web.reader import TheHouse

router = APIRouter(prefix="/health")


@router.get("/live")
def live() -> JSONResponse:
    """Whether the process answers at all."""
    return JSONResponse({"live": True})


@router.get("/ready")
def ready(house: TheHouse) -> JSONResponse:
    """Whether it can do its work; if not, 503 and what is missing."""
    found = missing(house)
    return JSONResponse({"ready": not found, "missing": found}, 503 if found else 200)
