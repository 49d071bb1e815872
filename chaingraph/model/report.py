"""Every report a command can answer."""

from __future__ import annotations

from typing import get_args

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

Report = (
    GapReport
    | GapExplanation
    | OverviewReport
    | ChainsReport
    | EntityReport
    | SearchReport
    | PathReport
    | ProjectsReport
    | ParksReport
    | TargetsReport
    | LeadsReport
    | LeadReport
    | LedgerReport
    | HistoryReport
    | ChangeReport
    | ExportReport
    | ImportReport
    | TakenReport
    | ImportsReport
    | ReviewReport
    | PushReport
    | StatusReport
    | SchemaReport
    | BulkReport
    | CheckReport
)

REPORTS = get_args(Report)
"""The report models, each with a JSON Schema in docs/schema/."""
