"""/api: the paths under it, as a page; the same as JSON is the OpenAPI."""

from __future__ import annotations

from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chaingraph.web.answers import page
from chaingraph.web.safety.visitor import Reader
from chaingraph.web.view import Seen

router = APIRouter()


class _Operation(NamedTuple):
    """What may be asked: ``parameters`` with whether each must be there, ``answer`` its media type."""

    method: str
    path: str
    summary: str
    parameters: list[tuple[str, bool, str]]
    answer: str


@router.get("/api")
def guide(request: Request, view: Seen, visitor: Reader) -> HTMLResponse:
    """The paths of the API by subject."""
    return page("api_guide.html", view, visitor, subjects=_subjects(request.app.openapi()))


def _subjects(described: dict[str, Any]) -> dict[str, list[_Operation]]:
    """The operations of an OpenAPI by their first tag."""
    subjects: dict[str, list[_Operation]] = {}
    for path, operations in described["paths"].items():
        for method, told in operations.items():
            subjects.setdefault(told.get("tags", ["server"])[0], []).append(_operation(method, path, told))
    return subjects


def _operation(method: str, path: str, told: dict[str, Any]) -> _Operation:
    said = told.get("description", told["summary"]).split("\n")[0]
    parameters = [
        (each["name"], each.get("required", False), each.get("description", ""))
        for each in told.get("parameters", ())
        if each["in"] in ("path", "query")
    ]
    answers = next(answer for status, answer in told["responses"].items() if status.startswith("2"))
    return _Operation(method.upper(), path, said, parameters, ", ".join(answers.get("content", ())))
