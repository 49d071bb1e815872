"""Lays out the reports on imports for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.cli.terminal import columns, wrap
from chaingraph.model.numbers import counted, number
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.model.import_report import ImportDone, ImportsReport, Refused, ReviewReport, TakenReport

_LINKS = 12
_HEADS = {
    "zh": ("#", "类别", "文件", "编制", "日期", "条数", "普查", "导入人", "状态"),
    "en": ("#", "kind", "files", "publisher", "as of", "rows", "census of", "by", "state"),
}
_CAPS = (4, 10, 24, 14, 10, 9, 10, 8, 16)


def taken_table(report: TakenReport) -> str:
    """What an import brought, and what it did not take."""
    zh, done = report.lang == "zh", report.done
    files = "、".join(done.files)
    if report.unchanged:
        said = (
            f"{files} 已在第 {done.number} 次导入（{done.at[:10]}，{done.user}），内容相同：什么都没有变"
            if zh
            else f"{files} is import {done.number} ({done.at[:10]}, {done.user}) already: nothing has changed"
        )
        return "\n".join(wrap(said, "    ")) + "\n"
    lines = wrap("".join(_taken(report)), "    ")
    lines += [part for text in _brought(report) for part in wrap(text, "    ")]
    if report.refused:
        lines += ["", "未采用：" if zh else "Not taken:"]
        lines += [part for one in report.refused for part in wrap(_refused(one, zh), "      ")]
        if report.refused_file is not None:
            lines.append(f"全部写入 {report.refused_file}" if zh else f"All of them are in {report.refused_file}")
        else:
            lines.append("全部逐条：加 --refused FILE.csv" if zh else "Each of them: --refused FILE.csv")
    undo = f"chaingraph imports undo {done.number}"
    lines += ["", f"撤销：{undo}" if zh else f"To take it back: {undo}"]
    return "\n".join(lines) + "\n"


def _taken(report: TakenReport) -> Iterator[str]:
    zh, done = report.lang == "zh", report.done
    counts = done.counts
    files = "、".join(done.files)
    yield f"第 {done.number} 次导入：{files}" if zh else f"Import {done.number}: {files}"
    who = done.publisher or word("unknown", report.lang)
    yield f"（{who}，截至 {done.as_of}" if zh else f" ({who}, as of {done.as_of}"
    if done.made_as_of and done.made_as_of != done.as_of:
        yield f"，产品截至 {done.made_as_of}" if zh else f", products as of {done.made_as_of}"
    yield "）" if zh else ")"
    total, new, packs = (number(counts[key]) for key in ("statements", "new_firms", "of_packs"))
    yield (
        f"：{total} 条，新企业 {new} 家，数据包已有 {packs} 条"
        if zh
        else f": {total} rows, {new} new firms, {packs} of firms in the packs"
    )


def _brought(report: TakenReport) -> Iterator[str]:
    zh, done = report.lang == "zh", report.done
    if done.region is not None:
        of = "、".join(done.industries) or ("全部行业" if zh else "all industries")
        yield f"  普查：{done.region}，{of}" if zh else f"  A census of {done.region}: {of}"
    links = len(report.links)
    yield (
        f"  按产品、经营范围、行业、名称匹配到环节的企业 {number(report.makers)} 家，{links} 个环节；"
        "其余只登记，不算生产"
        if zh
        else f"  By product, scope, industry and name {counted(report.makers, 'firm')} can be matched to "
        f"{counted(links, 'link')}; the others are kept, making nothing"
    )
    if report.links:
        shown = [f"{one.name} {number(one.firms)}" for one in report.links[:_LINKS]]
        more = (" 等" if zh else " …") if links > _LINKS else ""
        yield "  " + ("、" if zh else ", ").join(shown) + more
    if done.counts["reviews"]:
        count = number(done.counts["reviews"])
        yield (
            f"  {count} 对疑似同一企业待确认：chaingraph review"
            if zh
            else f"  {count} pairs of firms may be one: chaingraph review"
        )
    if report.unknown_columns:
        heads = "、".join(report.unknown_columns[:_LINKS])
        yield f"  未识别的列（未采用）：{heads}" if zh else f"  Columns that are not known, and not taken: {heads}"


def _refused(one: Refused, zh: bool) -> str:
    place = f"{one.file} 第 {one.row} 行 {one.field}" if zh else f"{one.file}, row {one.row} {one.field}"
    if zh:
        return f"  {number(one.count)} {'行' if one.whole else '个值'} · {one.what}。{one.mend}（如 {place.rstrip()}）"
    return f"  {counted(one.count, 'row' if one.whole else 'value')} · {one.what}; {one.mend} ({place.rstrip()})"


def imports_table(report: ImportsReport) -> str:
    """The imports, one a line."""
    zh = report.lang == "zh"
    if not report.imports:
        hint = "chaingraph import registry FILE…"
        return f"还没有导入。开始：{hint}\n" if zh else f"Nothing was imported yet. Start: {hint}\n"
    rows = [_import(done, zh) for done in report.imports]
    right = (True, False, False, False, False, True, False, False, False)
    return "\n".join(columns(_HEADS[report.lang], rows, _CAPS, right)) + "\n"


def _import(done: ImportDone, zh: bool) -> tuple[str, ...]:
    state = "有效" if zh else "stands"
    if done.undone_at is not None:
        state = f"已撤销 {done.undone_at[:10]}" if zh else f"undone {done.undone_at[:10]}"
    return (
        str(done.number),
        done.kind_name,
        "、".join(done.files),
        done.publisher or "—",
        done.as_of,
        number(done.counts["statements"]),
        " ".join((done.region, *done.industries)) if done.region else "—",
        done.user,
        state,
    )


def review_table(report: ReviewReport) -> str:
    """The doubtful pairs, each with its reason, and how to decide."""
    zh = report.lang == "zh"
    lines = [f"疑似同一企业，待确认 {report.open} 对" if zh else f"{report.open} pairs of firms wait for a decision"]
    for one in report.doubtful:
        head = f"{one.number:>4} {one.firm_name} [{one.firm}]"
        lines += ["", *wrap(head, "       "), *wrap(f"     = {one.other_name} [{one.other}]", "       ")]
        lines += wrap(f"       {one.why}", "       ")
        if one.decided is not None:
            lines.append(f"       → {word(one.decided, report.lang)} {one.by} {(one.at or '')[:10]}")
    if report.merged:
        lines += ["", "已合并：" if zh else "Merged:"]
    lines += [
        f"     {one.gone} → {one.kept}（{one.name}）" if zh else f"     {one.gone} → {one.kept} ({one.name})"
        for one in report.merged
    ]
    if report.doubtful:
        lines.append("")
        lines.append(
            "是同一家：chaingraph review same 编号；不是：review different 编号；收回：review reopen 编号"
            if zh
            else "One firm: chaingraph review same N; two: review different N; to take it back: review reopen N"
        )
    return "\n".join(lines) + "\n"
