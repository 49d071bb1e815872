"""The visitor of a request: who, in which role, and with which token against forged writes."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from chaingraph.config import Settings, user
from chaingraph.errors import AccessDenied, NotSignedIn, Text, WorkspaceError
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
    "asks_who",
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


def asks_who(request: Request) -> bool:
    """Whether visitors sign in: as soon as there is a user, and from then on, for the last admin cannot be removed.

    Raises
    ------
    WorkspaceError
        If the users are gone: their file was moved away, or the disk that it is on.
    """
    state = request.app.state
    if asks_for_login(state.settings):
        state.had_users = True
    elif state.had_users:
        raise WorkspaceError(
            Text(
                "工作区里的用户不见了：请检查工作区文件夹。若有意换了工作区，请重新启动 chaingraph serve",
                "the users of the workspace are gone: look after its folder. If another was put in its place on "
                "purpose, start chaingraph serve anew",
            )
        )
    return bool(state.had_users)


def _known(request: Request) -> Visitor | None:
    """Who visits; None for nobody, where users are to sign in."""
    settings: Settings = request.app.state.settings
    sessions: Sessions = request.app.state.sessions
    address = address_of(request)
    if not asks_who(request):
        # Whoever is at this computer may all; by no other name of it, and from no other.
        refuse_strange_host(request)
        return Visitor(user(), "admin", sessions.token(sessions.here(request)), False, address)
    session = sessions.of(request)
    account = find_user(settings, session.user) if session is not None and session.user is not None else None
    if session is None or account is None or account.version != session.version:
        return None
    role: Role = next(role for role in ROLES if role == account.role)
    return Visitor(account.name, role, sessions.token(session), True, address)


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
    await run_in_threadpool(asks_who, request)
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
                f"这需要{word(role, 'zh')}权限，您的角色是{word(visitor.role, 'zh')}：请找管理员",
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
