"""/week: a list exported, filled in, taken back with its conflicts, and what the history tells of it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from chaingraph.service.leads.export import export_leads
from chaingraph.service.leads.exported import exported_lists
from chaingraph.service.ledger.actions import assign_lead
from chaingraph.service.ledger.board import lead_history, show_lead
from chaingraph.web.app import build
from tests.web.conftest import asking
from tests.web.ledger_made import PACK, SEPARATOR, taken

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response

    from chaingraph.config import Settings
    from tests.web.conftest import Asking, Served, Watched

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REVISIONS = ("", "-r2", "-r9", "-r10")


def exported(client: Asking, **asked: Any) -> dict[str, Any]:
    """What an export of this week answered."""
    answer = client.write("POST", "/api/week/export", json=asked)
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


def workbook_of(client: Asking, report: dict[str, Any]) -> bytes:
    """The workbook of an export, downloaded."""
    name = next(name for name in report["files"] if name.endswith(".xlsx"))
    return client.get(f"/api/week/files/{name}").content


def filled_in(workbook: bytes, edits: dict[str, dict[str, str]]) -> bytes:
    """The workbook with cells written over, by lead and by the head of the column."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    sheet = book["目标企业清单"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for head, value in edits.get(str(sheet.cell(row, heads["线索编号"]).value), {}).items():
            sheet.cell(row, heads[head]).value = value
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def handed_in(client: Asking, workbook: bytes, name: str = "回收.xlsx", **flags: str) -> Response:
    """The answer to an upload."""
    return client.write("POST", "/api/week/import", files={"file": (name, workbook, SHEET)}, data=flags)


def test_a_week_comes_back_with_its_conflicts_and_the_history_tells(client: Asking, office: Settings) -> None:
    first, second = taken(office).id, taken(office, PACK).id
    workbook = workbook_of(client, exported(client))
    assign_lead(office, first, owner="陈芳", user="陈芳")
    back = filled_in(workbook, {first: {"责任人": "赵六"}, second: {"责任人": "赵六", "进展": "谈得好"}})

    looked = handed_in(client, back, dry_run="true", partial="true").json()
    assert [(problem["lead"], problem["conflict"]) for problem in looked["problems"]] == [(first, True)]
    assert "陈芳" in looked["problems"][0]["what"]
    assert [(edit["lead"], edit["column"], edit["after"]) for edit in looked["edits"]] == [
        (second, "责任人", "赵六"),
        (second, "进展", "谈得好"),
    ]
    assert lead_history(office, second).events[-1].user == "李敏"

    assert handed_in(client, back).json()["events"] == 0
    wrote = handed_in(client, back, partial="true").json()
    assert (wrote["events"], wrote["dry_run"], len(wrote["problems"])) == (2, False, 1)
    lead = show_lead(office, second).lead
    assert lead is not None
    assert (lead.owner, lead.progress) == ("赵六", "谈得好")
    assert show_lead(office, first).lead.owner == "陈芳"  # type: ignore[union-attr]
    assert "文件：回收.xlsx" in lead_history(office).events[-1].said


def test_an_export_is_frozen_and_its_files_are_those_of_the_service(client: Asking, office: Settings) -> None:
    taken(office)
    report = exported(client, chain="ev")
    assert [name.rpartition(".")[2] for name in report["files"]] == ["xlsx", "csv", "json"]
    again = exported(client, chain="ev")
    assert (report["again"], again["again"], again["files"]) == (False, True, report["files"])
    said = export_leads(office, chain="ev")
    for path, name in zip(said.files, report["files"], strict=True):
        answer = client.get(f"/api/week/files/{name}")
        assert answer.content == _content(path)
        assert answer.headers["content-disposition"].startswith("attachment")
    revised = exported(client, chain="ev", revise=True)
    assert (revised["revision"], revised["again"]) == (2, False)
    page = client.get("/week").text
    week = report["week"]
    assert f"<bdi>目标企业清单-肇庆市-441200-{week}-ev</bdi>" in page
    assert f"<bdi>目标企业清单-肇庆市-441200-{week}-ev-r2</bdi>" in page


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def test_the_latest_week_stands_in_front_and_of_one_list_the_latest_revision(office: Settings) -> None:
    for week, name in (("2026-W09", "甲-2026-W09"), *(("2026-W10", f"乙-2026-W10{part}") for part in REVISIONS)):
        folder = office.workspace / "exports" / week
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.xlsx").touch()
    names = [each.name for each in exported_lists(office)]
    assert names == [*(f"乙-2026-W10{part}" for part in reversed(REVISIONS)), "甲-2026-W09"]


