"""Builds the web application out of its rooms: pages, the JSON beside them, files, safety, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI

from chaingraph import __version__
from chaingraph.service.accounts import asks_for_login
from chaingraph.service.workspace import open_store, spoken
from chaingraph.web import assets, envelope, health
from chaingraph.web.api import PARTS as API
from chaingraph.web.pages import OPEN
from chaingraph.web.pages import PARTS as PAGES
from chaingraph.web.safety.headers import Headers
from chaingraph.web.safety.limits import Limits
from chaingraph.web.safety.sessions import Sessions
from chaingraph.web.safety.turns import Turns
from chaingraph.web.safety.visitor import reader
from chaingraph.web.safety.watch import Watch
from chaingraph.workspace.session_key import session_key

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from chaingraph.config import Settings
    from chaingraph.errors import Lang


def build(settings: Settings, lang: Lang | None = None) -> FastAPI:
    """The application over one workspace.

    Parameters
    ----------
    lang
        The language of who asks for none; the pack's own where None.

    Raises
    ------
    PackError, WorkspaceError, StoreError
        If the graph cannot be opened.
    """
    store, _ = open_store(settings)
    app = _Explorer(title="chaingraph", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.lang = spoken(lang, store)
    app.state.sessions = Sessions(session_key(settings.workspace))
    app.state.had_users = asks_for_login(settings)
    app.state.password_turns = Turns()
    envelope.add_to(app)
    app.add_middleware(Limits)
    app.add_middleware(Watch)
    app.include_router(health.router)
    app.include_router(assets.router)
    # Closed unless opened: who may not look gets neither page nor data.
    looking = [Depends(reader)]
    for module in OPEN:
        app.include_router(module.router, include_in_schema=False)
    for module in PAGES:
        app.include_router(module.router, dependencies=looking, include_in_schema=False)
    for module in API:
        app.include_router(module.router, prefix="/api", dependencies=looking, responses=envelope.ANSWERS)
    app.add_api_route("/api/openapi.json", app.openapi, dependencies=looking, include_in_schema=False)
    return app


class _Explorer(FastAPI):
    """Headers lie around all, around the answer to what nobody foresaw too."""

    def build_middleware_stack(self) -> ASGIApp:
        return Headers(super().build_middleware_stack())
