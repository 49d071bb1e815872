"""What keeps a candidate from being a lead, each with its name and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.lead_report import Veto
from chaingraph.model.numbers import marked
from chaingraph.model.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chaingraph.errors import Lang
    from chaingraph.ledger.state import LeadState
    from chaingraph.model.words import Grade, Status
    from chaingraph.stores.lead_rows import CandidateRow, CitedRow

_TALKED = ("assessing", "talking", "signing")


class Book(NamedTuple):
    """What the ledger says of a candidate: its own lead, if there is one, and the others of its firm."""

    own: LeadState | None
    others: Sequence[LeadState]


def vetoes(
    row: CandidateRow, status: Status, book: Book, regions: Mapping[str, str], rules: Mapping[str, float], lang: Lang
) -> tuple[Veto, ...]:
    """The vetoes of a candidate for a link of ``status``; ``regions`` are their names by adcode."""
    zh = lang == "zh"
    found = []
    if row.dissolved:
        when = f" {row.dissolved_on}" if row.dissolved_on else ""
        said = f"企业已注销或吊销{when}" if zh else f"the firm was struck off{f' on{when}' if when else ''}"
        found.append(Veto("dissolved", marked(said, row.dissolved)))
    for barred in row.barred:
        place = regions[barred.region]
        said = f"{place}负面清单：{barred.reason}" if zh else f"on the negative list of {place}: {barred.reason}"
        found.append(Veto("negative_list", marked(said, barred.grade)))
    found += [*_here(row, status, lang), *_ledger(book, regions, lang), *_thin(row, rules, lang)]
    return tuple(found)


def _here(row: CandidateRow, status: Status, lang: Lang) -> Iterator[Veto]:
    """A live project of the link here is a veto, but where the link is thin a firm in production may expand."""
    live = [plant for plant in row.plants if plant.stage != "ended"]
    if not live or (status == "thin" and any(plant.stage == "in_production" for plant in live)):
        return
    stage = word(live[0].stage or "unknown", lang)
    yield Veto(
        "already_here",
        f"本地已有项目：{live[0].name}（{stage}）" if lang == "zh" else f"has a project: {live[0].name_en} ({stage})",
    )


def _ledger(book: Book, regions: Mapping[str, str], lang: Lang) -> Iterator[Veto]:
    zh = lang == "zh"
    if book.own and book.own.closed:
        stage = word(book.own.stage, lang)
        why = book.own.reason or word("unknown", lang)
        yield Veto("closed", f"台账已销号（{stage}）：{why}" if zh else f"closed in the ledger ({stage}): {why}")
    for other in book.others:
        if other.stage in _TALKED:
            place = regions.get(other.county or other.region, other.region)
            stage = word(other.stage, lang)
            yield Veto(
                "in_talks",
                f"{place}已在接触：{other.link_name}，{stage}（{other.id}）"
                if zh
                else f"{place} is in touch: {other.link_name}, {stage} ({other.id})",
            )


def _thin(row: CandidateRow, rules: Mapping[str, float], lang: Lang) -> Iterator[Veto]:
    """A D alone never makes a lead; a C needs others that are independent of it.

    A share of revenue is the firm's own disclosure, whoever passes it on: such a C stands alone, from a least share on.
    """
    zh = lang == "zh"
    known = publishers(row.citations)
    best, sound, least = min(known), independent(known), int(rules["least_sources_c"])
    if best == "D":
        yield Veto(
            "thin_evidence", "只有编者判断（D），不作线索" if zh else "a curator's judgement alone (D) makes no lead"
        )
    elif best == "C" and sound < least and (row.revenue_share or 0) < rules["least_share"]:
        yield Veto(
            "thin_evidence",
            f"仅 {sound} 个独立的 C 级来源，需 {least} 个互证"
            if zh
            else f"{sound} independent source of grade C; {least} are needed",
        )


def publishers(citations: Sequence[CitedRow]) -> list[Grade]:
    """The best grade of each publisher: sources of one publisher are not independent."""
    best: dict[str, Grade] = {}
    for cited in citations:
        best[cited.publisher] = min(cited.grade, best.get(cited.publisher, cited.grade))
    return sorted(best.values())


def independent(grades: Sequence[Grade]) -> int:
    """How many independent sources say it; a curator's own judgement is none."""
    return sum(grade != "D" for grade in grades)
