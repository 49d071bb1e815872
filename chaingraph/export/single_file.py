"""A chain's map and graph as one HTML file that works wherever it is opened: styles, scripts and data within it.

Every byte is ASCII, so that no mail gateway or editor can spoil it; its policy lets it run nothing but its own two
scripts and ask nobody for anything.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlencode

from markupsafe import Markup

from chaingraph.export.assets import asset_path
from chaingraph.export.map_svg import map_svg
from chaingraph.export.script_bundle import bundle, script, style
from chaingraph.export.shown_gaps import MOVES, STAGES, text_of
from chaingraph.export.templates import render
from chaingraph.export.text import render_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.model.gap_report import GapReport
    from chaingraph.model.graph_report import GraphReport
    from chaingraph.model.link_report import LinkReport
    from chaingraph.model.map_report import ChainMapReport

_STYLES = ("base", "map", "gaps", "panel", "graph")
_NOWHERE = "about:blank"
_TO_A_PAGE = re.compile(rf'<a\b[^>]* href="{_NOWHERE}"[^>]*>(.*?)</a>', re.DOTALL)
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
"""Control characters that HTML reads as other letters when they are written as references."""


class ChainInAFile(NamedTuple):
    """What the file tells: a chain's gaps, its map, its graph, and each of its links."""

    gaps: GapReport
    map: ChainMapReport
    graph: GraphReport
    links: tuple[LinkReport, ...]


def render_single_file(chain: ChainInAFile) -> bytes:
    """The file; the same bytes for the same data."""
    styles = "".join(style(asset_path(f"css/{name}.css").read_text(encoding="utf-8")) for name in _STYLES)
    scripts = [
        script(asset_path("vendor/vis-network.min.js").read_text(encoding="utf-8")),
        bundle("chain_page.js"),
    ]
    searched = {row.link: text_of(row) for row in chain.gaps.rows.values()}
    page = render(
        "single_file.html",
        chain.gaps.lang,
        gap_report=chain.gaps,
        chain_map=chain.map,
        map_drawing=Markup(map_svg(chain.map, searched)),
        link_reports=chain.links,
        graph=json.loads(render_json(chain.graph)),
        stages=STAGES,
        moves=MOVES,
        styles=Markup(styles),
        scripts=[Markup(each) for each in scripts],
        policy=_policy(styles, scripts),
        url=_within(chain),
        may_write=False,
    )
    return _TO_A_PAGE.sub(_unlinked, page).translate(_C1).encode("ascii", "xmlcharrefreplace")


def _policy(styles: str, scripts: list[str]) -> str:
    """What the file may do, as its Content-Security-Policy: its own styles and scripts by their hashes, no more."""
    allowed = " ".join(_hash(each) for each in scripts)
    own = f"script-src {allowed}; style-src {_hash(styles)}; img-src data: blob:"
    return f"default-src 'none'; {own}; form-action 'none'; base-uri 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('ascii')).digest()).decode()}'"


def _within(chain: ChainInAFile) -> Callable[..., str]:
    """Where a link of a template leads within the file: to a link of the chain, a view of it, or nowhere."""
    home, links = f"/chains/{chain.map.chain}", {f"/links/{report.explanation.row.link}" for report in chain.links}

    def url(path: str, **more: Any) -> str:
        path = unquote(path)
        if path in links:
            return f"?{urlencode({'link': path.removeprefix('/links/')})}"
        told = {key: value for key, value in more.items() if value is not None}
        return f"?{urlencode(told)}" if path == home else _NOWHERE

    return url


def _unlinked(found: re.Match[str]) -> str:
    """A link to a page that the file has not: of a name stays the name, what would be done there is left out."""
    return found[1] if "<bdi>" in found[1] else ""
