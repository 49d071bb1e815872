"""The session of a browser: a signed cookie, and the token against forged writes that is derived from it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, NamedTuple

from itsdangerous import BadSignature, URLSafeTimedSerializer

if TYPE_CHECKING:
    from fastapi import Request

    from chaingraph.workspace.accounts import Account

HOURS = 12
"""A session ends so long after it began, whatever is done in it: an office signs in each morning."""
_COOKIE = "session_cookie"
"""Where the request's state keeps the cookie that its answer should set."""


class Session(NamedTuple):
    """A browser's session. ``user`` and ``version`` are None before anybody signs in; ``id`` is the browser's own."""

    id: str
    user: str | None = None
    version: str | None = None


class Sessions:
    """Signs and reads the cookies of one workspace."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._signer = URLSafeTimedSerializer(key, salt="session", signer_kwargs={"digest_method": hashlib.sha256})

    def of(self, request: Request) -> Session | None:
        """The session whose cookie the request bears; None where there is none, it is forged, or its time is over."""
        try:
            told, began = self._signer.loads(request.cookies.get(_name(request), ""), return_timestamp=True)
        except BadSignature:
            return None
        session = Session(*told)
        # Nobody's has no end: a page that is left open over night may still write.
        over = session.user is not None and datetime.now(UTC) - began > timedelta(hours=HOURS)
        return None if over else session

    def here(self, request: Request) -> Session:
        """The session of the request; a new one, of nobody, where it has none."""
        found = self.of(request)
        if found is None:
            found = Session(secrets.token_hex(12))
            # A script has the token of its page: another session would put that out of date.
            if not of_a_script(request):
                self.begin(request, found)
        return found

    def begin(self, request: Request, session: Session) -> None:
        """Lets the answer give the browser this session."""
        https = request.url.scheme == "https"
        cookie: SimpleCookie = SimpleCookie()
        name = _name(request)
        cookie[name] = self._signer.dumps(list(session))
        for flag, value in (("path", "/"), ("httponly", True), ("samesite", "Lax"), ("secure", https)):
            cookie[name][flag] = value
        setattr(request.state, _COOKIE, cookie[name].OutputString())

    def sign_in(self, request: Request, account: Account) -> Session:
        """Begins the session of a user: with a new id, so that nobody who knew the old one is in it."""
        session = Session(secrets.token_hex(12), account.key, account.version)
        self.begin(request, session)
        return session

    def token(self, session: Session) -> str:
        """The token that a write of this session bears."""
        told = "\n".join(part or "" for part in session)
        return hmac.digest(self._key, b"csrf\n" + told.encode(), "sha256").hex()


def cookie_to_set(state: dict[str, object]) -> str | None:
    """The cookie that the answer to a request should set, out of the request's state."""
    cookie = state.get(_COOKIE)
    return cookie if isinstance(cookie, str) else None


def of_a_script(request: Request) -> bool:
    """Whether a script reads the answer: data, or a piece of a page."""
    return request.url.path.startswith("/api/") or "x-fragment" in request.headers


def _name(request: Request) -> str:
    """Two servers of one host share its cookies, so the port is in the name; over https no other host can set it."""
    server = request.scope.get("server") or ("", 0)
    return f"{'__Host-' if request.url.scheme == 'https' else ''}chaingraph-{server[1]}"
