"""Which firm a statement is of: by credit code, listing code, full name, plain name, former name, in this order.

A key decides only where it fits one firm and nothing speaks against it. What speaks for another firm beside goes to a
person as a doubt; nothing is merged on resemblance.

Where statements bear codes, the order of imports does not change which of them share a firm. It does where a firm has
none: the first code that comes with its name becomes its own, and a later one with another is a firm of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.imports.cores import ALIKE, resemblance
from chaingraph.imports.firm_ids import id_of_credit_code, id_of_listing_code, rank
from chaingraph.imports.ground import CODE, CORE, CORE_CODED, FORMER, LISTING, NAME, SHORT
from chaingraph.model.firm_names import plain_firm_name
from chaingraph.model.statement import NATION

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.imports.ground import Entry, Face, Ground
    from chaingraph.imports.records import Doubt

CANDIDATES = 3
"""How many firms are laid before a person for one: beyond the third a queue is not read."""

_LOOSE_FORMS = ("", "集团", "group", "个体工商户", "个人独资企业")
"""Forms, or none, under which many firms of the country bear one name: a shop's is unique in its county at best."""


_A_SHARE = re.compile(r"6\d{5}\.SH|[03]\d{5}\.SZ")


class Candidate(NamedTuple):
    """Another firm that may be the same, why, and how much the names resemble one another (0 to 100)."""

    other: str
    doubt: Doubt
    score: float


class Resolved(NamedTuple):
    """The firm of a statement, those that may be the same, and whether the listing code is the firm's."""

    firm: str
    candidates: list[Candidate]
    listed: bool


class _Tier(NamedTuple):
    """What one kind of key says: firms that fit, and firms that something speaks against."""

    fits: list[str]
    doubts: list[Candidate]


def resolve(face: Face, ground: Ground) -> Resolved:
    """The firm of a statement. One that no key tells is a firm of its own, perhaps known already."""
    doubts: list[Candidate] = []
    firm = None
    for tier in () if ground.unheard(face) else _TIERS:
        fits, against = tier(face, ground)
        doubts += against
        if tier is _by_listing and _named_otherwise(face, ground, fits):
            doubts += [Candidate(fits[0], "other_name", 100), *_by_name_beside(face, ground, fits[0])]
            break
        if fits:
            if tier in (_by_code, _by_listing):
                firm = fits[0]
                doubts += [Candidate(other, "same_code", 100) for other in fits[1:]]
                doubts += _by_name_beside(face, ground, firm)
            elif len(fits) == 1:
                firm = fits[0]
            else:
                doubts += [Candidate(other, "several", 100) for other in fits]
            break
    # A listing code has no checksum: one that fits another firm's name names none.
    listed = not any(doubt.doubt in ("other_name", "other_listing") for doubt in doubts)
    if firm is None:
        own = face.own if listed else face.unlisted
        firm = ground.there(own)
        if firm is None:
            firm = own
            doubts += _resembling(face, ground)
    return Resolved(firm, _first(doubts, firm), listed and not _other_listing(face, firm, ground))


def _by_code(face: Face, ground: Ground) -> _Tier:
    code = face.statement.credit_code
    if code is None:
        return _Tier([], [])
    fits = {entry.firm for entry in ground.at(CODE + code)}
    own = ground.there(id_of_credit_code(code))
    return _Tier(sorted(fits if own is None else {*fits, own}, key=rank), [])


def _by_listing(face: Face, ground: Ground) -> _Tier:
    listing = face.statement.listing_code
    if listing is None:
        return _Tier([], [])
    found = {entry.firm for entry in ground.at(LISTING + listing)}
    own = ground.there(id_of_listing_code(listing))
    firms = sorted(found if own is None else {*found, own}, key=rank)
    here = ground.listed_here(listing)
    # A file that gives two full names one code is wrong about one of them; in another file a firm may have a new name.
    twice = bool(here) and _full(face.form) and here.isdisjoint((face.plain, *(plain for plain, _ in face.formers)))
    fits, against = [], []
    for firm in firms:
        if _other_code(face, firm, ground):
            against.append(Candidate(firm, "other_code", 100))
        elif twice:
            against.append(Candidate(firm, "other_name", 100))
        else:
            fits.append(firm)
    return _Tier(fits, against)


def _by_full_name(face: Face, ground: Ground) -> _Tier:
    fits: dict[str, None] = {}
    against = []
    for entry in ground.at(NAME + face.plain):
        if entry.said != face.form or not (_full(face.form) or _near(face, entry)):
            continue
        if _other_code(face, entry.firm, ground):
            against.append(Candidate(entry.firm, "other_code", 100))
        elif _other_listing(face, entry.firm, ground):
            against.append(Candidate(entry.firm, "other_listing", 100))
        else:
            fits[entry.firm] = None
    return _Tier(list(fits), against)


