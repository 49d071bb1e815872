"""The visitor of a request: who, in which role, and with which token against forged writes."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from chaingraph.config import Settings, user
from chaingraph.errors import AccessDenied, NotSignedIn, Text
from chaingraph.model.account_report import ROLES, Role
from chaingraph.model.words import word
from chaingraph.service.accounts import asks_for_login, find_user
from chaingraph.web.safety.forgery import CSRF_HEADER, refuse_forgery, refuse_strange_host
from chaingraph.web.safety.sessions import Sessions

__all__ = [
    "CSRF_HEADER",
    "NOBODY",
    "ROLES",
    "Admin",
    "Guest",
    "Officer",
    "Oneself",
    "Reader",
    "Role",
    "Visitor",
    "reader",
]


class Visitor(NamedTuple):
    """Under which ``name`` events are written; ``signed_in`` is False on a loopback address without users."""

    name: str
    role: Role
    csrf: str
    signed_in: bool
    address: str

    def may(self, role: Role) -> bool:
        """Whether the visitor's role is ``role`` or more."""
        return ROLES.index(self.role) >= ROLES.index(role)


NOBODY = Visitor("", "viewer", "", False, "")


def _known(request: Request) -> Visitor | None:
    """Who visits; None for nobody, where users are to sign in. The browser gets a session if it has none."""
    settings: Settings = request.app.state.settings
    sessions: Sessions = request.app.state.sessions
    session = sessions.here(request)
    token, address = sessions.token(session), address_of(request)
    if not asks_for_login(settings):
        # Whoever is at this computer may all; by no other name of it, and from no other.
        refuse_strange_host(request)
        return Visitor(user(), "admin", token, False, address)
    account = find_user(settings, session.user) if session.user is not None else None
    if account is None or account.version != session.version:
        return None
    role: Role = next(role for role in ROLES if role == account.role)
    return Visitor(account.name, role, token, True, address)


async def _recognised(request: Request) -> Visitor:
    visitor = await run_in_threadpool(_known, request)
    if visitor is None:
        raise NotSignedIn(Text("请先登录", "sign in first"))
    request.state.visitor = visitor
    return visitor


async def _oneself(request: Request) -> Visitor:
    """The visitor, in whatever role; a write bears the token."""
    visitor = await _recognised(request)
    await refuse_forgery(request, visitor.csrf)
    return visitor


async def reader(request: Request) -> Visitor:
    """The visitor, who may look. Writing is closed unless opened: it needs an officer and the token, always."""
    visitor = await _oneself(request)
    if request.method not in ("GET", "HEAD"):
        _asking_for(visitor, "officer")
    return visitor


async def _guest(request: Request) -> Visitor:
    """Who has not signed in yet: with the token of the browser's session, which the login form bears."""
    sessions: Sessions = request.app.state.sessions
    visitor = NOBODY._replace(csrf=sessions.token(sessions.here(request)), address=address_of(request))
    await refuse_forgery(request, visitor.csrf)
    return visitor


def address_of(request: Request) -> str:
    """The visitor's address: the socket's, or what the proxy tells that the server was started behind."""
    return request.client.host if request.client else ""


def _asking_for(visitor: Visitor, role: Role) -> None:
    if not visitor.may(role):
        raise AccessDenied(
            Text(
                f"这需要{word(role, 'zh')}权限，您是{word(visitor.role, 'zh')}：请找管理员",
                f"this needs the role {role}, yours is {visitor.role}: ask an admin",
            )
        )


Reader = Annotated[Visitor, Depends(reader)]
"""Anybody who may look."""


def _officer(visitor: Reader) -> Visitor:
    _asking_for(visitor, "officer")
    return visitor


def _admin(visitor: Reader) -> Visitor:
    _asking_for(visitor, "admin")
    return visitor


Officer = Annotated[Visitor, Depends(_officer)]
"""Who may work the leads; a write bears the CSRF token."""
Admin = Annotated[Visitor, Depends(_admin)]
"""Who may manage users and approve for the city."""
Oneself = Annotated[Visitor, Depends(_oneself)]
"""Anybody who may look, to write what is one's own: the password, the end of the session."""
Guest = Annotated[Visitor, Depends(_guest)]
"""Nobody yet."""
