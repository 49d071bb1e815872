"""Reports as flat sheets: one table of plain cells a report, which CSV and Markdown are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.export import (
    account_sheets,
    entity_sheets,
    gap_sheets,
    import_sheets,
    lead_sheets,
    ledger_sheets,
    place_sheets,
    server_sheets,
    week_sheets,
)
from chaingraph.model.account_report import AuditReport, UsersReport
from chaingraph.model.chain_report import ChainsReport
from chaingraph.model.check_report import CheckReport
from chaingraph.model.entity_report import EntityReport, GapExplanation
from chaingraph.model.gap_report import GapReport
from chaingraph.model.import_report import ImportsReport, ReviewReport, TakenReport
from chaingraph.model.lead_report import LeadReport, LeadsReport
from chaingraph.model.ledger_report import ChangeReport, HistoryReport, LedgerReport
from chaingraph.model.overview_report import OverviewReport
from chaingraph.model.park_report import ParksReport
from chaingraph.model.path_report import PathReport
from chaingraph.model.project_report import ProjectsReport
from chaingraph.model.search_report import SearchReport
from chaingraph.model.server_report import BulkReport, PushReport, SchemaReport, StatusReport
from chaingraph.model.target_report import TargetsReport
from chaingraph.model.week_report import ExportReport, ImportReport

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from chaingraph.export.cells import Sheet
    from chaingraph.model.report import Report

_SHEETS: dict[type[Any], Callable[[Any], Sheet]] = {
    GapReport: gap_sheets.gaps,
    GapExplanation: gap_sheets.explanation,
    OverviewReport: gap_sheets.overview,
    ChainsReport: entity_sheets.chains,
    EntityReport: entity_sheets.entity,
    SearchReport: entity_sheets.search,
    PathReport: entity_sheets.path,
    CheckReport: entity_sheets.check,
    ProjectsReport: place_sheets.projects,
    ParksReport: place_sheets.parks,
    TargetsReport: place_sheets.targets,
    LeadsReport: lead_sheets.leads,
    LeadReport: lead_sheets.explanation,
    LedgerReport: ledger_sheets.ledger,
    HistoryReport: ledger_sheets.history,
    ChangeReport: ledger_sheets.change,
    ExportReport: week_sheets.exported,
    ImportReport: week_sheets.imported,
    TakenReport: import_sheets.taken,
    ImportsReport: import_sheets.imports,
    ReviewReport: import_sheets.review,
    PushReport: server_sheets.pushed,
    StatusReport: server_sheets.status,
    SchemaReport: server_sheets.schema,
    BulkReport: server_sheets.bulk,
    UsersReport: account_sheets.users,
    AuditReport: account_sheets.audit,
}


def sheet(report: Report) -> Sheet:
    """The sheet of a report."""
    return _SHEETS[type(report)](report)
