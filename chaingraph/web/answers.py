"""How an answer leaves: a page out of a template, or a report as the JSON that every surface writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.responses import HTMLResponse, Response

from chaingraph.export.templates import render
from chaingraph.export.text import render_json
from chaingraph.web.assets import asset_url
from chaingraph.web.view import may_write

if TYPE_CHECKING:
    from chaingraph.model.report import PageReport, Report
    from chaingraph.web.safety.visitor import Visitor
    from chaingraph.web.view import View


def page(template: str, view: View, visitor: Visitor, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of the explorer.

    Parameters
    ----------
    template
        Its file in viz/templates; it extends base.html.
    context
        What the template shows; it always has ``view``, ``visitor``, ``url``, ``asset``, ``may_write`` and
        the words of its language.
    """
    shared = {"view": view, "visitor": visitor, "may_write": may_write(visitor, view)}
    text = render(template, view.lang, url=view.url, asset=asset_url, **shared, **context)
    return HTMLResponse(text, status)


def as_json(report: Report | PageReport) -> Response:
    """A report as JSON: the bytes that ``--format json`` prints."""
    return Response(render_json(report), media_type="application/json")


def as_file(content: bytes, name: str, media_type: str) -> Response:
    """A download; ``name`` in ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
