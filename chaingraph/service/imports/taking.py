"""Imports: a registry's files or a folder of ChainKnowledgeGraph taken into the workspace, once and whole."""

from __future__ import annotations

import ctypes
import hashlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from chaingraph.config import user as user_name
from chaingraph.errors import DataError, Text, UsageError
from chaingraph.imports.records import Bringing, Known
from chaingraph.imports.room import Imports
from chaingraph.packs.loader import load
from chaingraph.service.arguments import day
from chaingraph.service.imports.refused import Refusals
from chaingraph.service.imports.report import taken_report
from chaingraph.service.workspace import open_snapshot, spoken
from chaingraph.sources.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.imports.taking_in import TakingIn
    from chaingraph.model.graph import Graph
    from chaingraph.model.import_report import TakenReport

    Progress = Callable[[str, float], None]

_READING = 0.6
"""The share of the work that reading and resolving is; the rest is matching and compiling."""


def import_registry(
    settings: Settings,
    files: Sequence[Path],
    *,
    region: str | None = None,
    complete: bool = False,
    industries: Sequence[str] = (),
    publisher: str | None = None,
    as_of: str | date | None = None,
    mapping: Path | None = None,
    refused: Path | None = None,
    user: str | None = None,
    lang: Lang | None = None,
    progress: Progress | None = None,
) -> TakenReport:
    """Takes firm directories (企业名录) in: .xlsx, or delimited text. All files are one import, whole or not at all.

    Parameters
    ----------
    region, complete, industries
        ``complete``: the files hold every firm of ``region``, of these ``industries`` (codes of GB/T 4754 such as C36)
        or of all: a census, which tells what the region lacks.
    publisher, as_of
        Who compiled the files and the day they speak of, where they do not tell.
    mapping
        A file that names the columns whose headers no directory is known to use.
    refused
        Where to write every row and value that was not taken, as CSV.

    Raises
    ------
    UsageError
        For a census without a region, an industry or a date that is none, or no user.
    DataError
        If a file cannot be read, or has no column of firm names.
    NotFound
        For an unknown region.
    """
    from chaingraph.sources.registry import read_registry
    from chaingraph.sources.registry_mapping import read_mapping
    from chaingraph.sources.registry_values import plain_text

    if complete != (region is not None):
        raise UsageError(
            Text(
                "--complete 与 --region 要一起写：普查须说明查的是哪个地区",
                "--complete and --region go together: a census is of a region",
            )
        )
    if day(as_of) > day(None):
        raise UsageError(
            Text(
                f"{as_of} 在今天之后：写名录说的是哪一天，不晚于今天",
                f"{as_of} is after today: write the day that the files speak of, today at the latest",
            )
        )
    graph = load(settings.packs).graph_or_raise()
    adcode = _adcode(settings, region) if region is not None else None
    codes = _codes(graph, industries)
    told = day(as_of).isoformat() if as_of is not None else None
    bringing = Bringing(
        kind="registry",
        files=tuple(path.name for path in files),
        digest=_digest(files, (adcode, complete, codes, publisher, told), mapping),
        publisher=publisher,
        as_of=told,
        region=adcode,
        complete=complete,
        industries=codes,
    )
    taking = _Import(settings, graph, bringing, refused, user, lang, progress)
    if taking.standing:
        return taking.report()
    fields = read_mapping(mapping) if mapping is not None else None
    named = {plain_text(name): code for code, name in graph.industries.items()}
    with taking.open() as room:
        for number, path in enumerate(files):
            read = read_registry(
                path,
                taking.places,
                fields,
                on_refusal=taking.refusals.add,
                industries=named,
                progress=taking.part(path.name, number / len(files), 1 / len(files)),
            )
            for statement in read:
                room.add(statement)
            taking.told(room, read.publisher, read.as_of)
            taking.unknown += [head for head in read.columns.unknown if head not in taking.unknown]
    return taking.report()


def import_chainkg(
    settings: Settings,
    folder: Path,
    *,
    refused: Path | None = None,
    user: str | None = None,
    lang: Lang | None = None,
    progress: Progress | None = None,
) -> TakenReport:
    """Takes the listed companies and their products of a folder of ChainKnowledgeGraph in.

    Raises
    ------
    DataError
        If the folder does not hold its files.
    UsageError
        If nobody is named who imports.
    """
    from chaingraph.sources.chainkg import read_chainkg

    graph = load(settings.packs).graph_or_raise()
    files = sorted(path for path in folder.rglob("company*.json") if path.is_file())
    bringing = Bringing(
        kind="chainkg",
        files=(folder.resolve().name,),
        digest=_digest(files, ("chainkg",), None),
        publisher="ChainKnowledgeGraph",
    )
    taking = _Import(settings, graph, bringing, refused, user, lang, progress)
    if taking.standing:
        return taking.report()
    read = read_chainkg(folder, taking.places, taking.refusals.add, taking.part(folder.name, 0.0, 0.5))
    with taking.open() as room:
        room.bringing = bringing._replace(as_of=read.as_of, made_as_of=read.products_as_of)
        for statement in read.statements:
            room.add(statement)
    return taking.report()


