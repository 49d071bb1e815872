"""/healthz: whether the server answers, for whoever watches over it."""

from __future__ import annotations

from fastapi import APIRouter

from chaingraph import __version__

router = APIRouter()


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """That the server runs, and its version."""
    return {"status": "ok", "version": __version__}
