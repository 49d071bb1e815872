"""/login, /logout, /password: who comes in, goes out, and takes another password. The only writes of a viewer."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from chaingraph.config import Password
from chaingraph.errors import AccessDenied, ChaingraphError, NotSignedIn, Text, Throttled, UsageError
from chaingraph.service.signing_in import change_password, refuse_guessing, sign_in, sign_out
from chaingraph.web.answers import page
from chaingraph.web.safety.sessions import Sessions
from chaingraph.web.safety.turns import Turns
from chaingraph.web.safety.visitor import Guest, Oneself, Visitor, asks_who
from chaingraph.web.safety.watch import is_recorded
from chaingraph.web.view import MOST_TEXT, Data, Seen, View

router = APIRouter()
_MOST_URL = 4000
_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_NOT_AGAIN = re.compile(r"/(login|logout)\b")
Field = Annotated[str, Form(max_length=MOST_TEXT * 4)]


@router.get("/login")
def login_page(
    request: Request,
    view: Seen,
    visitor: Guest,
    onward: Annotated[str, Query(alias="next", max_length=_MOST_URL)] = "/",
) -> Response:
    """The form to sign in; the page asked for, where nobody needs to."""
    if not asks_who(request):
        return RedirectResponse(_ours(onward), 303)
    return _login_form(view, visitor, onward)


@router.post("/login")
async def login(
    request: Request,
    data: Data,
    view: Seen,
    visitor: Guest,
    name: Field = "",
    password: Field = "",
    onward: Annotated[str, Form(alias="next", max_length=_MOST_URL)] = "/",
) -> Response:
    """Signs in, and goes on to the page asked for."""
    is_recorded(request)
    try:
        # Who must wait takes nobody's turn.
        await run_in_threadpool(refuse_guessing, data, name, visitor.address)
        turns: Turns = request.app.state.password_turns
        account = await turns.take(visitor.address, sign_in, data, name, Password(password), visitor.address)
    except (NotSignedIn, Throttled) as error:
        return _login_form(view, visitor, onward, name, error)
    sessions: Sessions = request.app.state.sessions
    sessions.sign_in(request, account)
    return RedirectResponse(_ours(onward), 303)


@router.post("/logout")
def logout(request: Request, data: Data, visitor: Oneself) -> Response:
    """Signs out, in every browser where the user is signed in."""
    if visitor.signed_in:
        is_recorded(request)
        sign_out(data, visitor.name, visitor.address)
    return RedirectResponse("/login", 303)


@router.get("/password")
def password_page(view: Seen, visitor: Oneself) -> Response:
    """The form to take another password."""
    if not visitor.signed_in:
        return RedirectResponse("/users", 303)
    return page("password.html", view, visitor, problem=None, done=False)


@router.post("/password")
async def password(
    request: Request, data: Data, view: Seen, visitor: Oneself, old: Field = "", new: Field = "", again: Field = ""
) -> Response:
    """Takes another password; sessions in other browsers end."""
    if not visitor.signed_in:
        raise AccessDenied(Text("还没有用户，没有密码可改", "there are no users, so there is no password to change"))
    try:
        if new != again:
            raise UsageError(Text("两次输入的新密码不同：请重新输入", "the two new passwords differ: write them again"))
        turns: Turns = request.app.state.password_turns
        account = await turns.take(
            visitor.address, change_password, data, visitor.name, Password(old), Password(new), visitor.address
        )
    except NotSignedIn:
        is_recorded(request)
        wrong = AccessDenied(Text("旧密码不对", "the old password is wrong"))
        return _refused("password.html", view, visitor, wrong, done=False)
    except (UsageError, Throttled) as error:
        return _refused("password.html", view, visitor, error, done=False)
    is_recorded(request)
    sessions: Sessions = request.app.state.sessions
    token = sessions.token(sessions.sign_in(request, account))
    return page("password.html", view, visitor._replace(csrf=token), problem=None, done=True)


def _login_form(
    view: View, visitor: Visitor, onward: str, name: str = "", error: ChaingraphError | None = None
) -> Response:
    shown: dict[str, Any] = {"onward": _ours(onward), "name": name}
    if error is None:
        return page("login.html", view, visitor, problem=None, **shown)
    return _refused("login.html", view, visitor, error, **shown)


def _refused(template: str, view: View, visitor: Visitor, error: ChaingraphError, **shown: Any) -> Response:
    """The form once more, with what was wrong."""
    told = page(template, view, visitor, status=error.http_status, problem=error.text.in_(view.lang), **shown)
    if isinstance(error, Throttled):
        told.headers["Retry-After"] = str(error.seconds)
    return told


def _ours(onward: str) -> str:
    """A path of this site, whatever a link said."""
    return onward if _OURS.fullmatch(onward) and not _NOT_AGAIN.match(onward) else "/"
