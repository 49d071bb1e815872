"""How large a request may be: a workbook, or the few words of a form; counted as it arrives, whatever it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request

from chaingraph.errors import ChaingraphError, Text, TooLarge, UsageError
from chaingraph.web import envelope

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_OF_A_FILE = 10 * 1024 * 1024
MOST_OF_A_FORM = 64 * 1024
_MOST_DRAINED = 4 * MOST_OF_A_FILE
"""So much of what is too large is read and thrown away: a browser that is cut off shows no answer."""


class Limits:
    """Answers 413 where a body is larger than it may be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on while its body stays within the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        most = _most(request)
        try:
            said = int(request.headers.get("content-length", "0"))
        except ValueError:
            await _refuse(request, UsageError(Text("请求的长度不对", "the length of the request is none")), send)
            return
        counted = _Counted(receive, send, most)
        if said <= most:
            try:
                await self._app(scope, counted.receive, counted.send)
            except Exception:
                if not counted.over:
                    raise
        if said > most or counted.over:
            await counted.drain()
            if not counted.answered:
                await _refuse(request, _too_large(most), send)


class _Counted:
    """The two ends of a connection, with what came in so far. Once it is too much, nothing goes out."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive = receive
        self._send = send
        self._most = most
        self._seen = 0
        self._more = True
        self.over = False
        self.answered = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._count(message)
        if self._seen > self._most:
            self.over = True
            raise _too_large(self._most)
        return message

    async def send(self, message: Message) -> None:
        if not self.over:
            self.answered = True
            await self._send(message)

    async def drain(self) -> None:
        while self._more and self._seen < _MOST_DRAINED:
            self._count(await self._receive())

    def _count(self, message: Message) -> None:
        self._seen += len(message.get("body", b""))
        self._more = message["type"] == "http.request" and message.get("more_body", False)


def _most(request: Request) -> int:
    """Files come in under /api alone, as forms of several parts."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    file = kind == "multipart/form-data" and request.url.path.startswith("/api/")
    return MOST_OF_A_FILE if file else MOST_OF_A_FORM


def _too_large(most: int) -> TooLarge:
    size = f"{most // 1024 // 1024} MB" if most == MOST_OF_A_FILE else f"{most // 1024} KB"
    return TooLarge(
        Text(
            f"内容太大，最多 {size}：请拆开或删去不需要的部分",
            f"that is too large, at most {size} fit: split it, or take out what is not needed",
        )
    )


async def _refuse(request: Request, error: ChaingraphError, send: Send) -> None:
    answer = envelope.answer(request, error)
    await answer(request.scope, request.receive, send)
