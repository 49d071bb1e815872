"""Who is found by a text on the server: as it is written, as it sounds, by several words, spelt alike, by exact name.

The statements rank and cut; what is misspelt is judged here, by the same rule as in the embedded store.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from chaingraph.model.words import How
from chaingraph.stores.listing_rows import HitRow
from chaingraph.stores.misspelt import PICKED, pairs_needed, sounded_pieces, typos, wrong_letters
from chaingraph.stores.names import fold
from chaingraph.stores.neo4j.statements import read
from chaingraph.stores.pinyin import syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chaingraph.stores.misspelt import Piece
    from chaingraph.stores.neo4j.server import Server

    _Asked = dict[str, str | None]
    """A text as the statements ask for it."""

_HOWS: tuple[How, ...] = get_args(How)
_LOSSES = 16
_PINYIN, _PRODUCT = (_LOSSES * _HOWS.index(how) for how in ("pinyin", "product"))
_INDEXED = 100
"""So many letters of a query are looked up in the index; an index of parts of texts refuses many more."""
_ALL = 2**31 - 1
_SIMILAR, _NAMESAKES = 5, 10


class Named(NamedTuple):
    """An entity that bears a name."""

    id: str
    kind: str
    name: str
    name_en: str
    of_packs: bool


class _Hit(NamedTuple):
    kind: str
    id: str
    name: str
    matched: str
    way: int


class _Total(NamedTuple):
    total: int


class _Together(NamedTuple):
    total: int
    hits: list[list[Any]]


class _Known(NamedTuple):
    known: bool


class _Like(NamedTuple):
    kind: str
    id: str
    name: str
    order: str
    place: int
    matched: str
    length: int
    line: str


class _Hits(NamedTuple):
    """How many entities answer, and the best of them."""

    total: int
    best: list[_Hit]


_TEXT = ("text", "begin", "sound", "sound_begin", "initials", "key")
_DIRECT = read("search", _Hit, *_TEXT, "heard_product", "kinds", "top")
_KNOWN = read("search.known", _Known, "words")
_TOTAL = read("search.total", _Total, *_TEXT, "kinds")
_WORDS = read("search.words", _Together, "words", "kinds", "day", "top")
_WRITTEN_ALIKE = read("search.misspelt", _Like, "letters", "lacking", "least", "kinds", "most")
_SOUNDING_ALIKE = read(
    "search.missounded", _Like, "sound", "pieces", "pairs", "needed", "margin", "typos", "kinds", "most"
)
_NAMED = read("entity.named", Named, "key")


def search(server: Server, text: str, kinds: Sequence[str], day: str, top: int | None) -> tuple[int, list[HitRow]]:
    """How many entities of ``kinds`` (all where empty) answer ``text``, and the best ``top`` of them in order.

    Parameters
    ----------
    day
        The ISO day on which the ties between entities count.
    """
    found = _answers(server, text, kinds, day, top)
    return found.total, [HitRow(hit.kind, hit.id, hit.matched, _HOWS[hit.way // _LOSSES]) for hit in found.best]


def similar(server: Server, name: str, kind: str | None = None) -> list[str]:
    """Names of entities that a search for ``name`` finds, typos forgiven."""
    found = _answers(server, name, [kind] if kind else (), "9999-12-31", _NAMESAKES)
    return list(dict.fromkeys(hit.name for hit in found.best))[:_SIMILAR]


def named(server: Server, name: str) -> list[Named]:
    """The entities that bear an exact name, an id or a code, in the order of records."""
    key = _key(name)
    return server.rows(_NAMED, key=key) if key else []


def _answers(server: Server, text: str, kinds: Sequence[str], day: str, top: int | None) -> _Hits:
    """The first way in which any entity answers."""
    folded = fold(text)
    if not folded:
        return _NOBODY
    words = list(dict.fromkeys(word for word in text.split() if fold(word)))
    most = _ALL if top is None else top
    ways: list[Callable[[], _Hits]] = [
        lambda: _direct(server, _asked(text), _PRODUCT, kinds, most),
        lambda: _all_words(server, words, kinds, day, most),
        lambda: _of_one_sound(server, folded, kinds, most),
        lambda: _misspelt(server, folded, kinds, most),
    ]
    return next((found for way in ways if (found := way()).total), _NOBODY)


_NOBODY = _Hits(0, [])


def _direct(server: Server, asked: _Asked, heard_product: int, kinds: Sequence[str], top: int) -> _Hits:
    """Entities that answer by a name of their own."""
    best = server.rows(_DIRECT, **asked, heard_product=heard_product, kinds=list(kinds), top=top)
    if len(best) < top:
        return _Hits(len(best), best)
    [counted] = server.rows(_TOTAL, **asked, kinds=list(kinds))
    return _Hits(counted.total, best)


def _asked(text: str) -> _Asked:
    folded = fold(text)
    heard = folded if folded.isascii() else None
    return {
        "text": folded,
        "begin": folded[:_INDEXED],
        "sound": heard,
        "sound_begin": heard and heard[:_INDEXED],
        "initials": heard,
        "key": _key(text),
    }


def _key(name: str) -> str | None:
    """A name between spaces as it stands among the exact names of an entity; None for one of no letters."""
    folded = "".join(name.casefold().split())
    return f" {folded} " if folded else None


def _all_words(server: Server, words: Sequence[str], kinds: Sequence[str], day: str, top: int) -> _Hits:
    """Entities that answer every word, themselves or by a neighbour."""
    if len(words) < 2:
        return _NOBODY
    asked = [_asked(word) for word in words]
    if not server.rows(_KNOWN, words=asked)[0].known:
        return _NOBODY
    [found] = server.rows(_WORDS, words=asked, kinds=list(kinds), day=day, top=top)
    return _Hits(found.total, [_Hit._make(hit) for hit in found.hits])


def _of_one_sound(server: Server, folded: str, kinds: Sequence[str], top: int) -> _Hits:
    """Entities of a name that sounds the same as ``folded``."""
    if folded.isascii():
        return _NOBODY
    letters = "".join(syllables(folded))
    heard: _Asked = {**dict.fromkeys(_TEXT), "sound": letters, "sound_begin": letters[:_INDEXED]}
    return _direct(server, heard, _PINYIN, kinds, top)


def _misspelt(server: Server, folded: str, kinds: Sequence[str], top: int) -> _Hits:
    """Entities of a name spelt like ``folded``."""
    wrong = typos(folded)
    if not wrong:
        return _NOBODY
    letters = list(dict.fromkeys(folded))
    asked: dict[str, Any] = {"kinds": list(kinds), "most": PICKED}
    lacking = min(wrong, len(letters) - 1)
    picked = server.rows(_WRITTEN_ALIKE, letters=letters, lacking=lacking, least=len(folded) - wrong, **asked)
    if folded.isascii():
        asked |= {"pieces": [_as_map(piece) for piece in sounded_pieces(folded)], "needed": pairs_needed(folded)}
        asked |= {"pairs": [one + other for one, other in pairwise(folded)], "margin": " " * (len(folded) + wrong)}
        picked += server.rows(_SOUNDING_ALIKE, sound=folded, typos=wrong, **asked)
    best: dict[str, tuple[int, int, str, int, _Like]] = {}
    for row, letters_wrong in zip(picked, wrong_letters(folded, (row.line for row in picked)), strict=True):
        if letters_wrong is not None:
            rank = (letters_wrong, row.length, row.order, row.place, row)
            best[row.id] = min(rank, best.get(row.id, rank))
    ranked = [row for *_, row in sorted(best.values())]
    way = _LOSSES * _HOWS.index("similar")
    return _Hits(len(ranked), [_Hit(r.kind, r.id, r.name, r.matched, way) for r in ranked[:top]])


def _as_map(piece: Piece) -> dict[str, Any]:
    letters = piece.letters
    overlapping = any(letters.startswith(letters[at:]) for at in range(1, len(letters)))
    return {**piece._asdict(), "overlapping": overlapping}
