"""The users of the explorer: added, changed and removed, always with an admin among them."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from chaingraph.config import Password, user
from chaingraph.errors import NotFound, Text, UsageError
from chaingraph.model.account_report import ROLES, UserRow, UsersReport
from chaingraph.service.arguments import choice
from chaingraph.service.passwords import checked, hashed
from chaingraph.workspace.accounts import Account, Accounts, find_account, find_accounts, writing
from chaingraph.workspace.audit import Event

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.account_report import Role

LONGEST_NAME = 64
_BESIDE_LETTERS = " -_.·'@"
_DONE = 200


class By(TypedDict, total=False):
    """Who changes users, and from where: what the audit says. The command line has no address.

    ``user`` is CHAINGRAPH_USER where None, else the login name.
    """

    user: str | None
    address: str
    lang: Lang | None
    progress: Callable[[str, float], None] | None


class _Change(NamedTuple):
    accounts: Accounts
    by: By
    lang: Lang

    def told(self, action: str, account: Account) -> UsersReport:
        """Records the change, and tells how the users stand after it."""
        event = Event(user(self.by.get("user")), self.by.get("address", ""), f"users {action}", account.name, _DONE)
        self.accounts.record(event)
        return _report(self.accounts.all(), self.lang, account.name)


def list_users(
    settings: Settings,
    *,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,  # noqa: ARG001
) -> UsersReport:
    """Every user with role and dates."""
    return _report(find_accounts(settings.workspace), lang or "zh", None)


def add_user(
    settings: Settings, name: str, password: Password, role: str | None = None, **by: Unpack[By]
) -> UsersReport:
    """Adds a user.

    Parameters
    ----------
    role
        viewer, officer or admin; None is admin for the first user, officer for others.

    Raises
    ------
    UsageError
        If the name is none or taken, the password too weak, or the first user is to be no admin.
    """
    name = written_name(name)
    wanted = None if role is None else _role(role)
    password_hash = hashed(checked(password, name))
    with writing(settings.workspace) as accounts:
        there = accounts.all()
        if any(account.key == key_of(name) for account in there):
            raise UsageError(
                Text(f"已有用户“{name}”：请换一个名字", f"there is a user named {name!r} already: take another name")
            )
        if not there and wanted not in (None, "admin"):
            raise UsageError(
                Text("第一个用户应是管理员：请写 --role admin", "the first user must be an admin: write --role admin")
            )
        account = accounts.put(key_of(name), name, wanted or ("officer" if there else "admin"), password_hash)
        return _change(accounts, by).told("add", account)


def set_role(settings: Settings, name: str, role: str, **by: Unpack[By]) -> UsersReport:
    """Gives a user another role; whose sessions end. Raises NotFound, and UsageError for the last admin."""
    wanted = _role(role)
    with writing(settings.workspace) as accounts:
        account = _account(accounts.all(), name)
        if wanted != "admin":
            _keeping_an_admin(accounts.all(), account)
        return _change(accounts, by).told(
            f"role {wanted}", accounts.put(account.key, account.name, wanted, account.password)
        )


def set_password(settings: Settings, name: str, password: Password, **by: Unpack[By]) -> UsersReport:
    """Gives a user another password; whose sessions end. Raises NotFound, and UsageError for a weak one."""
    account = _account(find_accounts(settings.workspace), name)
    password_hash = hashed(checked(password, account.name))
    with writing(settings.workspace) as accounts:
        account = _account(accounts.all(), name)
        return _change(accounts, by).told(
            "password", accounts.put(account.key, account.name, account.role, password_hash)
        )


def remove_user(settings: Settings, name: str, **by: Unpack[By]) -> UsersReport:
    """Removes a user; whose sessions end. What was done under the name stays. Raises NotFound, UsageError."""
    with writing(settings.workspace) as accounts:
        account = _account(accounts.all(), name)
        _keeping_an_admin(accounts.all(), account)
        accounts.delete(account.key)
        return _change(accounts, by).told("remove", account)


def find_user(settings: Settings, name: str) -> Account | None:
    """The user of a name, however it is written; None for nobody."""
    return find_account(settings.workspace, key_of(name))


def asks_for_login(settings: Settings) -> bool:
    """Whether the explorer asks who somebody is: as soon as there is a user."""
    return bool(find_accounts(settings.workspace))


def key_of(name: str) -> str:
    """What two ways of writing one name have in common."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def written_name(name: str) -> str:
    """A user's name as it is kept.

    Raises
    ------
    UsageError
        If it is empty, too long, or of other than letters, digits and a few marks between them.
    """
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept or len(kept) > LONGEST_NAME:
        raise UsageError(
            Text(
                f"用户名应有 1 到 {LONGEST_NAME} 个字符，而不是 {len(kept)} 个",
                f"a user's name has 1 to {LONGEST_NAME} characters, not {len(kept)}",
            )
        )
    bad = next(
        (char for char in kept if unicodedata.category(char)[0] not in "LMN" and char not in _BESIDE_LETTERS), None
    )
    if bad is None and unicodedata.category(kept[0])[0] not in "LN":
        bad = kept[0]
    if bad is not None:
        shown = bad if bad.isprintable() else f"U+{ord(bad):04X}"
        raise UsageError(
            Text(
                f"用户名里不能有“{shown}”：请用文字和数字，中间可有空格和 {_BESIDE_LETTERS.strip()}，以文字或数字开头",
                f"a user's name cannot hold {shown!r} there: use letters and digits, with spaces and "
                f"{_BESIDE_LETTERS.strip()} between them; a letter or digit comes first",
            )
        )
    return kept


def local(at: str) -> str:
    """A time of the workspace as it is here, with its offset."""
    return datetime.fromisoformat(at).astimezone().isoformat(timespec="seconds")


def _change(accounts: Accounts, by: By) -> _Change:
    return _Change(accounts, by, by.get("lang") or "zh")


def _role(role: str) -> Role:
    wanted = choice("role", role, ROLES)
    return next(known for known in ROLES if known == wanted)


def _account(accounts: list[Account], name: str) -> Account:
    found = next((account for account in accounts if account.key == key_of(name)), None)
    if found is None:
        raise NotFound.named(Text("用户", "user"), name, [], [account.name for account in accounts][:10])
    return found


def _keeping_an_admin(accounts: list[Account], leaving: Account) -> None:
    if any(account.role == "admin" and account.key != leaving.key for account in accounts) or leaving.role != "admin":
        return
    raise UsageError(
        Text(
            f"“{leaving.name}”是最后一个管理员：请先让别人成为管理员",
            f"{leaving.name!r} is the last admin: make somebody else an admin first",
        )
    )


def _report(accounts: list[Account], lang: Lang, changed: str | None) -> UsersReport:
    rows = tuple(UserRow(one.name, _role(one.role), local(one.created), local(one.changed)) for one in accounts)
    return UsersReport(lang=lang, login=bool(rows), changed=changed, users=rows)
