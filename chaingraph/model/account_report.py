"""Who may use the explorer, and who did what there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chaingraph.errors import Lang

Role = Literal["viewer", "officer", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "officer", "admin")
"""Reads; reads and works the leads; everything. Each may what the one before it may."""


@dataclass(frozen=True)
class UserRow:
    """A user. ``created`` and ``changed`` are local times with their offset."""

    name: str
    role: Role
    created: str
    changed: str


@dataclass(frozen=True)
class UsersReport:
    """Every user, in the order of their names. ``changed`` names who was added or changed just now, None for nobody.

    ``login`` tells whether the explorer asks who somebody is: it does as soon as there is a user.
    """

    lang: Lang
    login: bool
    changed: str | None
    users: tuple[UserRow, ...]


@dataclass(frozen=True)
class AuditRow:
    """What somebody did: ``action`` on ``target``, ``outcome`` as HTTP counts it, ``at`` a local time with its offset.

    ``user`` is "?…" where nobody of the name that was given is a user: the same name has the same mark.
    ``address`` is empty for the command line.
    """

    number: int
    at: str
    user: str
    address: str
    action: str
    target: str
    outcome: int


@dataclass(frozen=True)
class AuditReport:
    """The latest events, the last first; ``more`` tells that there are others before them."""

    lang: Lang
    more: bool
    events: tuple[AuditRow, ...]
