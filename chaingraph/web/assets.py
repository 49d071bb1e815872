"""Serves the browser's files to it, each under a URL that changes with its content."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import FileResponse

from chaingraph.export.assets import THIRD_PARTY, TYPES, asset_path

if TYPE_CHECKING:
    from fastapi import Response

router = APIRouter(prefix="/static", include_in_schema=False)


def asset_url(name: str) -> str:
    """Where a page finds a file: the URL changes with the file's content, so that a browser may keep it."""
    return f"/static/{name}?v={_digest(asset_path(name), asset_path(name).stat().st_mtime_ns)}"


@cache
def _digest(path: Path, _changed: int) -> str:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()


@router.get("/{name:path}")
def static(name: str) -> Response:
    """A file for the browser; modules import each other without a version, so they are asked for anew."""
    path = asset_path(name)
    keep = "public, max-age=86400" if name in THIRD_PARTY else "no-cache"
    return FileResponse(path, media_type=TYPES[path.suffix], headers={"Cache-Control": keep})
