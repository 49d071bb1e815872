"""The small pack with every text hostile: markup, scripts, quotes, templates, direction marks, no place to break.

What a page shows of it must be the text itself. A script in it that runs sets ``window.__hit``.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import yaml

from tests.small_pack import FILES, SmallPack

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "<script>window.__hit=1</script>",
    '"><img src=x onerror="window.__hit=2">',
    "' onmouseover='window.__hit=3' x='",
    "</script><script>window.__hit=4</script>",
    "{{7*7}}${7*7}{%raw%}",
    "javascript:window.__hit=5",
    "\u202egnp.niaga\u202c\u200f",
    "族\u200d谱\u200b\ufeff",
    "X" * 200,
    "e" + "\u0301" * 30,
    "&amp;&lt;b&gt;&#60;i&#62;",
    "一\u2028二\u2029三",
    "</template></svg><svg onload=window.__hit=6>",
    "--><!--]]>",
    "=HYPERLINK(1)",
    "\\u003cscript\\u003e\\",
    "长" * 120,
)
"""What stands behind the name of a thing, each in turn."""
ALL_AT_ONCE = "".join(text for text in HOSTILE if len(text) < 60)
"""The worst of a name: what leads the chain, what is missing, where it could land."""

_TEXTS = {
    *("name", "name_en", "short_name", "title", "title_en", "publisher", "locator", "note", "said", "said_en"),
    *("why", "rule", "reason"),
}
_LISTS = {"aliases", "keywords"}
_WORST = {"maker", "pack-link", "yard", "plant", "demo"}

_MORE = {
    "parks.yaml": """\
parks:
  - id: yard
    name: 园区
    short_name: 园
    region: "441283"
    lat: 23.0
    lon: 112.4
    area_mu: {value: 900, evidence: [{source: report, locator: 一}]}
    ready_land_mu: {value: 90, evidence: [{source: report, locator: 一}]}
    targets_chains: [{chain: demo, evidence: [{source: report, locator: 一}]}]
    targets_links: [{link: pack-link, evidence: [{source: report, locator: 一}]}]
    evidence: [{source: report, locator: 一, note: 注}]
""",
    "platforms.yaml": """\
platforms:
  - id: lab
    name: 实验室
    region: "441200"
    park: yard
    firm: maker
    serves: [{chain: demo, evidence: [{source: paper, locator: 一}]}]
    evidence: [{source: paper, locator: 一}]
""",
    "policies.yaml": """\
policies:
  - id: rules
    name: 办法
    region: "441200"
    rule: 奖励
    chains: [demo]
    parks: [yard]
    evidence: [{source: report, locator: 一}]
""",
    "targets.yaml": """\
targets:
  - id: aim
    region: "441200"
    chain: demo
    park: yard
    metric: output
    name: 产量
    at_least: 10
    unit: 辆
    year: 2026
    evidence: [{source: report, locator: 一}]
""",
    "actuals.yaml": """\
actuals:
  - id: got
    region: "441200"
    chain: demo
    park: yard
    metric: output
    name: 产量
    value: 5
    unit: 辆
    year: 2026
    evidence: [{source: report, locator: 一}]
""",
    "claims.yaml": """\
claims:
  - {region: "441200", link: cell, said: 电芯, evidence: [{source: paper, locator: 一}]}
""",
    "firms/more.yaml": """\
firms:
  - id: packer
    name: 电池包有限公司
    name_en: Packer
    aliases: [包]
    seat: "440100"
    evidence: [{source: register, locator: 名录, note: 注}]
    makes: [{link: pack-link, evidence: [{source: paper, locator: 主业, note: 注}]}]
    supplies: [{to: maker, link: pack-link, evidence: [{source: paper, locator: 供货}]}]
    owned_by: [{firm: celler, share: 0.5, evidence: [{source: paper, locator: 股东}]}]
    signals: [{date: 2026-05-01, said: 扩产, evidence: [{source: paper, locator: 动向}]}]
  - id: rival
    name: 对手有限公司
    seat: "441283"
    evidence: [{source: register, locator: 名录}]
    makes: [{link: pack-link, evidence: [{source: paper, locator: 主业}]}]
    supplies: [{to: packer, evidence: [{source: paper, locator: 供货}]}]
""",
}


def write_hostile(folder: Path) -> SmallPack:
    """Writes the pack."""
    pack, turn = SmallPack(folder), _Turn()
    for name, text in (FILES | _MORE).items():
        if name == "regions.csv":
            pack.put(name, _regions(text, turn))
        elif name == "scoring.yaml":
            pack.put(name, text)
        else:
            pack.put(name, yaml.safe_dump(turn.over(yaml.safe_load(text)), allow_unicode=False, sort_keys=False))
    return pack


def _regions(text: str, turn: _Turn) -> str:
    rows = list(csv.reader(text.splitlines()))
    written = io.StringIO(newline="")
    csv.writer(written).writerows(
        [rows[0], *([code, turn.text(name), turn.text(name_en), *rest] for code, name, name_en, *rest in rows[1:])]
    )
    return written.getvalue()


class _Turn:
    """Takes the hostile texts in turn."""

    def __init__(self) -> None:
        self._at = 0

    def text(self, plain: str) -> str:
        """A text with the next hostile one behind it."""
        self._at += 1
        return plain + HOSTILE[self._at % len(HOSTILE)]

    def over(self, value: Any) -> Any:
        """What a file holds, with each of its texts hostile; ids, units, days and numbers as they are."""
        if isinstance(value, list):
            return [self.over(item) for item in value]
        if not isinstance(value, dict):
            return value
        told = {key: self._told(key, item) for key, item in value.items()}
        if value.get("id") in _WORST:
            told["name"] = value["name"] + ALL_AT_ONCE
        if "publisher" in value:
            told["url"] = "javascript:window.__hit=7//" + self.text("")
        return told

    def _told(self, key: str, value: Any) -> Any:
        if key in _TEXTS and isinstance(value, str):
            return self.text(value)
        if key in _LISTS:
            return [self.text(item) for item in value]
        return self.over(value)
