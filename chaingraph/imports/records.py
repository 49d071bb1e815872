"""What goes into the imports room and what comes out of it, as plain tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from chaingraph.errors import Text
    from chaingraph.model.statement import Statement

Kind = Literal["registry", "chainkg"]
Verdict = Literal["same", "different"]
Doubt = Literal[
    "same_code",
    "code_and_name",
    "other_code",
    "other_listing",
    "other_name",
    "several",
    "not_full",
    "group",
    "short_name",
    "former_name",
    "alike",
]
"""Why two firms were laid before a person: see ``reasons``."""


class Known(NamedTuple):
    """A firm of the packs, as resolution sees it. ``names`` are its aliases, its short and its English name."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    credit_code: str | None = None
    listing_code: str | None = None
    seat: str = "100000"


class Bringing(NamedTuple):
    """What is imported, before its statements.

    Parameters
    ----------
    files
        Names of the files, without their folders.
    digest
        A hash of the files' bytes and of the options: the same import twice has the same.
    as_of
        The ISO day that the files speak of, None where they do not tell.
    made_as_of
        The day of what they say firms make, where that is another.
    region, complete
        The region that the files are a census of, where ``complete``.
    industries
        Codes that a census is limited to; none where it covers all.
    """

    kind: Kind
    files: tuple[str, ...]
    digest: str
    publisher: str | None = None
    as_of: str | None = None
    made_as_of: str | None = None
    region: str | None = None
    complete: bool = False
    industries: tuple[str, ...] = ()


class ImportRow(NamedTuple):
    """An import as the list shows it. ``counts`` are its statements, firms and refusals by kind."""

    number: int
    kind: Kind
    files: tuple[str, ...]
    digest: str
    publisher: str | None
    as_of: str | None
    made_as_of: str | None
    region: str | None
    complete: bool
    industries: tuple[str, ...]
    user: str
    at: str
    counts: dict[str, int]
    undone_by: str | None = None
    undone_at: str | None = None

    @property
    def live(self) -> bool:
        """Whether its statements stand."""
        return self.undone_at is None


class Stored(NamedTuple):
    """A statement in force. ``firm`` stands for the firm; ``own`` is its id before merges."""

    firm: str
    own: str
    import_: int
    statement: Statement


class ReviewRow(NamedTuple):
    """Two firms that may be one. ``score`` is from 0 to 100; ``decided`` with who and when, None while open."""

    number: int
    firm: str
    firm_name: str
    other: str
    other_name: str
    score: float
    why: Text
    decided: Verdict | None
    by: str | None
    at: str | None
    import_: int
