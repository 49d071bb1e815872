"""Every report: those that a command answers, and those that only a page shows."""

from __future__ import annotations

from typing import get_args

from chaingraph.model.account_report import AuditReport, UsersReport
from chaingraph.model.chain_report import ChainsReport
from chaingraph.model.check_report import CheckReport
from chaingraph.model.entity_report import EntityReport, GapExplanation
from chaingraph.model.gap_report import GapReport
from chaingraph.model.graph_report import GraphReport
from chaingraph.model.import_report import ImportsReport, ReviewReport, TakenReport
from chaingraph.model.lead_report import LeadReport, LeadsReport
from chaingraph.model.ledger_report import ChangeReport, HistoryReport, LedgerReport
from chaingraph.model.link_report import LinkReport
from chaingraph.model.map_report import ChainMapReport
from chaingraph.model.overview_report import OverviewReport
from chaingraph.model.park_report import ParksReport
from chaingraph.model.path_report import PathReport
from chaingraph.model.project_report import ProjectsReport
from chaingraph.model.search_report import SearchReport
from chaingraph.model.server_report import BulkReport, PushReport, SchemaReport, StatusReport
from chaingraph.model.source_report import SourceReport
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
    | UsersReport
    | AuditReport
    | CheckReport
)

PageReport = ChainMapReport | GraphReport | LinkReport | SourceReport
"""What is drawn or laid out on a page of the explorer: JSON beside it, but no table."""

REPORTS = get_args(Report | PageReport)
"""The report models, each with a JSON Schema in docs/schema/."""