class _Import:
    """An import on its way: what stands already, what is refused, what is told at its end."""

    def __init__(
        self,
        settings: Settings,
        graph: Graph,
        bringing: Bringing,
        refused: Path | None,
        user: str | None,
        lang: Lang | None,
        progress: Progress | None,
    ) -> None:
        self._settings = settings
        self._graph = graph
        self._bringing = bringing
        self._user = user_name(user)
        self._lang = lang
        self._progress = progress
        self._imports = Imports.at(settings.workspace)
        self.standing = self._imports.same(bringing.digest)
        self.places = _places(graph)
        self.refusals = Refusals(refused)
        self.unknown: list[str] = []

    @contextmanager
    def open(self) -> Iterator[TakingIn]:
        """The transaction of the import."""
        known = [
            Known(
                firm.id,
                firm.name,
                tuple(name for name in (firm.short_name, firm.name_en, *firm.aliases) if name),
                firm.credit_code,
                firm.listing_code,
                firm.seat,
            )
            for firm in self._graph.firms.values()
        ]
        names = [region.name for region in self._graph.regions.values()]
        with self._imports.taking_in(self._bringing, self._user, known, names) as room:
            # Asked again now that nobody else can write.
            if self._imports.same(self._bringing.digest) is not None:
                raise UsageError(
                    Text(
                        "另一个进程刚导入了同样的文件：什么都没有写入，见 chaingraph imports",
                        "another process has just imported the same files: nothing was written; see chaingraph imports",
                    )
                )
            yield room
            room.flush()
            if not room.counts["statements"]:
                raise _nothing(self._bringing, self.refusals)
            room.counts |= self.refusals.counts()
            self.refusals.write()

    def told(self, room: TakingIn, publisher: str | None, as_of: str | None) -> None:
        """Takes from a file who compiled it and when, where the caller did not say."""
        known = room.bringing
        room.bringing = known._replace(
            publisher=known.publisher or publisher,
            as_of=known.as_of if self._bringing.as_of else max(filter(None, (known.as_of, as_of)), default=None),
        )

    def part(self, label: str, start: float, length: float) -> Callable[[float], None] | None:
        """The progress of reading one file."""
        return _label(self._progress, label, _READING * start, _READING * length)

    def report(self) -> TakenReport:
        """What was brought, as it stands in the snapshot that is compiled now."""
        progress = self._progress
        _give_back()
        store, _ = open_snapshot(self._settings, None if progress is None else _later(progress))
        row = self._imports.same(self._bringing.digest)
        if row is None:
            raise AssertionError("an import that has ended stands")
        return taken_report(
            store, row, self.standing is not None, self.refusals, self.unknown, spoken(self._lang, store)
        )


def _give_back() -> None:
    """Gives memory that reading has freed back to the system, where the C library can: compiling needs it."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _later(progress: Progress) -> Progress:
    """Tells the progress of what comes after the reading."""
    return lambda label, share: progress(label, _READING + (1 - _READING) * share)


def _label(progress: Progress | None, label: str, start: float, length: float) -> Callable[[float], None] | None:
    return None if progress is None else lambda share: progress(label, start + length * share)


def _places(graph: Graph) -> Places:
    return Places((region.adcode, region.name, region.level, region.parent or "") for region in graph.regions.values())


def _adcode(settings: Settings, region: str) -> str:
    store, _ = open_snapshot(settings)
    return store.region(region).adcode


def _codes(graph: Graph, industries: Sequence[str]) -> tuple[str, ...]:
    """Industry codes as the packs know them, with the letter of their section."""
    letters = {code[1:]: code for code in graph.industries if len(code) > 1}
    found = []
    for asked in industries:
        code = letters.get(asked.strip(), asked.strip().upper())
        if code not in graph.industries:
            raise UsageError(
                Text(
                    f"没有行业代码“{asked}”：写 GB/T 4754 的代码，如 C36、C3670",
                    f"no industry code {asked!r}: write one of GB/T 4754, as C36 or C3670",
                )
            )
        found.append(code)
    return tuple(sorted(set(found)))


def _digest(files: Sequence[Path], options: object, mapping: Path | None) -> str:
    """A hash of the files' bytes and of the options: the same import twice has the same.

    Raises
    ------
    DataError
        If a file cannot be read.
    """
    digest = hashlib.blake2b(repr(options).encode(), digest_size=16)
    for path in (*files, *((mapping,) if mapping is not None else ())):
        try:
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=32)).digest())
        except OSError as error:
            reason = error.strerror or str(error)
            raise DataError(Text(f"无法读取 {path}：{reason}", f"cannot read {path}: {reason}")) from error
    return digest.hexdigest()


def _nothing(bringing: Bringing, refusals: Refusals) -> DataError:
    """The error for files that no firm was taken from."""
    names = "、".join(bringing.files)
    first = refusals.first()
    zh = f"；第一处：{first.file} 第 {first.row} 行，{first.what.zh}。{first.mend.zh}" if first else ""
    en = f"; the first: {first.file}, row {first.row}: {first.what.en}. {first.mend.en}" if first else ""
    return DataError(
        Text(
            f"{names}：一家企业也没有读到，什么都没有写入{zh}",
            f"{names}: not one firm could be read, nothing was written{en}",
        )
    )
