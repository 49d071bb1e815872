"""An office with a small pack: it exports a week, fills in the workbook, hands it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from chaingraph.config import Settings, settings
from chaingraph.ledger.log import Ledger
from chaingraph.model.week_columns import COLUMNS
from chaingraph.service.leads.export import export_leads
from chaingraph.service.leads.importing import import_leads
from tests.small_pack import FILES, SmallPack

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from chaingraph.ledger.state import LeadState
    from chaingraph.model.week_report import ImportReport, WeekReport

FIRMS = """\
  - id: {id}
    name: {name}有限公司
    short_name: {name}
    seat: "440100"
    evidence: [{{source: register, locator: 名录}}]
    makes:
      - {{link: {link}, evidence: [{{source: paper, locator: 主业}}]}}
"""

SURVEYS = """\
surveys:
  - {region: "441200", link: pack-link, date: 2024-03-01, found: false, evidence: [{source: report, locator: 摸底}]}
  - {region: "441200", link: cell, date: 2024-03-01, found: false, evidence: [{source: report, locator: 摸底}]}
"""


def second_chain(key: str) -> str:
    """A chain of the links of the small pack's own, with the same leader."""
    head = FILES["chains/demo.yaml"].replace("id: demo", f"id: {key}").replace("name: 演示链", "name: 另链")
    shares = "".join(
        f"  - {{link: {link}, stage: {stage}, tier: {tier}, why: 共用}}\n"
        for link, stage, tier in (("car", "midstream", 0), ("pack-link", "upstream", 1), ("cell", "upstream", 2))
    )
    return f"{head.split('links:')[0]}shares:\n{shares}"


def moment(day: str, hour: int = 9) -> datetime:
    """A time of a day."""
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+08:00")


@dataclass(frozen=True)
class Office:
    """The pack, the settings over it, and a folder for what is exported."""

    pack: SmallPack
    settings: Settings
    folder: Path

    @classmethod
    def opened(cls, folder: Path) -> Office:
        """An office with four firms that make packs, and the one of the small pack that makes cells."""
        pack = SmallPack.write(folder / "pack")
        pack.put("surveys.yaml", SURVEYS)
        for number in range(1, 5):
            pack.append("firms/all.yaml", FIRMS.format(id=f"packer-{number}", name=f"包厂{number}", link="pack-link"))
        return cls(pack, settings(folder / "workspace", [pack.folder], environ={}), folder / "out")

    def export(self, day: str, **asked: Any) -> tuple[Path, WeekReport]:
        """The workbook of the week of a day, and what is frozen of it."""
        from chaingraph.export.week_text import read_week_json

        told = export_leads(self.settings, user="科长", now=moment(day), out=self.folder, **asked)
        workbook, _, json = map(Path, told.files)
        return workbook, read_week_json(json.read_bytes())

    def hand_in(self, file: Path, day: str, user: str = "王某", **asked: Any) -> ImportReport:
        """The import of a file."""
        return import_leads(self.settings, file, user=user, now=moment(day, 15), **asked)

    def states(self) -> dict[str, LeadState]:
        """The leads of the ledger."""
        return Ledger.at(self.settings.workspace).states()

    def events(self) -> int:
        """How many events the ledger holds."""
        return len(Ledger.at(self.settings.workspace).events())


def at(sheet: Worksheet, lead: str, field: str) -> Any:
    """The cell of a lead and a field."""
    head = next(column.head for column in COLUMNS if column.field == field)
    heads = {cell.value: cell.column for cell in sheet[1]}
    place = next(heads[name] for name in head if name in heads)
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[1].value == lead)
    return sheet.cell(row, place)


def filled(file: Path, copy: str, edits: dict[str, dict[str, Any]]) -> Path:
    """A copy of a workbook with cells filled in, by lead and field."""
    book = openpyxl.load_workbook(file)
    for lead, fields in edits.items():
        for field, value in fields.items():
            cell = at(book.worksheets[0], lead, field)
            cell.value = value
            if isinstance(value, str):
                # What an officer types as text stays text, whatever it begins with.
                cell.data_type = "s"
    path = file.with_name(f"{copy}.xlsx")
    book.save(path)
    return path
