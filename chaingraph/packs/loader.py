"""Loads and layers packs: files in, a graph and every problem out. A later pack overrides an earlier one by id."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from chaingraph.errors import PackError, Text
from chaingraph.model.entities import (
    Actual,
    Chain,
    Claim,
    Document,
    Feed,
    Firm,
    Link,
    Membership,
    NegativeListing,
    Park,
    Platform,
    Policy,
    Project,
    Region,
    Survey,
    Target,
)
from chaingraph.model.evidence import Record, Source
from chaingraph.model.graph import Graph
from chaingraph.model.settings import Manifest, Scoring
from chaingraph.packs import check, industries
from chaingraph.packs.files import pack_files
from chaingraph.packs.folder import PackFolder, open_folder
from chaingraph.packs.records import Citations, Place, make
from chaingraph.packs.shelf import Shelf
from chaingraph.packs.yaml_file import PackFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from chaingraph.errors import Lang
    from chaingraph.packs.problems import Problem
    from chaingraph.packs.shelf import Key

R = TypeVar("R", bound=Record)

_KINDS: dict[str, type[Record]] = {
    "firms": Firm,
    "parks": Park,
    "projects": Project,
    "platforms": Platform,
    "policies": Policy,
    "targets": Target,
    "actuals": Actual,
    "claims": Claim,
    "surveys": Survey,
    "negative_list": NegativeListing,
    "documents": Document,
}


@dataclass(frozen=True)
class Loaded:
    """What the packs hold. ``graph`` is None when a problem stands in its way."""

    graph: Graph | None
    problems: tuple[Problem, ...]

    def graph_or_raise(self) -> Graph:
        """The graph.

        Raises
        ------
        PackError
            With the first problems, if there are any.
        """
        if self.graph is None or self.problems:
            raise PackError(_listed(self.problems))
        return self.graph


def _listed(problems: Sequence[Problem], most: int = 20) -> Text:
    def text(lang: Lang) -> str:
        lines = [problem.in_(lang) for problem in problems[:most]]
        if len(problems) > most:
            rest = len(problems) - most
            lines.append(
                f"…… 另有 {rest} 处，见 chaingraph check" if lang == "zh" else f"… {rest} more: chaingraph check"
            )
        return "\n".join(lines)

    return Text(
        f"数据包有 {len(problems)} 处问题：\n{text('zh')}",
        f"the pack has {len(problems)} problems:\n{text('en')}",
    )


def load(paths: Sequence[Path], progress: Callable[[str, float], None] | None = None) -> Loaded:
    """Loads the packs at ``paths``, the first at the bottom.

    Parameters
    ----------
    paths
        Pack folders. One whose pack.yaml says ``standalone: true`` hides the layers below it.
    progress
        Called with the name of each file read and the share of the files done, 0 to 1.

    Raises
    ------
    PackError
        If a folder is not there or is no pack.
    """
    folders: list[PackFolder] = []
    total = sum(len(pack_files(path)) for path in paths)
    done = 0

    def count(name: str) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(name, done / total)

    for path in paths:
        folder = open_folder(path, count)
        if folder.manifest.get("standalone") is True:
            folders.clear()
        folders.append(folder)
    return _Layers(folders).load()


class _Layers:
    """One loading of layered folders."""

    def __init__(self, folders: list[PackFolder]) -> None:
        self.folders = folders
        self.shelf = Shelf()
        self.industries: dict[str, str] = {}
        self.settings = PackFile("pack.yaml")
        manifest: dict[str, Any] = {}
        for folder in folders:
            units = {**_mapping(manifest.get("units")), **_mapping(folder.manifest.get("units"))}
            manifest.update(folder.manifest)
            if units:
                manifest["units"] = units
        self.manifest_raw = manifest
        self.citations = Citations({}, "", frozenset())

    def load(self) -> Loaded:
        for folder in self.folders:
            self._sources(folder)
        own: dict[str, Any] = {}
        for folder in self.folders:
            own.update(folder.manifest)
            refused = frozenset(self.shelf.refused)
            self.citations = Citations(self.shelf.by_id("sources"), str(own.get("curator", "")), refused)
            self._layer(folder, str(own.get("regions_source", "")))
        manifest = self._manifest()
        scoring = self._scoring()
        graph = None
        if manifest and scoring:
            graph = Graph(
                manifest=manifest,
                scoring=scoring,
                sources=self.shelf.by_id("sources"),
                regions=self.shelf.by_id("regions"),
                industries=self.industries,
                chains=self.shelf.by_id("chains"),
                links=self.shelf.by_id("links"),
                firms=self.shelf.by_id("firms"),
                parks=self.shelf.by_id("parks"),
                projects=self.shelf.by_id("projects"),
                platforms=self.shelf.by_id("platforms"),
                policies=self.shelf.by_id("policies"),
                targets=self.shelf.by_id("targets"),
                actuals=self.shelf.by_id("actuals"),
                documents=self.shelf.by_id("documents"),
                memberships=self.shelf.all("memberships"),
                feeds=self.shelf.all("feeds"),
                claims=self.shelf.all("claims"),
                surveys=self.shelf.all("surveys"),
                negative_list=self.shelf.all("negative_list"),
            )
        if graph is not None:
            check.cross_check(graph, self.shelf, self._top())
        problems = {p for folder in self.folders for file in folder.files.values() for p in file.problems}
        return Loaded(None if problems else graph, tuple(sorted(problems)))

    def _made(self, kind: type[R], raw: dict[str, Any], place: Place, citations: Citations | None) -> R | None:
        record = make(kind, raw, place, citations)
        if record is None:
            self.shelf.refused.add(str(raw.get("id", raw.get("adcode"))))
        return record

    def _sources(self, folder: PackFolder) -> None:
        seen: dict[tuple[str, Key], Place] = {}
        for file in folder.with_section("sources"):
            for raw, place in _items(file, "sources"):
                source = self._made(Source, raw, place, None)
                if source is not None:
                    self.shelf.put("sources", (source.id,), source, place, seen)

    def _layer(self, folder: PackFolder, regions_source: str) -> None:
        """One folder's records; its judgements and regions cite its own sources, else those of the layer below."""
        seen: dict[tuple[str, Key], Place] = {}
        if folder.regions is not None:
            self._regions(folder.regions, regions_source, seen)
        if folder.industries is not None:
            self.industries.update(industries.read_industries(folder.industries))
        for file in folder.files.values():
            for section, kind in _KINDS.items():
                for raw, place in _items(file, section):
                    record = self._made(kind, raw, place, self.citations)
                    if record is not None:
                        self.shelf.put(section, _key(record), record, place, seen)
            if isinstance(file.data, dict) and "chain" in file.data:
                self._chain(file, seen)

    def _chain(self, file: PackFile, seen: dict[tuple[str, Key], Place]) -> None:
        place = Place(file, ("chain",))
        raw = file.data["chain"]
        if not isinstance(raw, dict):
            place.report((), *_NOT_A_RECORD)
            return
        chain = self._made(Chain, raw, place, self.citations)
        chain_id = chain.id if chain else str(raw.get("id"))
        if chain is not None:
            self.shelf.put("chains", (chain.id,), chain, place, seen)
        for raw, at in _items(file, "links"):
            entry = dict(raw)
            seat = {"stage": entry.pop("stage", None), "tier": entry.pop("tier", None)}
            link = self._made(Link, entry, at, self.citations)
            if link is not None:
                self.shelf.put("links", (link.id,), link, at, seen)
                self._member({"link": link.id, **seat, "evidence": link.evidence}, chain_id, at, seen)
        for raw, at in _items(file, "shares"):
            self._member(raw, chain_id, at, seen)
        for raw, at in _items(file, "feeds"):
            feed = make(Feed, raw, at, self.citations)
            if feed is not None:
                self.shelf.put("feeds", (feed.from_, feed.to), feed, at, seen)

    def _member(self, raw: dict[str, Any], chain: str, place: Place, seen: dict[tuple[str, Key], Place]) -> None:
        known = {key: value for key, value in raw.items() if value is not None}
        member = make(Membership, {**known, "chain": chain}, place, self.citations)
        if member is not None:
            self.shelf.put("memberships", (member.link, member.chain), member, place, seen)

    def _regions(self, file: PackFile, cited: str, seen: dict[tuple[str, Key], Place]) -> None:
        reader = csv.DictReader(io.StringIO(file.data))
        try:
            rows = list(enumerate(reader, 2))
        except csv.Error as error:
            file.report((), Text(f"CSV 无法读取：{error}", f"the CSV cannot be read: {error}"), _CLOSE_QUOTES)
            return
        for line, row in rows:
            place = Place(file, (line,))
            file.lines[(line,)] = line
            if None in row:
                place.report((), *_TOO_MANY_CELLS)
            raw: dict[str, Any] = {key: value for key, value in row.items() if key is not None and value}
            raw["evidence"] = [{"source": cited, "locator": f"adcode {row.get('adcode')}"}]
            region = self._made(Region, raw, place, self.citations)
            if region is not None:
                self.shelf.put("regions", (region.adcode,), region, place, seen)

    def _manifest(self) -> Manifest | None:
        return make(Manifest, self.manifest_raw, self._top(), self.citations)

    def _top(self) -> Place:
        return Place(self.folders[-1].files["pack.yaml"], ())

    def _scoring(self) -> Scoring | None:
        merged: dict[str, Any] = {}
        file: PackFile | None = None
        for folder in self.folders:
            own = folder.files.get("scoring.yaml")
            if own is None or not isinstance(own.data, dict):
                continue
            file = own
            for section, values in own.data.items():
                merged[section] = {**merged.get(section, {}), **values} if isinstance(values, dict) else values
        if file is None:
            self._top().report(
                (),
                Text("缺少 scoring.yaml（权重与阈值）", "scoring.yaml (weights and thresholds) is missing"),
                Text("从默认数据包复制一份", "copy the default pack's"),
            )
            return None
        return make(Scoring, merged, Place(file, ()), self.citations)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _key(record: Any) -> Key:
    if isinstance(record, Claim):
        return (record.region, record.link, record.said)
    if isinstance(record, Survey):
        return (record.region, record.link, record.date.isoformat())
    if isinstance(record, NegativeListing):
        return (record.region, record.firm or "", record.link or "")
    if isinstance(record, Document):
        return (record.source,)
    return (record.id,)


def _items(file: PackFile, section: str) -> Iterator[tuple[dict[str, Any], Place]]:
    """The entries of a list section that are mappings; anything else is reported."""
    if not isinstance(file.data, dict) or section not in file.data:
        return
    entries = file.data[section]
    if entries is None:
        return
    if not isinstance(entries, list):
        file.report((section,), *_NOT_A_LIST)
        return
    for index, raw in enumerate(entries):
        place = Place(file, (section, index))
        if isinstance(raw, dict):
            yield raw, place
        else:
            place.report((), *_NOT_A_RECORD)


_CLOSE_QUOTES = Text("检查没有闭合的引号", "look for a quote that is not closed")
_TOO_MANY_CELLS = (
    Text("这一行的格子多于表头", "the row has more cells than the header"),
    Text("名称含逗号时加引号", "put a name with a comma in quotes"),
)
_NOT_A_LIST = (
    Text("这里应是一个列表", "a list is expected here"),
    Text("每条以“- ”开头", "start each entry with '- '"),
)
_NOT_A_RECORD = (
    Text("这里应是一条记录（键： 值）", "a record (key: value) is expected here"),
    Text("改为“- {id: …}”的形式", "write it as '- {id: …}'"),
)
