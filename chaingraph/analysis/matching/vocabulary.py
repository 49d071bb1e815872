"""The words that name links, gathered once and searched for all at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from chaingraph.analysis.matching.phrases import Deed, clauses, included, negated, phrases, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ahocorasick_rs import AhoCorasick

    from chaingraph.analysis.matching.phrases import Phrase
    from chaingraph.model.entities import Link
    from chaingraph.model.settings import Matching

How = Literal["is", "ends", "short", "holds"]
"""How a phrase bears a link's name: it is it, ends with it, is a short word that may mean other things, holds it."""

_REMEMBERED = 200_000
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORT = 3


class Mention(NamedTuple):
    """A phrase bears the name of a link."""

    link: str
    how: How
    deed: Deed | None
    said: str


class Name(NamedTuple):
    """A word that names links. ``trusted`` where it does so by itself: a keyword, or a name that is not short."""

    text: str
    links: tuple[str, ...]
    trusted: bool


@dataclass(frozen=True)
class Vocabulary:
    """The names and the industry codes of links, and the weights of the clues.

    Parameters
    ----------
    names
        Every name once, in the form of ``phrases.plain``.
    codes
        Which links have an industry code.
    weights
        The section ``matching`` of scoring.yaml.
    """

    names: tuple[Name, ...]
    codes: dict[str, frozenset[str]]
    weights: Matching
    _read: dict[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False, compare=False)
    _under: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, links: Iterable[Link], weights: Matching) -> Vocabulary:
        """Gathers the names, aliases, keywords and codes of ``links``.

        A keyword is trusted however short it is: a pack lists only such as name the link by themselves. A name or an
        alias is trusted from four characters on where it is not all Latin: 传感器 and PACK belong to many trades.
        """
        owners: dict[str, dict[str, bool]] = {}
        codes: dict[str, set[str]] = {}
        for link in links:
            for words, always in ((link.keywords, True), ((link.name, *link.aliases), False)):
                for word in map(plain, words):
                    if len(word) > 1:
                        held = owners.setdefault(word, {})
                        held[link.id] = held.get(link.id, False) or always or not _is_short(word)
            for code in link.gb4754:
                codes.setdefault(code, set()).add(link.id)
        names = []
        for word, held in sorted(owners.items()):
            trusting = tuple(sorted(link for link, trusted in held.items() if trusted))
            names.append(Name(word, trusting or tuple(sorted(held)), bool(trusting)))
        return cls(tuple(names), {code: frozenset(held) for code, held in codes.items()}, weights)

    @cached_property
    def weight(self) -> dict[str, float]:
        """The weight of each clue, and the bar, as plain numbers."""
        return {name: getattr(self.weights, name).value for name in type(self.weights).model_fields}

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick([name.text for name in self.names])

    def touches(self, text: str) -> bool:
        """Whether ``text`` holds any name at all."""
        return bool(self._automaton.find_matches_as_indexes(text.lower()))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The links that a product, or one clause of a scope, names. Remembered: national scopes repeat themselves."""
        known = self._read.get(text)
        if known is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            known = self._read[text] = self._mentions(text)
        return known

    def scope_mentions(self, scope: str) -> list[Mention]:
        """The links that a business scope names, clause by clause."""
        known = self._read
        found: list[Mention] = []
        for clause in clauses(scope):
            mentions = known.get(clause)
            if mentions is None:
                mentions = self.mentions(clause)
            if mentions:
                found += mentions
        return found

    def heads(self, text: str, ends: Iterable[int], start: int = 0) -> dict[str, How]:
        """The links whose name ``text`` has at one of ``ends``; only the last and longest trusted name counts.

        储能电池系统 is a system where a link is named so, and only else a 储能电池. A name that is not trusted counts
        where it is all that stands from ``start``, and no other name does.
        """
        allowed = set(ends)
        best: tuple[bool, int, int, int] | None = None
        for which, begins, stops in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if stops in allowed:
                rank = (not self.names[which].trusted, -stops, begins, which)
                best = rank if best is None else min(best, rank)
        if best is None:
            return {}
        short, _, begins, which = best
        whole = begins <= start
        if negated(text[:begins]) or (short and not whole):
            return {}
        how: How = "short" if short else "is" if whole else "ends"
        return dict.fromkeys(self.names[which].links, how)

    def under(self, industry: str) -> frozenset[str]:
        """The links whose industry code is ``industry`` or stands above it."""
        known = self._under.get(industry)
        if known is None:
            above = (industry[:size] for size in range(3, len(industry) + 1))
            known = frozenset().union(*(self.codes.get(code, frozenset()) for code in above))
            self._under[industry] = known
        return known

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        whole = plain(text)
        if not self._automaton.find_matches_as_indexes(whole):
            return ()
        named = self.heads(whole, (len(whole),)).items()
        mentions = [Mention(link, how, None, text) for link, how in named if how == "is"]
        for phrase in phrases(included(text)):
            mentions += self._of_phrase(phrase)
        return tuple(dict.fromkeys(mentions))

    def _of_phrase(self, phrase: Phrase) -> list[Mention]:
        text, deed = phrase.text, phrase.deed
        named = self.heads(text, phrase.ends, phrase.start)
        mentions = [Mention(link, how, deed, text) for link, how in named.items()]
        if len(text) not in phrase.ends:
            # A name that takes in the verb is the deed itself: to state 汽车维修 is to state what that link does.
            itself = self.heads(text, (len(text),), phrase.start)
            mentions += [Mention(link, how, "makes", text) for link, how in itself.items()]
        found = {mention.link for mention in mentions}
        held = {
            link
            for which, *_ in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if self.names[which].trusted
            for link in self.names[which].links
        }
        return mentions + [Mention(link, "holds", deed, text) for link in sorted(held - found)]


def _is_short(word: str) -> bool:
    return len(word) <= _SHORT or not _HAN.search(word)
