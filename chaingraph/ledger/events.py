"""What the log is made of: drafts of events, events, and the texts that may stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from chaingraph.errors import Text, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["created", "assigned", "stage_changed", "noted", "signal", "approved", "exported", "imported", "closed"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""``closed`` is the entry into signed, lost or dropped; ``stage_changed`` is any other change of stage."""

LONGEST = 2000
"""Characters of a text; an Excel cell holds more."""


class Draft(NamedTuple):
    """An event not yet written. ``lead`` is None where it is about no single lead."""

    kind: Kind
    lead: str | None
    data: Mapping[str, Any]


class Event(NamedTuple):
    """An event of the log. ``at`` is ISO local time with its offset: 2026-11-22T09:30:00+08:00."""

    number: int
    at: str
    user: str
    kind: Kind
    lead: str | None
    data: Mapping[str, Any]

    @property
    def day(self) -> str:
        """The ISO day of the event where it was written."""
        return self.at[:10]


def written(value: str, name: Text) -> str:
    """A text as the log keeps it: without blanks around it.

    Raises
    ------
    UsageError
        If it is empty, too long, or no text that can be written down.
    """
    kept = value.strip()
    if not kept:
        raise UsageError(Text(f"{name.zh}不能为空", f"the {name.en} must not be empty"))
    if len(kept) > LONGEST:
        raise UsageError(
            Text(
                f"{name.zh}有 {len(kept)} 个字符，最多 {LONGEST} 个：请写短些",
                f"the {name.en} has {len(kept)} characters, at most {LONGEST} fit: write it shorter",
            )
        )
    bad = next((char for char in kept if (char < " " and char not in "\n\r\t") or "\ud800" <= char <= "\udfff"), None)
    if bad is not None:
        raise UsageError(
            Text(
                f"{name.zh}含有无法保存的字符 U+{ord(bad):04X}：请删去",
                f"the {name.en} holds the character U+{ord(bad):04X}, which cannot be kept: take it out",
            )
        )
    return kept
