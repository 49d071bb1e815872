"""Writes down what is written and what is refused, in one place for all handlers; gives browsers their session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders

from chaingraph.service.signing_in import record
from chaingraph.web.safety.sessions import cookie_to_set
from chaingraph.web.safety.visitor import NOBODY, Visitor, address_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REFUSED = (403, 413, 429)
_FAILED = 500
_RECORDED = "recorded"


def is_recorded(request: Request) -> None:
    """Tells that the service wrote the event itself, with the change and in one transaction with it."""
    setattr(request.state, _RECORDED, True)


class Watch:
    """Records every write, and every refusal of whatever method, before its answer leaves."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # One dictionary for all layers, so that what is found out within is seen here.
        state = scope.setdefault("state", {})
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and not begun:
                begun = True
                cookie = cookie_to_set(state)
                if cookie:
                    MutableHeaders(scope=message).append("Set-Cookie", cookie)
                await _note(scope, message["status"])
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            if not begun:
                await _note(scope, _FAILED)
            raise


async def _note(scope: Scope, status: int) -> None:
    state = scope["state"]
    written = scope["method"] not in ("GET", "HEAD", "OPTIONS")
    # Who may not even look changes nothing, and shall not fill the log.
    if state.get(_RECORDED) or not (status in _REFUSED or (written and "visitor" in state)):
        return
    request = Request(scope)
    visitor: Visitor = state.get("visitor", NOBODY)
    settings, address = request.app.state.settings, address_of(request)
    await run_in_threadpool(record, settings, visitor.name, address, scope["method"], scope["path"], status)
