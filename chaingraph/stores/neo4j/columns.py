"""Which properties each label and each type has, and of which kind: the contract of what is written to a server."""

from __future__ import annotations

from chaingraph.stores.neo4j.sheets import LABELS

KINDS: dict[str, str] = {
    **dict.fromkeys(("names", "also", "former_names", "days"), "string[]"),
    **dict.fromkeys(("sorts", "counts", "weakest"), "long[]"),
    **dict.fromkeys(("of_packs", "imported", "by", "recycled", "found", "complete"), "boolean"),
    **dict.fromkeys(("lat", "lon", "at_least", "value", "amount", "share"), "double"),
    **dict.fromkeys(("revenue_share", "confidence", "capacity", "registered_capital_cny"), "double"),
    **dict.fromkeys(("number", "year", "place", "cited", "tier", "firms", "live"), "long"),
    **dict.fromkeys(("imported_firms", "makers", "top_match", "top_cited", "layout"), "long"),
    "pushed_at": "datetime",
}
"""The kind of each property as the bulk import names it; one that is not here is a text."""

_KINDS_IN = {("Actual", "since"): "long", ("SEATS", "grade"): "long"}
"""Where a name is of another kind than elsewhere: the first year of a sum, a grade as a number from 0 to 3."""


def kind_of(table: str, name: str) -> str:
    """The kind of a property of a label or a type."""
    return _KINDS_IN.get((table, name), KINDS.get(name, "string"))


_NAMED = (
    *("id", "kind", "name", "name_en", "full_name", "order", "of_packs", "batch"),
    *("names", "sorts", "written", "spelt", "begins", "initials", "keys"),
)
_MEASURED = ("region", "chain", "park", "link", "metric", "unit")
_OWN = {
    "Link": ("unit",),
    "Firm": ("seat", "seat_grade", "gone", "imported_gone", "imported_gone_on", "imported_gone_grade", "also"),
    "Project": ("since",),
    "Park": ("lat", "lon"),
    "Region": ("level", "lat", "lon", "imported_firms"),
    "Target": (*_MEASURED, "at_least", "year"),
    "Actual": (*_MEASURED, "value", "year", "since"),
}

NODES: dict[str, tuple[str, ...]] = {
    **{label: (*_NAMED, *_OWN.get(label, ())) for label in LABELS.values()},
    "Source": (
        *("id", "number", "title", "publisher", "date", "kind", "grade", "url", "note"),
        *("imported", "firms", "batch"),
    ),
    "Batch": ("id", "digest"),
    "Graph": (
        "id",
        "layout",
        "snapshot",
        "complete",
        "totals",
        "manifest",
        "scoring",
        "pushed_at",
        "pushed_by",
        "pushed_from",
    ),
}
"""The properties of the nodes of each label."""

_CITED = ("key", "place", "cited", "source", "locator", "grade", "as_of", "note", "since", "imported")

RELATIONSHIPS: dict[str, tuple[str, ...]] = {
    "LEADS": ("region", "link", "text", "text_en", "number", *_CITED),
    "IN_CHAIN": ("stage", "tier", "number", *_CITED),
    "FEEDS": ("amount", "unit", "recycled", *_CITED),
    "BASED_IN": _CITED,
    "MAKES": ("link", "seat", "revenue_share", "confidence", "said", "capacity", "unit", "basis", *_CITED),
    "SUPPLIES": ("text", "text_en", *_CITED),
    "OWNS": ("share", *_CITED),
    "PART_OF": _CITED,
    "IN": _CITED,
    "BY": _CITED,
    "AT": _CITED,
    "TARGETS": _CITED,
    "CLAIMS": ("said", *_CITED),
    "SURVEYED": ("found", "date", *_CITED),
    "BARS": ("reason", "until", *_CITED),
    "HOSTED_BY": _CITED,
    "SERVES": _CITED,
    "APPLIES_TO": _CITED,
    "TARGET_OF": ("value", "unit", "date", *_CITED),
    "ACTUAL_OF": ("value", "unit", "date", *_CITED),
    "TELLS": ("predicate", "value", "text", "text_en", "unit", "date", "by", "code", *_CITED),
    "STATES": (
        *("key", "place", "locator", "as_of", "name", "former_names", "credit_code", "listing_code", "established"),
        *("registered_capital_cny", "industry", "scale", "dissolved", "seat", "made_locator"),
    ),
    "SEATS": (
        *("key", "link", "region", "days", "counts", "weakest", "last", "makers", "grade"),
        *("top_match", "top_cited"),
    ),
    "MATCHES": ("key", "firms", "live"),
}
"""The properties of the relationships of each type."""
