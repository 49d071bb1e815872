"""/users and /audit: who may what, who did what; for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from chaingraph.service.accounts import list_users
from chaingraph.service.signing_in import audit
from chaingraph.web.answers import page
from chaingraph.web.safety.visitor import ROLES, Admin
from chaingraph.web.view import MOST_TEXT, Data, Seen

router = APIRouter()
_EVENTS = 200


@router.get("/users")
def users_page(data: Data, view: Seen, visitor: Admin) -> Response:
    """The users, each with what an admin may change."""
    return page("users.html", view, visitor, report=list_users(data, lang=view.lang), roles=ROLES)


@router.get("/audit")
def audit_page(
    data: Data,
    view: Seen,
    visitor: Admin,
    user: Annotated[str | None, Query(max_length=MOST_TEXT)] = None,
    since: Annotated[str | None, Query(max_length=20)] = None,
) -> Response:
    """The latest events."""
    report = audit(data, user or None, since or None, _EVENTS, lang=view.lang)
    return page("audit.html", view, visitor, report=report, user=user, since=since)
