"""Every report a command can answer."""

from __future__ import annotations

from chaingraph.model.chain_report import ChainsReport
from chaingraph.model.check_report import CheckReport
from chaingraph.model.entity_report import EntityReport, GapExplanation
from chaingraph.model.gap_report import GapReport

Report = GapReport | GapExplanation | ChainsReport | EntityReport | CheckReport

REPORTS = (GapReport, GapExplanation, ChainsReport, EntityReport, CheckReport)
"""The report models, each with a JSON Schema in docs/schema/."""
