"""Writes the weekly list: freezes it in the ledger on its first export, and renders its files from what is frozen."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chaingraph import config
from chaingraph.errors import Text, UsageError
from chaingraph.export.files import write_atomic
from chaingraph.export.week_text import read_week_json, render_week_csv, render_week_json
from chaingraph.export.workbook import render_workbook
from chaingraph.ledger.events import Draft
from chaingraph.ledger.exports import Frozen
from chaingraph.model.week_report import ExportReport, scope_of
from chaingraph.service.arguments import count
from chaingraph.service.gaps import Asked
from chaingraph.service.leads.week import Wanted, week_of
from chaingraph.service.ledger.desk import Desk
from chaingraph.service.places import place_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.week_report import WeekReport

_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")


def export_leads(
    settings: Settings,
    *,
    week: str | None = None,
    chain: str | None = None,
    region: str | None = None,
    gaps: int = 5,
    top: int = 3,
    out: str | Path | None = None,
    revise: bool = False,
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
        Suggestions: the first ``top`` of each of the first ``gaps`` gaps of a chain.
    out
        The folder; ``exports/<week>`` in the workspace where None. It is made if it is not there.
    revise
        Make the week anew, as its next revision.

    Raises
    ------
    UsageError
        For a week that is none or has not begun, or one that is frozen in another language.
    NotFound
        For an unknown chain or region.
    """
    count("gaps", gaps)
    count("top", top)
    name = config.user(user)
    desk = Desk.opened(settings, lang, progress)
    place = place_of(desk.store, region)
    frame = desk.store.chain(chain) if chain is not None else None
    on = (now or datetime.now()).date()
    key, on = _week_and_day(week, on)
    scope = scope_of(place.adcode, frame.id if frame else None)
    frozen = desk.ledger.frozen(scope, key)
    again = frozen is not None and not revise
    if again:
        assert frozen is not None
        report = read_week_json(frozen.content)
        if lang is not None and lang != report.lang:
            raise _other_language(key, report.lang)
    else:
        wanted = Wanted(key, frozen.revision + 1 if frozen else 1, frame.id if frame else None, gaps, top)
        asked = Asked(desk.store, desk.pack, place, on, desk.lang)
        report, again = _made(desk, asked, wanted, scope, name, now)
    files = _write(report, Path(out) if out is not None else settings.workspace / "exports" / key)
    return ExportReport(
        lang=desk.lang,
        region_name=report.region_name,
        week=key,
        revision=report.revision,
        again=again,
        leads=len(report.leads),
        changes=len(report.changes),
        files=tuple(map(str, files)),
    )


def _made(
    desk: Desk, asked: Asked, wanted: Wanted, scope: str, user: str, now: datetime | None
) -> tuple[WeekReport, bool]:
    """The list, made and frozen; or as another process has frozen it meanwhile, and that this is so."""
    while True:
        seen = desk.ledger.last()
        before = desk.ledger.frozen_before(scope, wanted.week)
        states, event = desk.ledger.states(asked.on), desk.ledger.last(asked.on)
        report = week_of(asked, states, event, wanted, read_week_json(before.content) if before else None)
        with desk.ledger.writing(user, now) as writing:
            found = writing.frozen(scope, wanted.week)
            if found is not None and found.revision >= wanted.revision:
                if wanted.revision == 1:
                    return read_week_json(found.content), True
                wanted = wanted._replace(revision=found.revision + 1)
            # Making the list takes seconds, so it is made before the right to write is taken, and anew if that is late.
            elif writing.last == seen:
                writing.freeze(Frozen(scope, wanted.week, report.revision, event, render_week_json(report)))
                data = {"scope": scope, "week": wanted.week, "revision": report.revision, "leads": len(report.leads)}
                writing.append(Draft("exported", None, data))
                return report, False


def _write(report: WeekReport, folder: Path) -> list[Path]:
    """Writes the files, each whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Text(f"无法创建目录 {folder}：{reason}", f"cannot make the folder {folder}: {reason}")
        ) from error
    title = "目标企业清单" if report.lang == "zh" else "target-leads"
    parts = [title, report.region_name, report.week, report.chain]
    parts += [f"r{report.revision}"] if report.revision > 1 else []
    name = re.sub(r'[\\/:*?"<>|\s]+', "_", "-".join(part for part in parts if part))
    rendered = {"xlsx": render_workbook(report), "csv": render_week_csv(report), "json": render_week_json(report)}
    files = []
    for suffix, content in rendered.items():
        path = folder / f"{name}.{suffix}"
        write_atomic(path, content)
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


def _other_language(week: str, lang: Lang) -> UsageError:
    zh, en = ("中文", "Chinese") if lang == "zh" else ("英文", "English")
    return UsageError(
        Text(
            f"{week} 已以{zh}导出并定稿；要换语言请加 --revise 出新版",
            f"{week} was exported and frozen in {en}; for another language make a new revision with --revise",
        )
    )
