"""The store on a Neo4j server: the same reads as the embedded one, each a statement of cypher/read/."""

from __future__ import annotations

LAYOUT = 1
"""How the graph lies in the server; a graph of another layout has to be pushed anew."""
