"""Imports and doubtful firms as reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chaingraph.model.import_report import (
    Doubtful,
    ImportDone,
    ImportsReport,
    LinkMatched,
    ReviewReport,
    TakenReport,
)
from chaingraph.model.words import word
from chaingraph.service.imports.columns import import_source
from chaingraph.service.told import names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.errors import Lang
    from chaingraph.imports.records import ImportRow, ReviewRow
    from chaingraph.model.import_report import Merged
    from chaingraph.service.imports.refused import Refusals
    from chaingraph.stores.base import Store


def taken_report(
    store: Store, row: ImportRow, unchanged: bool, refusals: Refusals, unknown: Sequence[str], lang: Lang
) -> TakenReport:
    """What an import brought."""
    matched = store.matched(import_source(row.number))
    names = names_in(store, "link", lang)
    links = [LinkMatched(link, names[link], firms) for link, firms in matched.by_link.items()]
    return TakenReport(
        lang=lang,
        unchanged=unchanged,
        done=_done(store, row, lang),
        makers=matched.firms,
        links=tuple(sorted(links, key=lambda one: (-one.firms, one.link))),
        refused=refusals.told(lang),
        unknown_columns=tuple(unknown),
        refused_file=str(refusals.path) if refusals.path is not None and not unchanged else None,
    )


def imports_report(store: Store, rows: Sequence[ImportRow], lang: Lang) -> ImportsReport:
    """The list of imports."""
    return ImportsReport(lang, tuple(_done(store, row, lang) for row in rows))


def _done(store: Store, row: ImportRow, lang: Lang) -> ImportDone:
    region = names_in(store, "region", lang).get(row.region, row.region) if row.region else None
    return ImportDone(
        number=row.number,
        kind=row.kind,
        kind_name=word(row.kind, lang),
        files=row.files,
        publisher=row.publisher,
        as_of=row.as_of or row.at[:10],
        made_as_of=row.made_as_of,
        region=region if row.complete else None,
        industries=row.industries,
        user=row.user,
        at=row.at,
        counts=row.counts,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
    )


def review_report(
    rows: Sequence[ReviewRow], shown: Sequence[ReviewRow], merged: Sequence[Merged], lang: Lang
) -> ReviewReport:
    """The doubtful pairs that are ``shown``, out of all ``rows``."""
    return ReviewReport(
        lang,
        sum(row.decided is None for row in rows),
        tuple(
            Doubtful(
                row.number,
                row.firm,
                row.firm_name,
                row.other,
                row.other_name,
                round(row.score, 1),
                row.why.in_(lang),
                row.decided,
                row.by,
                row.at,
                row.import_,
            )
            for row in shown
        ),
        tuple(merged),
    )
