"""What imports add to a snapshot, as columns: a national registry does not pass through records one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from chaingraph.model.evidence import Source
    from chaingraph.model.words import Grade

NEVER = 2**31 - 1
"""The day of what has not happened."""

UNDATED = -(2**31)
"""The day of what has happened on a day that is not known."""

_WHOLE = 1_000_000


def share_stored(share: float | None) -> int:
    """A share as a column of whole numbers holds it: in millionths, -1 where it is unknown.

    >>> share_stored(0.25), share_stored(None)
    (250000, -1)
    """
    return -1 if share is None else round(_WHOLE * share)


def share_told(stored: int) -> float | None:
    """The share that a column holds; None where it is unknown."""
    return None if stored < 0 else stored / _WHOLE


@dataclass(frozen=True)
class Imported:
    """Firms as imports state them, sorted by id: firms that no pack knows, and more about some that packs know.

    Days are day numbers (``stores.keys.days``), grades 0 (A) to 3 (D), shares as ``share_stored``
    says.

    Parameters
    ----------
    sources
        One source an import, by id.
    ids
        Ids of the firms, sorted and unique. ``in_packs`` tells those that a pack knows: of these only ``other_names``,
        ``stated``, ``gone``, ``makes_*`` and ``supplies_*`` are read, and the pack's name and seat stand.
    name, short_name
        The registered name, and the name that tables print ("" where it is the registered one).
    other_names
        What else the firm answers to, one a line: former names, codes, ids merged into it.
    since
        The first day on which the firm is known.
    seat, seat_grade
        Adcode, and the grade of what tells it.
    gone, gone_on, gone_grade
        The day from which it is known that the firm was struck off (``NEVER`` where it is not), the day on which it was
        (``UNDATED`` where unknown), and the grade.
    stated
        What the imports say of the firm beside, as JSON in UTF-8: a list of [source id, locator, day, {field: value}],
        the fields those of ``Statement``, the name where it is another than ``name``; then the locator of what it makes
        where that is another. As bytes, because a million of them as text would take twice the memory.
    makes_firm
        Which firm (its place in ``ids``) makes ``makes_link`` (a link's id), by which source, known since which day;
        ``makes_said`` is the source's word for it.
    supplies_from, supplies_to
        Places in ``ids`` of a firm and of one that it supplies.
    surveys
        Censuses: region, link, day, whether it was found, grade, source.
    merged
        Ids that were merged into another firm, each with the id that stands for it.
    """

    sources: dict[str, Source]
    ids: Sequence[str]
    in_packs: NDArray[np.bool_]
    name: Sequence[str]
    short_name: Sequence[str]
    other_names: Sequence[str]
    since: NDArray[np.int32]
    seat: Sequence[str]
    seat_grade: NDArray[np.int8]
    gone: NDArray[np.int32]
    gone_on: NDArray[np.int32]
    gone_grade: NDArray[np.int8]
    stated: Sequence[bytes]
    makes_firm: NDArray[np.int32]
    makes_link: Sequence[str]
    makes_source: Sequence[str]
    makes_as_of: NDArray[np.int32]
    makes_grade: NDArray[np.int8]
    makes_share: NDArray[np.int32]
    makes_confidence: NDArray[np.int32]
    makes_said: Sequence[str]
    supplies_from: NDArray[np.int32]
    supplies_to: NDArray[np.int32]
    supplies_as_of: NDArray[np.int32]
    supplies_source: Sequence[str]
    supplies_grade: NDArray[np.int8]
    surveys: Sequence[tuple[str, str, int, bool, Grade, str]] = ()
    merged: dict[str, str] = field(default_factory=dict)
