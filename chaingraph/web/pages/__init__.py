"""The pages, one module each: PARTS for who may look, OPEN for everybody."""

from chaingraph.web.pages import (
    accounts,
    api_guide,
    chain,
    entities,
    leads,
    links,
    login,
    overview,
    paths,
    places,
    search,
    week,
)

OPEN = (login,)
PARTS = (overview, chain, links, leads, week, places, search, paths, accounts, entities, api_guide)
