"""Writes down what is written and what is refused, in one place for all handlers; gives browsers their session."""

from __future__ import annotations

import time
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
_MOST_OF_STRANGERS = 60
"""So many refusals of strangers are recorded a minute: a machine may have many addresses, and the log never shrinks."""


def is_recorded(request: Request) -> None:
    """Tells that the service wrote the event itself, with the change and in one transaction with it."""
    setattr(request.state, _RECORDED, True)


class Watch:
    """Records every write, and every refusal of whatever method, before its answer leaves."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._strangers = _Strangers()

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
                await self._note(scope, message["status"])
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            if not begun:
                await self._note(scope, _FAILED)
            raise

    async def _note(self, scope: Scope, status: int) -> None:
        state = scope["state"]
        known = "visitor" in state
        written = scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if state.get(_RECORDED) or not (status in _REFUSED or (written and known)):
            return
        request = Request(scope)
        address = address_of(request)
        # Who may not even look changes nothing, and shall not fill the log.
        if not known and self._strangers.told_already(address, status):
            return
        visitor: Visitor = state.get("visitor", NOBODY)
        told = visitor.name, address, scope["method"], scope["path"], status
        await run_in_threadpool(record, request.app.state.settings, *told)


class _Strangers:
    """The refusals of strangers in this minute: of an address and a status the first is recorded."""

    def __init__(self) -> None:
        self._minute = 0
        self._told: set[tuple[str, int]] = set()

    def told_already(self, address: str, status: int) -> bool:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute = minute
            self._told.clear()
        if (address, status) in self._told or len(self._told) >= _MOST_OF_STRANGERS:
            return True
        self._told.add((address, status))
        return False
