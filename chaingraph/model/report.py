"""Every report a command can answer."""

from __future__ import annotations

from chaingraph.model.chain_report import ChainsReport
from chaingraph.model.check_report import CheckReport
from chaingraph.model.entity_report import EntityReport, GapExplanation
from chaingraph.model.gap_report import GapReport
from chaingraph.model.path_report import PathReport
from chaingraph.model.search_report import SearchReport

Report = GapReport | GapExplanation | ChainsReport | EntityReport | CheckReport | SearchReport | PathReport

REPORTS = (GapReport, GapExplanation, ChainsReport, EntityReport, CheckReport, SearchReport, PathReport)
"""The report models, each with a JSON Schema in docs/schema/."""
