"""The JSON beside the pages, one module a subject: the very bytes of ``--format json``."""

from chaingraph.web.api import (
    accounts,
    chains,
    entities,
    gaps,
    graph,
    leads,
    links,
    overview,
    paths,
    places,
    search,
    week,
)

PARTS = (overview, chains, gaps, links, graph, leads, week, places, search, paths, accounts, entities)
