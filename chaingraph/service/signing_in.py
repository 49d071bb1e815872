"""Signing in and out, one's own password, and the audit, where wrong passwords are counted: a restart forgets none."""

from __future__ import annotations

import hmac
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from chaingraph.errors import NotSignedIn, Text, Throttled, UsageError
from chaingraph.model.account_report import AuditReport, AuditRow
from chaingraph.service.accounts import LONGEST_NAME, find_user, key_of, local
from chaingraph.service.arguments import count, day
from chaingraph.service.passwords import checked, hashed, judged
from chaingraph.workspace import audit as log
from chaingraph.workspace.accounts import Account, now, writing
from chaingraph.workspace.session_key import session_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Password, Settings
    from chaingraph.errors import Lang

WINDOW = timedelta(minutes=15)
"""Wrong passwords count for so long."""
OF_A_PAIR = 5
"""So many of one user from one address: then that address waits, for that user."""
OF_AN_ADDRESS = 30
"""So many from one address, whoever they name: then it waits."""
OF_A_USER = 50
"""So many of one user from anywhere: then addresses wait that the user has not come in from within ``_KNOWN``.

So many machines together cannot guess on, nor keep the user out of the office.
"""
_KNOWN = timedelta(days=30)
_MOST = 1000
_DONE = 200


def sign_in(settings: Settings, name: str, password: Password, address: str) -> Account:
    """The user of that name, if the password is right. What comes of it is recorded.

    One caller at a time: two that ask at once would both be let through the last free attempt.

    Raises
    ------
    Throttled
        If there were too many wrong passwords lately; the password is not looked at.
    NotSignedIn
        If name or password is wrong.
    """
    refuse_guessing(settings, name, address)
    account, who = _meant(settings, name)
    verdict = judged(account, password)
    if account is None or not verdict.right:
        _record_login(settings, who, address, log.REFUSED)
        raise NotSignedIn(Text("用户名或密码不对", "the name or the password is wrong"))
    if verdict.anew:
        with writing(settings.workspace) as accounts:
            accounts.rehash(account.key, account.password, verdict.anew)
    _record_login(settings, who, address, log.SIGNED_IN)
    return account


def refuse_guessing(settings: Settings, name: str, address: str) -> None:
    """Raises Throttled where there were too many wrong passwords lately, of that user or from that address."""
    account, who = _meant(settings, name)
    seconds = _wait(settings, who, address)
    if not seconds:
        return
    # The first of a window is recorded, and of names that are nobody's the first of all: one could go on for ever.
    since = (datetime.now(UTC) - WINDOW).isoformat(timespec="seconds")
    if not log.had_outcome(settings.workspace, log.THROTTLED, account and who, address, since):
        _record_login(settings, who, address, log.THROTTLED)
    minutes = -(-seconds // 60)
    raise Throttled(
        Text(
            f"密码错误次数太多：请 {minutes} 分钟后再试，或请管理员重设密码",
            f"too many wrong passwords: try again in {minutes} minutes, or ask an admin for another password",
        ),
        seconds,
    )


def sign_out(settings: Settings, name: str, address: str) -> None:
    """Ends every session of a user: a cookie that was taken is worth nothing after it."""
    with writing(settings.workspace) as accounts:
        accounts.end_sessions(key_of(name))
        accounts.record(log.Event(name, address, "logout", "", _DONE))


def change_password(settings: Settings, name: str, old: Password, new: Password, address: str) -> Account:
    """A user's own password; every other session ends.

    Raises
    ------
    Throttled, NotSignedIn
        If the old one is wrong, or was too often.
    UsageError
        If the new one is too weak, or the old one.
    """
    account = sign_in(settings, name, old, address)
    if old == new:
        raise UsageError(Text("新密码与旧密码相同：请换一个", "the new password is the old one: take another"))
    password_hash = hashed(checked(new, account.name))
    with writing(settings.workspace) as accounts:
        # The user as of now: an admin may have changed or removed whoever it was while the passwords were looked at.
        current = next((each for each in accounts.all() if each.key == account.key), None)
        if current is None or current.version != account.version:
            raise NotSignedIn(
                Text("这个用户刚被管理员改动：请重新登录", "an admin has just changed this user: sign in again")
            )
        accounts.record(log.Event(current.name, address, "password", current.name, _DONE))
        return accounts.put(current.key, current.name, current.role, password_hash)


def record(settings: Settings, user: str, address: str, action: str, target: str, outcome: int) -> None:
    """Records what somebody did in the browser, or was refused."""
    log.append(settings.workspace, log.Event(user, address, action, target, outcome), now())


def audit(
    settings: Settings,
    user: str | None = None,
    since: str | date | None = None,
    top: int | None = None,
    *,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,  # noqa: ARG001
) -> AuditReport:
    """The latest events of the audit, the last first.

    Parameters
    ----------
    user
        Of that user alone, or of a mark such as "?3fa2c1".
    since
        From that day on, as it is here.
    top
        So many at most; a thousand where None.

    Raises
    ------
    UsageError
        If ``since`` is no date or ``top`` below 1.
    """
    most = min(count("top", top) or _MOST, _MOST)
    known = find_user(settings, user) if user else None
    start = None
    if since is not None:
        # No event is older, and not every system can place such a day in its time zone.
        first = min(max(day(since), date(2000, 1, 1)), date(9998, 12, 31))
        start = datetime.combine(first, datetime.min.time()).astimezone(UTC).isoformat(timespec="seconds")
    found = log.find_recorded(settings.workspace, known.name if known else user, start, most + 1)
    rows = tuple(AuditRow(*event._replace(at=local(event.at))) for event in found[:most])
    return AuditReport(lang=lang or "zh", more=len(found) > most, events=rows)


def _wait(settings: Settings, who: str, address: str) -> int:
    """So many seconds until a password is looked at again; 0 for now."""
    at = datetime.now(UTC)
    failed = log.find_failures(settings.workspace, who, address, (at - WINDOW).isoformat(timespec="seconds"))
    waits = [_until(failed.pair, OF_A_PAIR, at), _until(failed.address, OF_AN_ADDRESS, at)]
    crowd = _until(failed.user, OF_A_USER, at)
    known_since = (at - _KNOWN).isoformat(timespec="seconds")
    if crowd and not log.had_outcome(settings.workspace, log.SIGNED_IN, who, address, known_since):
        waits.append(crowd)
    return max(waits)


def _until(times: list[str], most: int, at: datetime) -> int:
    """Seconds until fewer than ``most`` of the times lie within the window."""
    if len(times) < most:
        return 0
    free = datetime.fromisoformat(times[-most]) + WINDOW
    return max(1, int((free - at).total_seconds()) + 1)


def _meant(settings: Settings, name: str) -> tuple[Account | None, str]:
    """The user of a name that somebody typed, and what the audit calls it."""
    name = name[: LONGEST_NAME * 4]
    account = find_user(settings, name)
    return account, account.name if account else _mark(settings, name)


def _record_login(settings: Settings, who: str, address: str, outcome: int) -> None:
    record(settings, who, address, log.LOGIN, "", outcome)


def _mark(settings: Settings, name: str) -> str:
    """What the audit calls a name that is no user's: it may be a password in the wrong field."""
    digest = hmac.digest(session_key(settings.workspace), key_of(name).encode("utf-8", "replace"), "sha256")
    return f"?{digest.hex()[:6]}"
