"""Writes the weekly list: freezes it in the ledger on its first export, and renders its files from what is frozen."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chaingraph import config
from chaingraph.errors import NotFound, Text, UsageError
from chaingraph.export.files import write_atomic
from chaingraph.export.week_text import fingerprint, read_week_json, render_week_csv, render_week_json
from chaingraph.export.workbook import render_workbook
from chaingraph.ledger.events import Draft
from chaingraph.ledger.exports import Frozen
from chaingraph.model.week_columns import shown
from chaingraph.model.week_report import ExportReport, scope_of
from chaingraph.service.arguments import count
from chaingraph.service.asked import Asked
from chaingraph.service.leads.exported import EXPORTS
from chaingraph.service.leads.merged import standing
from chaingraph.service.leads.week import Wanted, week_of
from chaingraph.service.ledger.desk import Desk
from chaingraph.service.places import place_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.week_report import WeekReport

GAPS, TOP = 5, 3
"""So many gaps of a chain, and so many suggestions a gap, unless another number is asked for."""
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")


def export_leads(
    settings: Settings,
    *,
    week: str | None = None,
    chain: str | None = None,
    region: str | None = None,
    gaps: int | None = None,
    top: int | None = None,
    out: str | Path | None = None,
    revise: bool = False,
    revision: int | None = None,
    user: str | None = None,
    now: datetime | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> ExportReport:
    """Writes the list of a week as a workbook, CSV and JSON.

    The first export of a week freezes it; each later one writes the very same files, whatever has changed since.

    Parameters
    ----------
    week
        An ISO week, 2026-W47; this week where None. A past week that was never exported is built as of its Sunday.
    chain
        Only leads of this chain; by default every chain with a leader in the region.
    gaps, top
        Suggestions: the first ``top`` of each of the first ``gaps`` gaps of a chain; 3 of 5 where None.
    out
        The folder; ``exports/<week>`` in the workspace where None. It is made if it is not there.
    revise
        Make the week anew, as its next revision.
    revision
        Write this revision of a week exported before; its latest where None.

    Raises
    ------
    UsageError
        For a week that is none or has not begun, one that is frozen in another language or of another length, or a
        revision that there is none of.
    NotFound
        For an unknown chain or region; one that the packs hold no more is known by its id where its list is frozen.
    """
    count("gaps", gaps)
    count("top", top)
    count("revision", revision)
    if revise and revision is not None:
        raise UsageError(
            Text(
                "--revise 出新版，--revision 取旧版：只能用一个",
                "--revise makes a new revision, --revision takes an old",
            )
        )
    name = config.user(user)
    desk = Desk.opened(settings, lang, progress)
    key, on = _week_and_day(week, (now or datetime.now()).date())
    scope = _scope(desk, region, chain)
    frozen = desk.ledger.frozen(scope, key, revision)
    again = frozen is not None and not revise
    if again:
        assert frozen is not None
        content = frozen.content
    elif revision is not None:
        raise _no_revision(key, revision, desk.ledger.frozen(scope, key))
    else:
        place = place_of(desk.store, region)
        of = desk.store.chain(chain).id if chain is not None else None
        wanted = Wanted(key, frozen.revision + 1 if frozen else 1, of, gaps or GAPS, top or TOP)
        asked = Asked(desk.store, desk.pack, place, on, desk.lang)
        content, again = _made(desk, asked, wanted, scope, name, now)
    report = read_week_json(content)
    if again:
        _refuse_other(report, lang, gaps, top)
    files = _write(report, content, Path(out) if out is not None else settings.workspace / EXPORTS / key)
    return ExportReport(
        lang=desk.lang,
        region_name=report.region_name,
        week=key,
        revision=report.revision,
        again=again,
        leads=len(report.leads),
        changes=len(report.changes),
        # A folder may have a name that is no text, which neither a terminal nor JSON could show.
        files=tuple(shown(str(file)) for file in files),
    )


def _scope(desk: Desk, region: str | None, chain: str | None) -> str:
    """The scope of a list; what the packs hold no more is taken as it is named: a list may be frozen of it."""
    try:
        region = place_of(desk.store, region).adcode
    except NotFound:
        assert region is not None
    try:
        chain = desk.store.chain(chain).id if chain is not None else None
    except NotFound:
        assert chain is not None
    return scope_of(region, chain)


def _made(desk: Desk, asked: Asked, wanted: Wanted, scope: str, user: str, now: datetime | None) -> tuple[bytes, bool]:
    """The list, made and frozen, as JSON; or as another process has frozen it meanwhile, and that this is so."""
    while True:
        seen = desk.ledger.last()
        before = desk.ledger.frozen_before(scope, wanted.week)
        states, event = standing(desk.store, desk.ledger.states(asked.on)), desk.ledger.last(asked.on)
        report = week_of(asked, states, event, wanted, read_week_json(before.content) if before else None)
        with desk.ledger.writing(user, now) as writing:
            found = writing.frozen(scope, wanted.week)
            if found is not None and found.revision >= wanted.revision:
                if wanted.revision == 1:
                    return found.content, True
                wanted = wanted._replace(revision=found.revision + 1)
            # Making the list takes seconds, so it is made before the right to write is taken, and anew if that is late.
            elif writing.last == seen:
                content = render_week_json(report)
                writing.freeze(Frozen(scope, wanted.week, report.revision, event, content))
                data = {"scope": scope, "week": wanted.week, "revision": report.revision, "leads": len(report.leads)}
                writing.append(Draft("exported", None, data))
                return content, False


def _write(report: WeekReport, content: bytes, folder: Path) -> list[Path]:
    """Writes the files of a report and its JSON, each whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Text(f"无法创建目录 {folder}：{reason}", f"cannot make the folder {folder}: {reason}")
        ) from error
    title = "目标企业清单" if report.lang == "zh" else "target-leads"
    # Two regions may be of one name.
    parts = [title, report.region_name, report.region, report.week, report.chain]
    parts += [f"r{report.revision}"] if report.revision > 1 else []
    name = re.sub(r'[\\/:*?"<>|\s]+', "_", "-".join(part for part in parts if part))
    workbook = render_workbook(report, fingerprint(content))
    rendered = {"xlsx": workbook, "csv": render_week_csv(report), "json": content}
    files = []
    for suffix, written in rendered.items():
        path = folder / f"{name}.{suffix}"
        write_atomic(path, written)
        files.append(path)
    return files


