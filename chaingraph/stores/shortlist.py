"""Which firms that only imports know are worth a close look: of a link the nearest, the best matched, the most cited.

A national registry knows tens of thousands of makers of a link, and nobody reads so many leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SHARE = 10**7


def match(share: Any, confidence: Any) -> Any:
    """A citation's match as one number: the share of revenue counts before the confidence (both as ``share_stored``).

    >>> match(-1, -1), match(-1, 950_000) < match(0, -1)
    (0, True)
    """
    return (share + 1) * _SHARE + confidence + 1


def match_parts(number: int) -> tuple[int, int]:
    """The share and the confidence of a match.

    >>> match_parts(match(250_000, -1))
    (250000, -1)
    """
    return number // _SHARE - 1, number % _SHARE - 1


def shortlist(order: Ints, distance: NDArray[np.float64], matched: Ints, cited: Ints, most: int) -> Ints:
    """Places of the firms to be looked at: ``most`` of the nearest, of the best matched and of the most cited.

    None of the others is better in any of these. Of equals the nearer comes first, then the first by id.

    Parameters
    ----------
    order
        Numbers that sort the firms by id.
    distance
        In km to the seat; infinite where it is not known.
    matched
        The best ``match`` of the citations of each.
    cited
        How many citations tell that each makes the link.
    """
    respects = ((order, distance), (order, distance, -matched), (order, distance, -cited))
    best = [np.lexsort(keys)[:most] for keys in respects]
    return np.unique(np.concatenate(best))