def test_only_an_exported_file_is_handed_out(client: Asking, office: Settings) -> None:
    exported(client)
    (office.workspace / "exports" / "secret.xlsx").write_text("x", encoding="utf-8")
    for name in (
        "../workspace.sqlite",
        "..%2F..%2Fworkspace.sqlite",
        "secret.xlsx",
        "x.json",
        "%00",
        "workspace.sqlite",
    ):
        answer = client.get(f"/api/week/files/{name}")
        assert answer.status_code == 404, name
        assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"no workbook", "x.xlsx", 422),
        (b"", "x.xlsx", 422),
        (b"PK\x03\x04 broken", "../../etc/passwd", 422),
        (b"x", "长" * 300 + ".xlsx", 422),
    ],
)
def test_a_wrong_file_is_refused_in_the_envelope_and_leaves_nothing(
    client: Asking, office: Settings, content: bytes, name: str, status: int
) -> None:
    before = sorted(path.name for path in office.workspace.rglob("*"))
    answer = handed_in(client, content, name)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["message"]
    assert sorted(path.name for path in office.workspace.rglob("*") if "sqlite" not in path.name) == [
        name for name in before if "sqlite" not in name
    ]


def test_a_workbook_of_another_workspace_is_refused(
    client: Asking, office: Settings, tmp_path: Path, seeds: Settings
) -> None:
    taken(office)
    other = seeds._replace(workspace=tmp_path / "other")
    with asking(build(other)) as stranger:
        workbook = workbook_of(stranger, exported(stranger))
    answer = handed_in(client, workbook)
    assert answer.status_code == 400
    assert "没有导出过" in answer.json()["error"]["message"]


def test_a_wrong_week_is_refused(client: Asking) -> None:
    for asked in ({"week": "2026-W99"}, {"week": "soon"}, {"week": "2999-W01"}, {"chain": "zzz"}, {"weak": "2026-W01"}):
        answer = client.write("POST", "/api/week/export", json=asked)
        assert answer.status_code in (400, 404), asked


def test_a_viewer_reads_the_lists_and_neither_exports_nor_imports(staffed: Settings) -> None:
    taken(staffed)
    app = build(staffed)
    with asking(app) as officer, asking(app) as viewer:
        officer.sign_in("经办")
        viewer.sign_in("查看")
        workbook = workbook_of(officer, exported(officer))
        assert handed_in(viewer, workbook).status_code == 403
        assert viewer.write("POST", "/api/week/export", json={}).status_code == 403
        page = viewer.get("/week").text
        assert "目标企业清单-肇庆市" in page
        assert 'id="import"' not in page
    assert lead_history(staffed).events[-1].user == "经办"


def test_the_page_exports_looks_first_and_writes_when_it_is_confirmed(
    served: Served, watched: Watched, tmp_path: Path
) -> None:
    office, page = served.settings, watched.page
    first, second = taken(office, SEPARATOR).id, taken(office, PACK).id
    page.goto(f"{served.url}/week")
    page.locator("#export button.primary").click()
    with page.expect_download() as downloading:
        page.locator("table.exports a").first.click()
    assign_lead(office, first, owner="陈芳", user="陈芳")
    edits = {first: {"责任人": "赵六"}, second: {"进展": "<img src=x onerror=alert(1)>"}}
    back = tmp_path / "back.xlsx"
    back.write_bytes(filled_in(downloading.value.path().read_bytes(), edits))

    page.locator("#import [name=file]").set_input_files(back)
    page.locator("#look").click()
    page.wait_for_selector("#result .tag.warn >> text=冲突")
    assert page.locator("#confirm").is_hidden()
    page.locator("#import [name=partial]").check()
    page.locator("#look").click()
    page.wait_for_selector("#result >> text=<img src=x onerror=alert(1)>")
    assert show_lead(office, second).lead.progress is None  # type: ignore[union-attr]
    page.locator("#confirm").click()
    page.wait_for_selector("#result >> text=已写入 1 处改动")
    assert show_lead(office, second).lead.progress == "<img src=x onerror=alert(1)>"  # type: ignore[union-attr]
    assert show_lead(office, first).lead.owner == "陈芳"  # type: ignore[union-attr]