def _week_and_day(week: str | None, today: date) -> tuple[str, date]:
    """The week asked for as 2026-W47, and the day its list speaks of: today, or the Sunday of a week that is over."""
    if week is None:
        year, number, _ = today.isocalendar()
    else:
        match = _WEEK.fullmatch(week.strip())
        try:
            year, number = (int(part) for part in match.groups()) if match else (0, 0)
            date.fromisocalendar(year, number, 1)
        except ValueError:
            raise UsageError(
                Text(
                    f"“{week}”不是周次，请写成 2026-W47（ISO 周，周一起）",
                    f"{week!r} is no week; write it as 2026-W47 (an ISO week, from Monday)",
                )
            ) from None
    monday = date.fromisocalendar(year, number, 1)
    if monday > today:
        raise UsageError(Text(f"{week} 还没有开始（{monday} 起）", f"{week} has not begun yet; it starts on {monday}"))
    return f"{year}-W{number:02}", min(today, monday + timedelta(days=6))


def _refuse_other(report: WeekReport, lang: Lang | None, gaps: int | None, top: int | None) -> None:
    """Refuses a frozen week in a language or a length that it does not have."""
    zh, en = [], []
    if lang is not None and lang != report.lang:
        zh.append("语言为中文" if report.lang == "zh" else "语言为英文")
        en.append("in Chinese" if report.lang == "zh" else "in English")
    if gaps is not None and gaps != report.first:
        zh.append(f"--gaps 为 {report.first}")
        en.append(f"with --gaps {report.first}")
    if top is not None and top != report.top:
        zh.append(f"--top 为 {report.top}")
        en.append(f"with --top {report.top}")
    if zh:
        raise UsageError(
            Text(
                f"{report.week} 已导出并定稿，{'、'.join(zh)}；要改请加 --revise 出新版",
                f"{report.week} was exported and frozen {', '.join(en)}; --revise makes a new revision",
            )
        )


def _no_revision(week: str, revision: int, latest: Frozen | None) -> UsageError:
    if latest is None:
        return UsageError(
            Text(f"{week} 还没有导出过：去掉 --revision 即导出", f"{week} was never exported: leave --revision out")
        )
    return UsageError(
        Text(
            f"{week} 没有第 {revision} 版，最新是第 {latest.revision} 版",
            f"{week} has no revision {revision}; the latest is {latest.revision}",
        )
    )
