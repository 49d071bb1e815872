"""docs/worked-example.md holds: its pack is loaded, and every table of it is compared with the answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chaingraph import check, gaps, settings

if TYPE_CHECKING:
    from chaingraph.model.gap_report import GapReport, GapRow

PAGE = Path(__file__).parents[1] / "docs" / "worked-example.md"


@pytest.fixture
def report(tmp_path: Path) -> GapReport:
    """The gap report over the page's pack."""
    folder = tmp_path / "example"
    for name, text in re.findall(r"```\w+ file=(\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = settings(packs=[folder])
    assert check(found).problems == ()
    return gaps(found, as_of="2024-06-01")


def _table(first: str) -> dict[str, dict[str, str]]:
    """The rows of the page's table whose second column is ``first``, by link."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| link | {first} |"))
    heads = [cell.strip() for cell in lines[start].strip("|").split("|")]
    rows = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows[cells[0]] = dict(zip(heads, cells, strict=True))
    return rows


def _rows(report: GapReport) -> dict[str, GapRow]:
    return {row.link: row for row in (*report.gaps, *report.no_data)}


def _same(said: str, found: float | None, digits: int = 4) -> bool:
    return found is None if said == "unknown" else found is not None and round(found, digits) == float(said)


def test_need_supply_coverage_and_value_are_as_worked_out(report: GapReport) -> None:
    rows = _rows(report)
    table = _table("need")
    assert set(table) == set(rows)
    for link, said in table.items():
        row = rows[link]
        assert _same(said["need"], row.need.value)
        assert row.need.derived == (said["derived"] == "yes")
        assert _same(said["supply"], row.supply.value)
        assert _same(said["coverage"], row.coverage)
        assert _same(said["value_cny"], row.value_cny)


def test_status_evidence_and_move_are_as_worked_out(report: GapReport) -> None:
    rows = _rows(report)
    found = {
        link: (row.status, row.evidence_level, row.move, "yes" if row.rank else "no") for link, row in rows.items()
    }
    said = {link: (r["status"], r["evidence"], r["move"], r["gap"]) for link, r in _table("status").items()}
    assert found == said


def test_components_and_priority_are_as_worked_out(report: GapReport) -> None:
    rows = _rows(report)
    for link, said in _table("pull").items():
        row = rows[link]
        for part in row.components:
            assert _same(said[part.name], part.value), (link, part)
        assert _same(said["priority"], row.priority, 1), (link, row.priority)
        assert _same(said["completeness"], row.completeness)
        assert sum(part.contribution or 0 for part in row.components) == pytest.approx(row.priority)


def test_the_local_sourcing_rate_is_as_worked_out(report: GapReport) -> None:
    text = PAGE.read_text(encoding="utf-8")
    [rate] = report.sourcing
    for name, value in (("low", rate.low), ("high", rate.high)):
        said = re.search(rf"- {name}: .* = ([\d.]+)$", text, re.MULTILINE)
        assert said is not None
        assert value is not None
        assert round(value, 4) == float(said[1])
