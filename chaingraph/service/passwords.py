"""Passwords: which are good enough, how they are kept (argon2id), and whether one is right, in the same time always."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chaingraph.errors import Text, UsageError

if TYPE_CHECKING:
    from chaingraph.config import Password
    from chaingraph.workspace.accounts import Account

SHORTEST = 10
LONGEST = 200
_DIFFERENT = 5
_NAME_BYTES = 4
"""Two Chinese characters or four letters: a shorter name stands in many a word."""
_HASHER = PasswordHasher()


class Verdict(NamedTuple):
    """Whether a password is right; ``anew`` is its hash under the parameters of today, None where it has them."""

    right: bool
    anew: str | None


def checked(password: Password, name: str) -> Password:
    """The password, if nobody guesses it at once.

    Raises
    ------
    UsageError
        If it is too short or too long, of few characters, or holds the user's name.
    """
    text = _spelt(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise UsageError(
            Text(
                f"密码应有 {SHORTEST} 到 {LONGEST} 个字符，而不是 {len(text)} 个：可以用一句话",
                f"a password has {SHORTEST} to {LONGEST} characters, not {len(text)}: a sentence will do",
            )
        )
    if len(set(text)) < _DIFFERENT:
        raise UsageError(
            Text(
                f"密码里不同的字符少于 {_DIFFERENT} 个，太容易猜：请换一个",
                f"the password has fewer than {_DIFFERENT} different characters: take one that is harder to guess",
            )
        )
    if len(name.encode()) >= _NAME_BYTES and name.casefold() in text.casefold():
        raise UsageError(
            Text(
                "密码里有用户名，太容易猜：请换一个",
                "the password holds the user's name: take one that is harder to guess",
            )
        )
    return password


def hashed(password: Password) -> str:
    """The hash to keep: argon2id with its salt and parameters."""
    return _HASHER.hash(_bytes(_spelt(password)))


def judged(account: Account | None, password: Password) -> Verdict:
    """Whether the password is that of the user. For nobody it is wrong, which takes as long to find out."""
    stand_in = _stand_in()
    kept = account.password if account else stand_in
    text = _spelt(password)
    try:
        right = len(text) <= LONGEST and _HASHER.verify(kept, _bytes(text)) and account is not None
    except (VerificationError, InvalidHashError):
        right = False
    anew = _HASHER.hash(_bytes(text)) if right and _HASHER.check_needs_rehash(kept) else None
    return Verdict(right, anew)


def _spelt(password: Password) -> str:
    """The same letters as the same bytes, on whichever keyboard they were typed."""
    return unicodedata.normalize("NFC", password.reveal())


def _bytes(text: str) -> bytes:
    # JSON can bear half a character, which is as good as any other in a password.
    return text.encode("utf-8", "surrogatepass")


@cache
def _stand_in() -> str:
    """A hash of nobody's password."""
    return _HASHER.hash("nobody's")
