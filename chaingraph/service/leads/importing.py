"""Takes a weekly workbook back in: an officer's edits become events of the ledger, all of them or none."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chaingraph import config
from chaingraph.analysis.week import stage_key
from chaingraph.errors import Text, UsageError
from chaingraph.ledger.acceptance import BY_CELL
from chaingraph.ledger.events import Draft
from chaingraph.ledger.rules import Edit, edits
from chaingraph.ledger.state import replay
from chaingraph.model.week_columns import EDITABLE, SUGGESTED, returned, shown
from chaingraph.model.week_report import ImportEdit, ImportProblem, ImportReport
from chaingraph.model.words import LEAD_STAGES, word
from chaingraph.service.arguments import day
from chaingraph.service.leads.earlier_imports import Imports
from chaingraph.service.leads.handed_in import content_of, frozen_of
from chaingraph.service.ledger.acceptance import candidate_of, take
from chaingraph.service.ledger.desk import Desk
from chaingraph.service.told import names_in
from chaingraph.sources.week_workbook import read_week_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from chaingraph.config import Settings
    from chaingraph.errors import Lang
    from chaingraph.ledger.acceptance import Candidate
    from chaingraph.ledger.log import Writing
    from chaingraph.ledger.state import LeadState
    from chaingraph.model.week_report import WeekLead, WeekReport
    from chaingraph.sources.week_workbook import Problem, Row, Said, WeekBook

_HEADS = {column.field: column.head for column in EDITABLE}


def import_leads(
    settings: Settings,
    file: str | Path,
    *,
    user: str | None = None,
    partial: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> ImportReport:
    """Takes the edits of a weekly workbook into the ledger, under the name of the officer.

    An edit is a cell that differs from what was exported. A row that changed in the ledger since then is a conflict and
    is not overwritten, unless the ledger says already what the file says, or it was this officer's import of the same
    export that changed it. What that import changed is compared with the ledger, so that it can be put back.

    Parameters
    ----------
    user
        Whose edits they are.
    partial
        Write the rows that can be written; by default one problem leaves everything as it was.
    dry_run
        Write nothing, only tell.

    Raises
    ------
    DataError
        If the file cannot be read as a weekly workbook.
    UsageError
        If there is no such file, or it was not exported from what the workspace holds.
    """
    path = Path(file)
    return import_workbook(
        *(settings, content_of(path), shown(path.name)),
        user=user,
        partial=partial,
        dry_run=dry_run,
        now=now,
        lang=lang,
        progress=progress,
    )


def import_workbook(
    settings: Settings,
    content: bytes,
    file_name: str,
    *,
    user: str | None = None,
    partial: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
    lang: Lang | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> ImportReport:
    """The same for the bytes of a workbook; the ledger keeps ``file_name``. Raises DataError, UsageError."""
    name = config.user(user)
    book = read_week_workbook(content, file_name)
    desk = Desk.opened(settings, lang, progress)
    desk_import = _Import(desk, book, frozen_of(desk.ledger, book), name, now)
    digest = hashlib.sha256(content).hexdigest()
    again = desk_import.imports.is_latest(digest)
    events = 0 if again else desk_import.run(file_name, digest, partial, dry_run)
    return desk_import.told(file_name, events, again, dry_run)


class _Change(NamedTuple):
    """A row with edits: what was exported, and by field what an edit would write, with its cell."""

    row: Row
    lead: WeekLead
    edited: Mapping[str, Said]

    def cell(self) -> str:
        """Where a refusal of the row is told: at the stage, if that was edited."""
        return self.edited.get("stage", next(iter(self.edited.values()))).cell


class _Undone(Exception):
    """Leaves a transaction so that nothing of it is kept."""


class _Import:
    """One workbook on its way into the ledger."""

    def __init__(self, desk: Desk, book: WeekBook, exported: WeekReport, user: str, now: datetime | None) -> None:
        self._desk, self._book, self._exported = desk, book, exported
        self._user, self._now = user, now
        self._places = names_in(desk.store, "region", exported.lang)
        self._problems = [self._of_reading(problem) for problem in book.problems]
        events = desk.ledger.events()
        self._states = replay(events)
        self.imports = Imports(events, (book.scope, book.week, book.revision), user)
        self._changes = list(self._changed_rows())
        self._candidates: dict[str, Candidate] = {}
        self._edits: list[ImportEdit] = []
        self._known = len({lead.id for lead in exported.leads} & {row.id for row in book.rows})

    def told(self, file: str, events: int, again: bool, dry_run: bool) -> ImportReport:
        """What came of it."""
        zh = self._desk.lang == "zh"
        return ImportReport(
            lang=self._desk.lang,
            file=file,
            week=self._book.week,
            revision=self._book.revision,
            user=self._user,
            rows=len(self._book.rows),
            rows_changed=len(self._changes),
            rows_same=len(self._book.rows) - len(self._changes),
            rows_absent=len(self._exported.leads) - self._known,
            events=events,
            again=again,
            dry_run=dry_run,
            notices=tuple(
                f"{head}：不是导出的列，未导入" if zh else f"{head}: no column of the export, passed over"
                for head in self._book.passed_over
            ),
            edits=tuple(self._edits) if events else (),
            problems=() if again else tuple(self._problems),
        )

    def run(self, file: str, digest: str, partial: bool, dry_run: bool) -> int:
        """Writes what can be written and tells how many events that made.

        A row that is refused is left out of the next attempt, so that no half of it is kept.
        """
        refused: set[str] = set()
        # What is wrong with the file is told together with what the ledger would refuse.
        dry_run = dry_run or bool(self._problems and not partial)
        while True:
            events, problems = self._attempt(file, digest, refused, dry_run)
            self._problems += problems
            if not problems:
                return events if partial or not self._problems else 0
            if not partial:
                return 0
            refused |= {problem.lead or "" for problem in problems}

    def _attempt(self, file: str, digest: str, refused: set[str], dry_run: bool) -> tuple[int, list[ImportProblem]]:
        """Writes all that is not refused in one transaction, or nothing where a problem turns up."""
        problems: list[ImportProblem] = []
        self._edits = []
        changes = [change for change in self._changes if change.row.id not in refused]
        candidates = {change.row.id: self._candidate(change, problems) for change in changes if self._accepts(change)}
        first = last = 0
        try:
            with self._desk.ledger.writing(self._user, self._now) as writing:
                first = writing.last
                for change in changes:
                    try:
                        problems += self._write(change, candidates.get(change.row.id), writing)
                    except UsageError as error:
                        problems.append(self._problem(change.cell(), change.row.id, error.text))
                last = writing.last
                if problems or dry_run:
                    raise _Undone
                if last > first:
                    data = {
                        "file": file,
                        "sha256": digest,
                        "scope": self._book.scope,
                        "week": self._book.week,
                        "revision": self._book.revision,
                        "rows": len(changes),
                        "events": last - first,
                        "first": first + 1,
                        "last": last,
                        "refused": len(self._problems),
                    }
                    writing.append(Draft("imported", None, data))
        except _Undone:
            pass
        return last - first, problems

    def _write(self, change: _Change, candidate: Candidate | None, writing: Writing) -> list[ImportProblem]:
        """Writes the events of one row; conflicts come back as problems. Raises UsageError where a rule refuses."""
        before = state = writing.states.get(change.row.id)
        wanted = self._wanted(change, state)
        on, last = writing.now.date(), writing.last
        if state is None and candidate is not None:
            self._take(candidate, wanted, writing)
            state = writing.states[change.row.id]
            if wanted.get("stage") == state.stage:
                del wanted["stage"]
        elif state is None:
            raise UsageError(
                Text(
                    f"这一行还是“{change.lead.stage}”：先把阶段改为“{word('new', 'zh')}”（入台账），其余各列才能导入",
                    f"this row is still {change.lead.stage}: set its stage to {word('new', 'en')} to accept it first",
                )
            )
        else:
            # 待核实 in a cell is nothing said, and no edit where the ledger has it in so many words.
            wanted = {
                field: value for field, value in wanted.items() if returned(value) != returned(getattr(state, field))
            }
            if wanted and self._in_conflict(change.lead, state, writing):
                return [self._conflict(change, field, state) for field in wanted]
        for draft in edits(state, Edit(**wanted), on) if wanted else ():  # type: ignore[arg-type]
            writing.append(draft)
        if writing.last > last:
            self._edits += self._edits_of(change, before, writing.states[change.row.id])
        return []

    def _edits_of(self, change: _Change, before: LeadState | None, after: LeadState) -> Iterator[ImportEdit]:
        """The edited cells of a row that made the ledger another."""
        for field, said in change.edited.items():
            was = self._cell_of(before, field) if before else returned(getattr(change.lead, field))
            now = self._cell_of(after, field)
            if was != now:
                head = _HEADS[field].in_(self._desk.lang)
                yield ImportEdit(said.cell, change.lead.id, change.lead.firm_name, head, was, now)

    def _in_conflict(self, lead: WeekLead, state: LeadState, writing: Writing) -> bool:
        """Whether somebody changed the row in the ledger since the export, other than this officer by this export."""
        if state.version <= lead.version or all(
            self._cell_of(state, column.field) == returned(getattr(lead, column.field)) for column in EDITABLE
        ):
            return False
        ours = {event.number for event in self.imports.wrote(lead.id)}
        return any(event.number > lead.version and event.number not in ours for event in writing.events(lead.id))

    def _changed_rows(self) -> Iterator[_Change]:
        """The rows that differ from what was exported; rows that cannot be one of it are problems."""
        exported = {lead.id: lead for lead in self._exported.leads}
        unread = {problem.lead for problem in self._problems}
        for row in self._book.rows:
            if row.id in unread:
                continue
            lead = exported.get(row.id)
            if lead is None:
                close = get_close_matches(row.id, list(exported), 1, 0.8)
                hint = Text(f"，是否 {close[0]}？", f"; is it {close[0]}?") if close else Text("", "")
                what = Text(f"{row.id} 不在这次导出里{hint.zh}", f"{row.id} is not of this export{hint.en}")
                mend = Text("改回原编号，或删去这一行", "put the id back, or delete the row")
                self._problems.append(self._problem(row.cell, row.id, what, mend))
                continue
            strange = [said for field, said in row.known_by.items() if said.value != returned(getattr(lead, field))]
            if strange:
                value = strange[0].value
                what = Text(
                    f"这一行的编号属于“{lead.firm_name}”，单元格却是{_quoted(value, 'zh')}：排序或粘贴时错了行",
                    f"the id of this row is that of {lead.firm_name}, but the cell says {_quoted(value, 'en')}: "
                    "a sort or a paste has mixed rows",
                )
                mend = Text("把整行放回一起", "bring the rows back together")
                self._problems.append(self._problem(strange[0].cell, row.id, what, mend))
                continue
            edited = {field: said for field, said in row.edited.items() if self._is_edit(lead, field, said.value)}
            if edited and self._stage_stands(row.id, edited.get("stage")):
                yield _Change(row, lead, edited)

    def _is_edit(self, lead: WeekLead, field: str, value: str | None) -> bool:
        """Whether a cell differs from the export, or from the ledger where this officer changed it by this export."""
        if value != returned(getattr(lead, field)):
            return True
        return field in self.imports.changed(lead.id) and value != self._cell_of(self._states[lead.id], field)

    def _stage_stands(self, lead: str, said: Said | None) -> bool:
        """Whether an edited stage is one; a problem where it is not."""
        if said is None or stage_key(said.value or "") in LEAD_STAGES:
            return True
        lang = self._exported.lang
        stages = [word(stage, lang) for stage in LEAD_STAGES]
        close = get_close_matches(said.value or "", stages, 1, 0.3)
        told = said.value or ""
        if stage_key(told) == SUGGESTED and lead in self._states:
            now = self._states[lead].stage
            what = Text(
                f"已入台账（{word(now, 'zh')}），不能改回“{told}”",
                f"it is in the ledger ({word(now, 'en')}) and cannot go back to {told}",
            )
            mend = Text(
                "在上次交回的文件里接着填；不再跟进的改为“剔除”并写明原因",
                "fill in the file that was handed in last; a lead that is given up is dropped, with a reason",
            )
            self._problems.append(self._problem(said.cell, lead, what, mend))
            return False
        what = Text(f"阶段不能是“{told}”", f"a stage cannot be {told!r}")
        mend = Text(
            f"是否“{close[0]}”？" if close else f"可选：{'、'.join(stages)}",
            f"did you mean {close[0]}?" if close else f"one of: {', '.join(stages)}",
        )
        self._problems.append(self._problem(said.cell, lead, what, mend))
        return False

    def _wanted(self, change: _Change, state: LeadState | None) -> dict[str, str]:
        """The edits of a row as the ledger speaks of them; an emptied cell is an empty text. Raises UsageError."""
        wanted: dict[str, str] = {}
        for field, said in change.edited.items():
            value = said.value or ""
            if field == "stage":
                value = stage_key(value) or ""
            elif field == "county":
                # A lead of the city stands in the list of its county too.
                value = self._desk.county(value, state.region if state else self._exported.region) or ""
            wanted[field] = value
        return wanted

    def _accepts(self, change: _Change) -> bool:
        """Whether the row takes a suggestion into the ledger."""
        suggested = stage_key(change.lead.stage) == SUGGESTED
        return suggested and "stage" in change.edited and change.row.id not in self._states

    def _take(self, candidate: Candidate, wanted: dict[str, str], writing: Writing) -> None:
        """Accepts a suggestion with the county and the owner of its row. Raises UsageError."""
        of = {field: wanted.pop(field, None) for field in ("county", "owner")}
        # An emptied cell gives no reason.
        take(self._desk, writing, candidate, **of, despite=wanted.get("reason") or None, reason_goes=BY_CELL)

    def _candidate(self, change: _Change, problems: list[ImportProblem]) -> Candidate | None:
        """What the ledger would keep of a suggestion that is accepted; a problem where the graph holds it no more."""
        key = change.row.id
        if key not in self._candidates:
            try:
                self._candidates[key] = candidate_of(
                    *(self._desk, key, day(self._now), self._exported.region, change.lead.chain),
                )
            except UsageError as error:
                problems.append(self._problem(change.cell(), key, error.text))
        return self._candidates.get(key)

    def _cell_of(self, state: LeadState, field: str) -> str | None:
        """What the export would write of a state now."""
        value: str | None = getattr(state, field)
        if field == "stage":
            return word(state.stage, self._exported.lang)
        return returned(self._places.get(value, value) if field == "county" and value else value)

    def _conflict(self, change: _Change, field: str, state: LeadState) -> ImportProblem:
        said = change.edited[field]
        now = self._cell_of(state, field)
        head = _HEADS[field]
        on = state.changed[:10]
        what = Text(
            f"导出之后台账里这一行有改动（最近 {on}，{state.changed_by}）；"
            f"“{head.zh}”：文件为{_quoted(said.value, 'zh')}，台账为{_quoted(now, 'zh')}",
            f"the ledger changed this row since the export (last {on}, {state.changed_by}); "
            f"{head.en}: the file says {_quoted(said.value, 'en')}, the ledger {_quoted(now, 'en')}",
        )
        mend = Text(
            "商定后在台账里改这条线索，或重新导出再填",
            "agree on it and change the lead in the ledger, or export anew and fill that in",
        )
        return self._problem(said.cell, change.row.id, what, mend, conflict=True)

    def _of_reading(self, problem: Problem) -> ImportProblem:
        return self._problem(problem.cell, problem.lead, problem.what, problem.mend)

    def _problem(
        self, cell: str, lead: str | None, what: Text, mend: Text | None = None, conflict: bool = False
    ) -> ImportProblem:
        lang = self._desk.lang
        return ImportProblem(cell, lead, conflict, what.in_(lang), mend.in_(lang) if mend else "")


def _quoted(value: str | None, lang: Lang) -> str:
    """A value of a cell in quotes; that it is empty where it is."""
    if value is None:
        return "空的" if lang == "zh" else "nothing"
    return f"“{value}”" if lang == "zh" else repr(value)
