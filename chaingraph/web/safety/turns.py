"""Passwords are looked at one by one: each takes 64 MB, and the next must know what came of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread

from chaingraph.errors import Text, Throttled

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.workspace.accounts import Account

_MOST = 20
_OF_AN_ADDRESS = 5
"""So many wait from one address: a single machine keeps nobody else from the door."""


class Turns:
    """The queue of one server."""

    def __init__(self) -> None:
        self._one = CapacityLimiter(1)
        self._here: Counter[str] = Counter()

    async def take(self, address: str, look: Callable[..., Account], *given: object) -> Account:
        """What ``look`` answers, when those before it are done.

        Raises
        ------
        Throttled
            If too many wait, from that address or in all.
        """
        if self._here[address] >= _OF_AN_ADDRESS or self._here.total() > _MOST:
            raise Throttled(Text("登录的人太多：请稍后再试", "too many sign in at once: try again in a moment"), 5)
        self._here[address] += 1
        try:
            return await to_thread.run_sync(look, *given, limiter=self._one)
        finally:
            self._here[address] -= 1
            # Or every address that ever came would be remembered.
            self._here += Counter()
