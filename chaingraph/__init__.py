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
    from chaingraph.service.chains import chains
    from chaingraph.service.check import check
    from chaingraph.service.explain import explain
    from chaingraph.service.gaps import gaps
    from chaingraph.service.overview import overview
    from chaingraph.service.parks import parks
    from chaingraph.service.path import path
    from chaingraph.service.projects import projects
    from chaingraph.service.search import search
    from chaingraph.service.show import show
    from chaingraph.service.targets import targets

__version__ = "0.1.0"

__all__ = [
    "ChaingraphError",
    "Settings",
    "chains",
    "check",
    "explain",
    "gaps",
    "overview",
    "parks",
    "path",
    "projects",
    "search",
    "settings",
    "show",
    "targets",
]

_HOMES = {
    "ChaingraphError": "chaingraph.errors",
    "Settings": "chaingraph.config",
    "settings": "chaingraph.config",
    "chains": "chaingraph.service.chains",
    "check": "chaingraph.service.check",
    "explain": "chaingraph.service.explain",
    "gaps": "chaingraph.service.gaps",
    "overview": "chaingraph.service.overview",
    "parks": "chaingraph.service.parks",
    "path": "chaingraph.service.path",
    "projects": "chaingraph.service.projects",
    "search": "chaingraph.service.search",
    "show": "chaingraph.service.show",
    "targets": "chaingraph.service.targets",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'chaingraph' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
