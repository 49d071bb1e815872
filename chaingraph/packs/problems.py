"""A problem of a pack: where it is, what is wrong, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from chaingraph.errors import Lang, Text


class Problem(NamedTuple):
    """One problem. ``line`` is 1-based; ``field`` is the path in the file, as ``firms[3].makes[0].link``."""

    file: str
    line: int
    field: str
    what: Text
    mend: Text

    def in_(self, lang: Lang) -> str:
        """The problem in one line: place, field, what is wrong, the mend."""
        arrow = " → 改法：" if lang == "zh" else " → mend: "
        place = f"{self.file}:{self.line}" + (f" {self.field}" if self.field else "")
        return f"{place}: {self.what.in_(lang)}{arrow}{self.mend.in_(lang)}"
