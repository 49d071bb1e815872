"""chaingraph: an industrial-chain knowledge graph for investment-promotion offices.

The public names are those of the service layer; each is imported when it is first used.

>>> import chaingraph
>>> report = chaingraph.gaps(chaingraph.settings(), "ev")   # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chaingraph.config import Settings, settings
    from chaingraph.errors import ChaingraphError
    from chaingraph.service.accounts import add_user, list_users, remove_user, set_password, set_role
    from chaingraph.service.brief import brief
    from chaingraph.service.chain_map import chain_map
    from chaingraph.service.chains import chains
    from chaingraph.service.check import check
    from chaingraph.service.explain import explain
    from chaingraph.service.gaps import gaps
    from chaingraph.service.graph.around import around
    from chaingraph.service.graph.between import between
    from chaingraph.service.graph.chain_graph import chain_graph
    from chaingraph.service.imports.keeping import decide_review, list_imports, merge_firms, review, undo_import
    from chaingraph.service.imports.taking import import_chainkg, import_registry
    from chaingraph.service.leads.explain import explain_lead
    from chaingraph.service.leads.export import export_leads
    from chaingraph.service.leads.importing import import_leads
    from chaingraph.service.leads.suggest import suggest_leads
    from chaingraph.service.ledger.actions import (
        accept_lead,
        approve_lead,
        assign_lead,
        drop_lead,
        note_lead,
        signal_lead,
        stage_lead,
    )
    from chaingraph.service.ledger.board import lead_history, list_leads, show_lead
    from chaingraph.service.link_page import link_page
    from chaingraph.service.overview import overview
    from chaingraph.service.parks import parks
    from chaingraph.service.path import path
    from chaingraph.service.projects import projects
    from chaingraph.service.search import search
    from chaingraph.service.server.pushing import make_schema, push_graph, write_bulk
    from chaingraph.service.server.status import server_status
    from chaingraph.service.show import show
    from chaingraph.service.signing_in import audit
    from chaingraph.service.source_page import source_page
    from chaingraph.service.targets import targets
    from chaingraph.service.viz import viz

__version__ = "0.1.0"

__all__ = [
    "ChaingraphError",
    "Settings",
    "accept_lead",
    "add_user",
    "approve_lead",
    "around",
    "assign_lead",
    "audit",
    "between",
    "brief",
    "chain_graph",
    "chain_map",
    "chains",
    "check",
    "decide_review",
    "drop_lead",
    "explain",
    "explain_lead",
    "export_leads",
    "gaps",
    "import_chainkg",
    "import_leads",
    "import_registry",
    "lead_history",
    "link_page",
    "list_imports",
    "list_leads",
    "list_users",
    "make_schema",
    "merge_firms",
    "note_lead",
    "overview",
    "parks",
    "path",
    "projects",
    "push_graph",
    "remove_user",
    "review",
    "search",
    "server_status",
    "set_password",
    "set_role",
    "settings",
    "show",
    "show_lead",
    "signal_lead",
    "source_page",
    "stage_lead",
    "suggest_leads",
    "targets",
    "undo_import",
    "viz",
    "write_bulk",
]

_HOMES = {
    "ChaingraphError": "chaingraph.errors",
    "Settings": "chaingraph.config",
    "settings": "chaingraph.config",
    "accept_lead": "chaingraph.service.ledger.actions",
    "add_user": "chaingraph.service.accounts",
    "approve_lead": "chaingraph.service.ledger.actions",
    "around": "chaingraph.service.graph.around",
    "assign_lead": "chaingraph.service.ledger.actions",
    "audit": "chaingraph.service.signing_in",
    "between": "chaingraph.service.graph.between",
    "brief": "chaingraph.service.brief",
    "chain_graph": "chaingraph.service.graph.chain_graph",
    "chain_map": "chaingraph.service.chain_map",
    "chains": "chaingraph.service.chains",
    "check": "chaingraph.service.check",
    "decide_review": "chaingraph.service.imports.keeping",
    "drop_lead": "chaingraph.service.ledger.actions",
    "explain": "chaingraph.service.explain",
    "explain_lead": "chaingraph.service.leads.explain",
    "export_leads": "chaingraph.service.leads.export",
    "gaps": "chaingraph.service.gaps",
    "import_chainkg": "chaingraph.service.imports.taking",
    "import_leads": "chaingraph.service.leads.importing",
    "import_registry": "chaingraph.service.imports.taking",
    "lead_history": "chaingraph.service.ledger.board",
    "link_page": "chaingraph.service.link_page",
    "list_imports": "chaingraph.service.imports.keeping",
    "list_leads": "chaingraph.service.ledger.board",
    "list_users": "chaingraph.service.accounts",
    "make_schema": "chaingraph.service.server.pushing",
    "merge_firms": "chaingraph.service.imports.keeping",
    "note_lead": "chaingraph.service.ledger.actions",
    "overview": "chaingraph.service.overview",
    "parks": "chaingraph.service.parks",
    "path": "chaingraph.service.path",
    "projects": "chaingraph.service.projects",
    "push_graph": "chaingraph.service.server.pushing",
    "remove_user": "chaingraph.service.accounts",
    "review": "chaingraph.service.imports.keeping",
    "search": "chaingraph.service.search",
    "server_status": "chaingraph.service.server.status",
    "set_password": "chaingraph.service.accounts",
    "set_role": "chaingraph.service.accounts",
    "show": "chaingraph.service.show",
    "show_lead": "chaingraph.service.ledger.board",
    "signal_lead": "chaingraph.service.ledger.actions",
    "source_page": "chaingraph.service.source_page",
    "stage_lead": "chaingraph.service.ledger.actions",
    "suggest_leads": "chaingraph.service.leads.suggest",
    "targets": "chaingraph.service.targets",
    "undo_import": "chaingraph.service.imports.keeping",
    "viz": "chaingraph.service.viz",
    "write_bulk": "chaingraph.service.server.pushing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'chaingraph' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
