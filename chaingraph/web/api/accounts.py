"""/api/users, /api/audit: who may what, who did what."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from chaingraph.config import Password
from chaingraph.errors import Text, UsageError
from chaingraph.model.account_report import AuditReport, Role, UsersReport
from chaingraph.service.accounts import add_user, list_users, remove_user, set_password, set_role
from chaingraph.service.signing_in import audit
from chaingraph.web.answers import as_json
from chaingraph.web.safety.visitor import Admin, Visitor
from chaingraph.web.safety.watch import is_recorded
from chaingraph.web.view import MOST_TEXT, Data, Seen, View

router = APIRouter(tags=["accounts"])
Name = Annotated[str, Path(max_length=MOST_TEXT, description="The user's name")]
Secret = Annotated[SecretStr, Field(max_length=MOST_TEXT, description="Ten characters at least")]


class NewUser(BaseModel):
    """A user to add; without a role the first one is an admin, others are officers."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=MOST_TEXT)]
    password: Secret
    role: Role | None = None


class ChangedUser(BaseModel):
    """What is to change: the role or the password."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    password: Secret | None = None


@router.get("/users", response_model=UsersReport)
def users(data: Data, view: Seen, visitor: Admin) -> Response:  # noqa: ARG001
    """Every user."""
    return as_json(list_users(data, lang=view.lang))


@router.post("/users", response_model=UsersReport)
def add(request: Request, data: Data, view: Seen, visitor: Admin, new: NewUser) -> Response:
    """Adds a user."""
    password = Password(new.password.get_secret_value())
    report = add_user(data, new.name, password, new.role, **_by(visitor, view))
    is_recorded(request)
    return as_json(report)


@router.patch("/users/{name}", response_model=UsersReport)
def change(request: Request, data: Data, view: Seen, visitor: Admin, name: Name, to: ChangedUser) -> Response:
    """Gives a user another role or another password; whose sessions end."""
    if (to.role is None) == (to.password is None):
        raise UsageError(Text("请写 role 或 password 之一", "give role or password, one of them"))
    if to.password is not None:
        report = set_password(data, name, Password(to.password.get_secret_value()), **_by(visitor, view))
    else:
        report = set_role(data, name, to.role or "", **_by(visitor, view))
    is_recorded(request)
    return as_json(report)


@router.delete("/users/{name}", response_model=UsersReport)
def remove(request: Request, data: Data, view: Seen, visitor: Admin, name: Name) -> Response:
    """Removes a user; what was done under the name stays."""
    report = remove_user(data, name, **_by(visitor, view))
    is_recorded(request)
    return as_json(report)


@router.get("/audit", response_model=AuditReport)
def events(
    data: Data,
    view: Seen,
    visitor: Admin,  # noqa: ARG001
    user: Annotated[str | None, Query(max_length=MOST_TEXT, description="Of that user alone")] = None,
    since: Annotated[str | None, Query(max_length=20, description="From that day on, 2026-11-22")] = None,
    top: Annotated[int, Query(ge=1, le=1000, description="So many at most")] = 200,
) -> Response:
    """The latest events, the last first."""
    return as_json(audit(data, user or None, since or None, top, lang=view.lang))


def _by(visitor: Visitor, view: View) -> Any:
    return {"user": visitor.name, "address": visitor.address, "lang": view.lang}
