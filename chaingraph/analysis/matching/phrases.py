"""How a Chinese product name or business scope is read: which things it names, and whether they are made or traded.

The head of a Chinese noun comes last: 商用车座椅 is a seat, 汽车座椅摇窗马达 a motor. So a phrase is stripped of its
verbs and of words that keep its meaning, and what stands at its end is what it names.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

Deed = Literal["makes", "trades"]
"""What is said to be done with a thing: made, or only sold, served, studied. None where nothing is said."""

_MAKES = "制造|生产|加工|制作|组装|装配|锻造|铸造|压铸|冶炼|熔炼|酿造|养殖|种植|饲养|繁育|繁殖|开采|采选"
_TRADES = (
    "网上销售|互联网销售|销售|批发|零售|批零|兼零售|代理|代购|代销|进出口|出口|进口|内销|外销|贸易|经营|经销|购销|采购|收购|分销|"
    "租赁|出租|维修|修理|维护|保养|安装|调试|改装|加装|技术服务|技术咨询|技术开发|技术研发|技术转让|技术推广|服务|咨询|"
    "研发|研制|研究|研究开发|开发|设计|检测|检验|测试|试验|回收|拆解|运输|仓储|储存|推广|转让|配送|展示|运营|施工|处置|处理|培训"
)
_VERB = f"(?:{_MAKES}|{_TRADES})"
_MADE = re.compile(_MAKES)
_JOINT = "(?:以及|及其|并|和|与|及|或|兼|/)?"
_LEADING = re.compile(rf"^(?:(?:专业|主要|主营|从事|批量|自主|各类|各种|相关)*{_VERB}{_JOINT})+")
_TRAILING = re.compile(rf"(?:的|之|等)*{_JOINT}(?:{_VERB}{_JOINT})+(?:业务|活动|等)*$")
_TAIL = re.compile(r"(?:等|类|系列|系列产品|相关产品|产品|总成|成品|整机|系统|业务|收入|板块|行业|及其他|其他)$")
_HEADING = re.compile(r"^(?:一般(?:经营)?项目|许可(?:经营)?项目|经营范围|主营|兼营|其中|其他|包括|含)$")

_EXCLUDED = re.compile(
    r"[(（][^()（）]*?(?:不含|不包括|除外|依法须|须经|批准|许可|凭|另设|限分|以上|国家|法律|禁止|专营|专控)[^()（）]*[)）]?"
    r"|(?:除|不含|不包括)[^;；。,，)）]*(?:外|除外)?"
    r"|依法须经批准的项目[^;；。]*|经相关部门批准后[^;；。]*|具体经营项目[^;；。]*|凭(?:有效)?(?:营业执照|许可证)[^;；。]*"
)
_CLAUSE = re.compile(r"[;；。\n\r\t]+")
_ITEM = re.compile(r"[、,，:：()（）\[\]【】<>《》|/+&]+|(?<=[\u4e00-\u9fff])[-—－–]+(?=[\u4e00-\u9fff])")
_COORDINATE = re.compile(r"以及|及其|及|与|(?<![饱调缓中总共温柔])和|或")
_DROPPED = re.compile(r"[\s\"'“”‘’·•*#※]+|^\d+[.、)）]")

_NEGATING = re.compile(r"废|二手|旧|退役|玩具|仿真|用于|适用|针对|(?:非|无|聚|环氧|过氧化|再生|一次)$")
"""What makes of a thing another: a waste tyre is no tyre, a toy car no car, what is used for a tyre no tyre."""


class Phrase(NamedTuple):
    """One thing that a text names.

    ``text`` is the phrase as cut out; what is named runs from ``start``, after verbs that lead, to one of ``ends``,
    before verbs that trail and before words that keep the meaning.
    """

    text: str
    ends: tuple[int, ...]
    start: int
    deed: Deed | None


class _Piece(NamedTuple):
    text: str
    start: int
    end: int
    before: Deed | None
    after: Deed | None

    @property
    def only_a_deed(self) -> bool:
        return self.start >= self.end


def plain(text: str) -> str:
    """The text in the one form in which names are compared: half width, lower case, without blanks and quotes."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).lower()


def clauses(scope: str) -> list[str]:
    """The clauses of a business scope."""
    return _CLAUSE.split(scope)


def included(clause: str) -> str:
    """A clause without what it excludes, and without remarks on permits."""
    return _EXCLUDED.sub("", clause)


def phrases(clause: str) -> tuple[Phrase, ...]:
    """The things that a clause names, each with what is done with it.

    A verb after a list holds for all of it (座椅、车灯的生产), and so does one before it (生产、销售：座椅、车灯).
    """
    pieces = [_piece(item) for part in _ITEM.split(clause) for item in _COORDINATE.split(plain(part)) if item]
    pieces = _gather([piece for piece in pieces if not _HEADING.match(piece.text)])
    return tuple(_phrase(piece, _deed(pieces, index)) for index, piece in enumerate(pieces))


def negated(before: str) -> bool:
    """Whether what stands before a name makes it the name of another thing."""
    return _NEGATING.search(before) is not None


def _deed_of(verbs: str) -> Deed | None:
    if not verbs:
        return None
    return "makes" if _MADE.search(verbs) else "trades"


def _piece(text: str) -> _Piece:
    trailing = _TRAILING.search(text)
    end = trailing.start() if trailing else len(text)
    leading = _LEADING.match(text)
    start = leading.end() if leading else 0
    before = _deed_of(leading.group()) if leading else None
    after = _deed_of(trailing.group()) if trailing else None
    return _Piece(text, start, end, before, after)


def _stronger(first: Deed | None, second: Deed | None) -> Deed | None:
    return "makes" if "makes" in (first, second) else first or second


def _gather(pieces: list[_Piece]) -> list[_Piece]:
    """Verbs that stand alone join the thing before them, or the next one where there is none before."""
    gathered: list[_Piece] = []
    waiting: Deed | None = None
    for piece in pieces:
        if piece.only_a_deed:
            deed = _stronger(piece.before, piece.after)
            if gathered and gathered[-1].before is None:
                gathered[-1] = gathered[-1]._replace(after=_stronger(gathered[-1].after, deed))
            else:
                waiting = _stronger(waiting, deed)
        else:
            gathered.append(piece._replace(before=_stronger(waiting, piece.before)))
            waiting = None
    return gathered


def _deed(pieces: list[_Piece], index: int) -> Deed | None:
    """A thing's own verbs, else those after the list that it is in, else those before it."""
    own = _stronger(pieces[index].before, pieces[index].after)
    if own is not None:
        return own
    for later in pieces[index + 1 :]:
        if later.before is not None:
            break
        if later.after is not None:
            return later.after
    for earlier in reversed(pieces[:index]):
        if earlier.after is not None:
            break
        if earlier.before is not None:
            return earlier.before
    return None


def _phrase(piece: _Piece, deed: Deed | None) -> Phrase:
    ends = [piece.end]
    rest = piece.text[: piece.end]
    while (shorter := _TAIL.sub("", rest)) != rest and len(shorter) > piece.start:
        rest = shorter
        ends.append(len(rest))
    return Phrase(piece.text, tuple(ends), piece.start, deed)
