"""Which links a firm makes, by what a file states of it: one small rule a clue, joined to one confidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from chaingraph.analysis.matching.phrases import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chaingraph.analysis.matching.vocabulary import Mention, Vocabulary
    from chaingraph.model.statement import Statement

Clue = Literal[
    "product_is",
    "product_ends",
    "product_short",
    "product_holds",
    "scope_makes",
    "scope_names",
    "scope_trades",
    "firm_name",
    "industry",
]
"""What tells that a firm makes a link. Each has its weight in the section ``matching`` of scoring.yaml."""

_SAID = 60
_NAMING = frozenset({"product_is", "product_ends", "product_short"})
_KIND: dict[str, str] = {clue: clue.partition("_")[0] for clue in get_args(Clue)}
"""Clues of one kind are one witness: the products, the scope, the name, the code."""

_ORDER: dict[str, int] = {clue: place for place, clue in enumerate(get_args(Clue))}
_LEGAL = re.compile(
    r"(?:\([^()]*\))|(?:股份有限|有限责任|有限|集团|控股|股份|总)*(?:公司|厂|集团|企业|中心|合伙)(?:\(.*\))?$"
)
_TRADE_WORDS = re.compile(
    r"(?:科技|技术|实业|工业|制造|生产|工贸|产业|发展|材料|新材料|新能源|智能|国际|股份|有限|集团|控股|系统|配套|制品)$"
)
_DEALERS = re.compile(
    r"(?:销售|贸易|商贸|经贸|服务|咨询|经营|租赁|运输|物流|维修|修理|投资|设计|研究院|研究所|经销|回收)$"
)


class Found(NamedTuple):
    """One clue for one link: the words that tell it, and the share of revenue that they are said to bring."""

    link: str
    clue: Clue
    said: str
    share: float | None = None


class Match(NamedTuple):
    """A firm makes a link, by a text: how likely, the share of revenue where stated, in which words, by which clues."""

    link: str
    confidence: float
    share: float | None
    said: str
    by: tuple[Clue, ...]


def match(statement: Statement, vocabulary: Vocabulary) -> list[Match]:
    """The links that a firm makes, likeliest first; below the bar nothing is said.

    Clues of different kinds (products, scope, name, industry code) are independent witnesses: the confidence is
    1 − Π(1 − weight), of each kind the best clue only, so that ten phrases of one scope weigh no more than the best.

    Parameters
    ----------
    statement
        What the file states of the firm.
    vocabulary
        The links' names and the weights.
    """
    clues: dict[str, list[Found]] = {}
    for rule in (by_product, by_scope, by_firm_name):
        for found in rule(statement, vocabulary):
            clues.setdefault(found.link, []).append(found)
    for found in by_industry(statement, vocabulary, clues):
        clues[found.link].append(found)
    matches = [_joined(link, found, vocabulary) for link, found in clues.items()]
    return sorted(filter(None, matches), key=lambda one: (-one.confidence, one.link))


def by_product(statement: Statement, vocabulary: Vocabulary) -> Iterator[Found]:
    """A stated product names the link.

    Strongest where the product is the link's name or keyword; strong where it ends with one (商用车座椅总成); a short
    word that may mean other things (隔膜) needs another clue beside it; one that only holds the name (汽车座椅面料) is
    mostly a part of the thing or a machine for it. A product that is sold, repaired or designed counts as such a scope.
    """
    for product in statement.products:
        for mention in vocabulary.mentions(product.name):
            clue = _product_clue(mention)
            yield Found(mention.link, clue, product.name, product.share)


def by_scope(statement: Statement, vocabulary: Vocabulary) -> Iterator[Found]:
    """A phrase of the business scope names the link: as made (制造、生产), bare, or as sold, served or studied only.

    What the scope excludes is not read. A short word that may mean other things counts as bare where it is made, and
    not at all else; so does a phrase that only holds the name.
    """
    if statement.scope is None:
        return
    for mention in vocabulary.scope_mentions(statement.scope):
        if mention.how == "holds" or (mention.how == "short" and mention.deed != "makes"):
            continue
        clue: Clue = "scope_names" if mention.deed is None or mention.how == "short" else _DONE[mention.deed]
        yield Found(mention.link, clue, mention.said)


def by_firm_name(statement: Statement, vocabulary: Vocabulary) -> Iterator[Found]:
    """The firm is named after the link: its name holds the link's right before its legal form (某某汽车座椅有限公司).

    Words of the trade between the two are passed over (科技、实业、制造); a dealer's or a service's name tells nothing.
    """
    if not vocabulary.touches(statement.name):
        return
    name = bare = _LEGAL.sub("", plain(statement.name))
    if _DEALERS.search(name):
        return
    ends = [len(name)]
    while (shorter := _TRADE_WORDS.sub("", bare)) != bare:
        bare = shorter
        ends.append(len(bare))
    for link, how in vocabulary.heads(name, ends).items():
        if how != "short":
            yield Found(link, "firm_name", statement.name)


def by_industry(statement: Statement, vocabulary: Vocabulary, links: Iterable[str]) -> Iterator[Found]:
    """The firm's industry code is one of the link's, or lies under it.

    Many links share one code, so that it is asked only of ``links``, to which something else points already.
    """
    if statement.industry is not None:
        under = vocabulary.under(statement.industry)
        for link in links:
            if link in under:
                yield Found(link, "industry", statement.industry)


_DONE: dict[str, Clue] = {"makes": "scope_makes", "trades": "scope_trades"}
_BORNE: dict[str, Clue] = {
    "is": "product_is",
    "ends": "product_ends",
    "short": "product_short",
    "holds": "product_holds",
}


def _product_clue(mention: Mention) -> Clue:
    return "scope_trades" if mention.deed == "trades" else _BORNE[mention.how]


def _joined(link: str, found: list[Found], vocabulary: Vocabulary) -> Match | None:
    """One match of all clues for a link; None below the bar.

    Of several products the largest share counts, not the sum: products of one list may overlap.
    """
    weight = vocabulary.weight
    best: dict[str, float] = {}
    for one in found:
        kind = _KIND[one.clue]
        if weight[one.clue] > best.get(kind, 0.0):
            best[kind] = weight[one.clue]
    doubt = 1.0
    for kind in sorted(best):
        doubt *= 1 - best[kind]
    if 1 - doubt < weight["least"]:
        return None
    naming = [one for one in found if one.share is not None and one.clue in _NAMING]
    if naming:
        chosen = min(naming, key=lambda one: (-(one.share or 0.0), _ORDER[one.clue], one.said))
    else:
        chosen = min(found, key=lambda one: (_ORDER[one.clue], one.said))
    by = tuple(sorted({one.clue for one in found}, key=_ORDER.__getitem__))
    return Match(link, 1 - doubt, chosen.share if naming else None, chosen.said[:_SAID], by)