def _by_plain_name(face: Face, ground: Ground) -> _Tier:
    fits: dict[str, None] = {}
    against = []
    for entry in ground.at(NAME + face.plain):
        if entry.said == face.form or not _near(face, entry):
            continue
        if _other_code(face, entry.firm, ground):
            against.append(Candidate(entry.firm, "other_code", 95))
        elif _other_listing(face, entry.firm, ground):
            against.append(Candidate(entry.firm, "other_listing", 95))
        elif _group(entry.said) != _group(face.form):
            against.append(Candidate(entry.firm, "group", 90))
        elif not (_full(entry.said) and _full(face.form)):
            against.append(Candidate(entry.firm, "not_full", 90))
        else:
            fits[entry.firm] = None
    return _Tier(list(fits), against)


def _by_former_name(face: Face, ground: Ground) -> _Tier:
    """A former name of one is the name of the other. A former name with another code is free for anybody to bear."""
    fits: dict[str, None] = {}
    against = []
    asked = [(FORMER + face.plain, face.form), *((NAME + plain, form) for plain, form in face.formers)]
    for value, form in asked:
        for entry in ground.at(value):
            if entry.said != form or _other_code(face, entry.firm, ground) or _other_listing(face, entry.firm, ground):
                continue
            if _full(form) and _near(face, entry):
                fits[entry.firm] = None
            elif _full(form):
                against.append(Candidate(entry.firm, "former_name", 90))
    return _Tier(list(fits), against)


_TIERS: tuple[Callable[[Face, Ground], _Tier], ...] = (
    _by_code,
    _by_listing,
    _by_full_name,
    _by_plain_name,
    _by_former_name,
)


def _named_otherwise(face: Face, ground: Ground, fits: list[str]) -> bool:
    """Whether the full name is that of another firm than the listing code's."""
    if not fits or not _full(face.form):
        return False
    named = {entry.firm for entry in ground.at(NAME + face.plain) if entry.said == face.form}
    return bool(named) and fits[0] not in named


def _by_name_beside(face: Face, ground: Ground, firm: str) -> list[Candidate]:
    """What the name says of a firm that a code has told."""
    fits, against = _by_full_name(face, ground)
    return [*against, *(Candidate(other, "code_and_name", 100) for other in fits if other != firm)]


def _resembling(face: Face, ground: Ground) -> list[Candidate]:
    """Firms known under a short name that this one bears, and firms with the same core whose names resemble it."""
    statement, found = face.statement, []
    for name in (face.plain, plain_firm_name(statement.short_name or "")):
        found += [
            Candidate(entry.firm, "short_name", 90)
            for entry in ground.at(SHORT + name)
            if _near(face, entry) and not _other_code(face, entry.firm, ground)
        ]
    # Two firms with a credit code each are two for sure, whatever their names.
    blocks = (CORE,) if statement.credit_code is not None else (CORE, CORE_CODED)
    for block in blocks:
        for entry in ground.crowd(block + face.core):
            if _near(face, entry) and not _other_code(face, entry.firm, ground):
                score = resemblance(statement.name, entry.said, ground.places)
                if score >= ALIKE:
                    found.append(Candidate(entry.firm, "alike", round(score, 1)))
    return found


def _first(doubts: list[Candidate], firm: str) -> list[Candidate]:
    """The best candidates, each firm once, for the first reason that was found."""
    if not doubts:
        return doubts
    best: dict[str, Candidate] = {}
    for doubt in doubts:
        if doubt.other != firm:
            best.setdefault(doubt.other, doubt)
    return sorted(best.values(), key=lambda doubt: -doubt.score)[:CANDIDATES]


def _other_code(face: Face, firm: str, ground: Ground) -> bool:
    code = face.statement.credit_code
    if code is None:
        return False
    codes = ground.codes(firm)
    return bool(codes) and code not in codes


def _other_listing(face: Face, firm: str, ground: Ground) -> bool:
    """Whether the firm is listed in Shanghai or Shenzhen under another code of A shares than the statement's.

    B shares and Hong Kong beside them are the same firm's, and Beijing gave its firms new codes.
    """
    listing = face.statement.listing_code
    if listing is None or not _A_SHARE.fullmatch(listing):
        return False
    others = {code for code in ground.listings(firm) if _A_SHARE.fullmatch(code)}
    return bool(others) and listing not in others


def _near(face: Face, entry: Entry) -> bool:
    """Whether two seats do not contradict: one city, or one of them only known as a province or the nation.

    Counties of one city do not: firms move within it, and a curator's seat is often the city's.
    """
    one, other = face.statement.seat, entry.seat
    if NATION in (one, other):
        return True
    length = 2 if "0000" in (one[2:], other[2:]) else 4
    return one[:length] == other[:length]


def _full(form: str) -> bool:
    return form not in _LOOSE_FORMS


def _group(form: str) -> bool:
    return "集团" in form or "group" in form
