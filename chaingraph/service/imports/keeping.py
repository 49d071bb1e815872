"""Imports listed and taken back; firms that may be one, and what a person decides of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from chaingraph.config import user as user_name
from chaingraph.imports.room import Imports
from chaingraph.model.import_report import Merged
from chaingraph.service.imports.report import imports_report, review_report
from chaingraph.service.workspace import open_snapshot, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.model.import_report import ImportsReport, ReviewReport

    Progress = Callable[[str, float], None]
    Verdict = Literal["same", "different", "reopen"]


def list_imports(settings: Settings, *, lang: Lang | None = None, progress: Progress | None = None) -> ImportsReport:
    """Every import in order, those taken back too."""
    store, _ = open_snapshot(settings, progress)
    return imports_report(store, Imports.at(settings.workspace).listed(), spoken(lang, store))


def undo_import(
    settings: Settings,
    number: int,
    *,
    user: str | None = None,
    lang: Lang | None = None,
    progress: Progress | None = None,
) -> ImportsReport:
    """Takes an import back: what there was before stands again. Later imports stay, and ids go on working.

    Raises
    ------
    NotFound
        If there is no import of this number.
    UsageError
        If it was taken back before, or nobody is named who takes it back.
    """
    Imports.at(settings.workspace).undo(number, user_name(user))
    return list_imports(settings, lang=lang, progress=progress)


def review(
    settings: Settings, *, everything: bool = False, lang: Lang | None = None, progress: Progress | None = None
) -> ReviewReport:
    """The firms that may be one and wait for a decision; with ``everything`` those decided too, and all merges."""
    store, _ = open_snapshot(settings, progress)
    rows = Imports.at(settings.workspace).review(open_only=False)
    shown = [row for row in rows if everything or row.decided is None]
    lang = spoken(lang, store)
    merged = store.merged() if everything else {}
    field = "name" if lang == "zh" else "name_en"
    there = {kept for kept in merged.values() if store.knows(kept)}
    names = {kept: store.entity(kept, "firm")[field] if kept in there else kept for kept in merged.values()}
    return review_report(rows, shown, [Merged(gone, kept, names[kept]) for gone, kept in merged.items()], lang)


def decide_review(
    settings: Settings,
    number: int,
    verdict: Verdict,
    *,
    why: str | None = None,
    user: str | None = None,
    lang: Lang | None = None,
    progress: Progress | None = None,
) -> ReviewReport:
    """Decides whether two firms are one ("same", "different"), or takes the decision back ("reopen").

    Firms that are the same answer to both ids from then on, and are two again when the decision is taken back.

    Raises
    ------
    NotFound
        If there is no review of this number.
    UsageError
        If it is decided already, or open already, or nobody is named who decides.
    """
    imports, who = Imports.at(settings.workspace), user_name(user)
    if verdict == "reopen":
        imports.reopen(number, who, why)
    else:
        imports.decide(number, verdict, who, why)
    return _after(settings, lang, progress, number=number)


def merge_firms(
    settings: Settings,
    firm: str,
    other: str,
    *,
    apart: bool = False,
    why: str | None = None,
    user: str | None = None,
    lang: Lang | None = None,
    progress: Progress | None = None,
) -> ReviewReport:
    """Makes one firm of two, by id or name, whether or not a review asks; ``apart`` takes that back, by their two ids.

    Raises
    ------
    NotFound
        If one of them is not known.
    UsageError
        If they are one already, or both are of the packs.
    """
    imports, who = Imports.at(settings.workspace), user_name(user)
    if apart:
        imports.unmerge(firm, other, who, why)
    else:
        store, _ = open_snapshot(settings, progress)
        first, second = (store.entity(name, "firm")["id"] for name in (firm, other))
        imports.merge(first, second, who, why)
    return _after(settings, lang, progress)


def _after(settings: Settings, lang: Lang | None, progress: Progress | None, number: int | None = None) -> ReviewReport:
    """The review that was decided, and what is open still."""
    store, _ = open_snapshot(settings, progress)
    rows = Imports.at(settings.workspace).review(open_only=False)
    shown = [row for row in rows if row.number == number or (number is None and row.decided is None)]
    return review_report(rows, shown, (), spoken(lang, store))
