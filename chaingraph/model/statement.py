"""What one row of an imported file says of one firm. Plain tuples: a national registry has millions of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from chaingraph.errors import Text

NATION = "100000"
"""The seat of a firm of which only the country is known: it is in no ring but the nation's, at no distance."""

SeatBy = Literal["column", "code", "name", "unknown"]
"""How the seat was told: by the file's own columns, by the credit code's registration office, by a place in the firm's
name, or not at all."""

Standing = Literal["active", "dissolved"]


class Product(NamedTuple):
    """A product that the file states of a firm; ``share`` of its revenue from 0 to 1, None where unknown or insane."""

    name: str
    share: float | None


class Statement(NamedTuple):
    """A firm as one row states it. What the row leaves empty is None, never zero.

    ``file`` is the file's name without its folder; ``row`` the row as Excel or an editor counts it, from 1.
    ``credit_code`` has passed its checksum; ``listing_code`` is like ``300750.SZ``. ``seat`` is an adcode of the packs'
    regions, ``NATION`` where only the country is known. Days are ISO. ``industry`` is a code of GB/T 4754-2017 such as
    ``C3670`` or a shorter one above it (``C36``, ``C367``). ``scope`` is the business scope (经营范围).
    """

    file: str
    row: int
    name: str
    short_name: str | None = None
    former_names: tuple[str, ...] = ()
    credit_code: str | None = None
    listing_code: str | None = None
    seat: str = NATION
    seat_by: SeatBy = "unknown"
    standing: Standing | None = None
    dissolved_on: str | None = None
    established: str | None = None
    capital_cny: float | None = None
    industry: str | None = None
    scale: str | None = None
    scope: str | None = None
    products: tuple[Product, ...] = ()


class Refusal(NamedTuple):
    """What an import did not take: a row where ``whole``, else only a value of it.

    ``kind`` is a snake_case word that refusals are counted by; ``field`` the column as the file heads it.
    """

    file: str
    row: int
    field: str
    value: str
    kind: str
    whole: bool
    what: Text
    mend: Text
