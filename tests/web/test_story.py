"""A day of an officer in a real browser, through what is seen alone: from the top gap to a lead that is worked."""

from __future__ import annotations

import getpass
import re
from typing import TYPE_CHECKING, Any

import openpyxl
from playwright.sync_api import expect

from chaingraph.service.gaps import gaps
from chaingraph.service.ledger.board import lead_history, list_leads
from chaingraph.web.app import build
from tests.web.conftest import PASSWORD, WIDE, serving, window
from tests.web.ledger_made import SOON

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from chaingraph.config import Settings
    from tests.web.conftest import Served, Watched

CHAIN = "新能源汽车及零部件"
OWNER = "王强"
SECTIONS = ("需要什么", "本地有谁", "周边有谁", "为什么是这个优先级", "候选企业", "来源")
TALKED = "已通话，对方愿意来看地"
AGREED = "约定下周考察两个园区"
ACTS = re.compile("^(入台账|导出|先看会改什么|分派|记下|移动 .*|改阶段…|剔除…)$")
"""The buttons that write, as they are named on the pages."""


def follow(link: Locator) -> None:
    """A click that leads to another page, until its scripts run: a person is slower than they, a test is not."""
    with link.page.expect_navigation():
        link.click()


def opened_from_its_card(page: Page, url: str) -> None:
    """The map of the chain, by way of the overview."""
    page.goto(url)
    follow(page.locator("article.card").get_by_role("link", name=CHAIN))
    expect(page.locator("#tabs").get_by_role("link", name="图谱")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("button", name="整车制造")).to_be_visible()


def top_gap(page: Page) -> Locator:
    """The first row of the list beside the map."""
    return page.locator("#panel table.gaps tbody tr").first


def first_candidate(panel: Locator) -> Locator:
    """The best of the candidates in the panel of a link."""
    return panel.locator("ol.leads > li").first


def moved_on_the_board(page: Page, firm: str) -> None:
    """A stage on, by the keyboard: the card's button, the plan that the stage asks for, Enter."""
    follow(page.get_by_role("link", name="线索", exact=True))
    follow(page.get_by_role("link", name="看板"))
    page.get_by_role("button", name=f"移动 {firm}").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("改到阶段")).to_have_value("assessing")
    dialog.get_by_label("下一步").fill("约见投资部")
    dialog.get_by_label("日期", exact=True).fill(SOON)
    dialog.get_by_label("日期", exact=True).press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="研判").get_by_role("link", name=firm)).to_be_visible()


def noted(page: Page, firm: str) -> None:
    """The progress and the next step, written on the page of the lead, which the board leads to."""
    follow(page.get_by_role("link", name=firm))
    note = page.locator("form", has_text="进展")
    note.get_by_label("进展").fill(TALKED)
    note.get_by_label("下一步").fill("发送园区资料")
    note.get_by_role("button", name="记下").click()
    expect(page.locator(".history li").first).to_contain_text(TALKED)


def exported(page: Page, at: Path) -> None:
    """This week's workbook, exported on its page and downloaded."""
    follow(page.get_by_role("link", name="周清单", exact=True))
    page.get_by_role("combobox", name="产业链").select_option(label=CHAIN)
    page.get_by_role("button", name="导出").click()
    expect(page.get_by_role("status").filter(has_text="已导出")).to_be_visible()
    with page.expect_download() as loading:
        page.get_by_role("row").filter(has_text="-ev").get_by_role("link", name="Excel").click()
    loading.value.save_as(at)


def filled_in(at: Path, key: str, **cells: str) -> None:
    """As an officer fills the workbook in: the cells of a lead's row, by the heads of their columns."""
    book = openpyxl.load_workbook(at)
    sheet = book["目标企业清单"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["线索编号"]).value == key)
    for head, value in cells.items():
        sheet.cell(row, heads[head]).value = value
    book.save(at)


def taken_back(page: Page, at: Path) -> None:
    """The workbook handed in: looked at, then confirmed."""
    page.get_by_label("工作簿（.xlsx）").set_input_files(at)
    page.get_by_role("button", name="先看会改什么").click()
    result = page.locator("#result")
    expect(result).to_contain_text("会写入 2 处改动")
    for told in (AGREED, "研判", "在谈"):
        expect(result).to_contain_text(told)
    page.get_by_role("button", name="确认写入台账").click()
    expect(result).to_contain_text("已写入 2 处改动")


def found_by_initials(page: Page) -> None:
    """小鹏's page, by the keys / x p Enter."""
    page.keyboard.press("/")
    page.keyboard.type("xp")
    expect(page.get_by_role("option").first).to_contain_text("小鹏汽车")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("小鹏汽车")


def followed_to(page: Page, supplier: str) -> None:
    """The path from the firm of this page to its supplier, with what it rests on; then the supplier's page."""
    follow(page.get_by_role("link", name="与谁有关系"))
    end = page.get_by_role("combobox", name="到")
    end.fill(supplier)
    expect(page.get_by_role("option").first).to_contain_text(supplier)
    with page.expect_navigation():
        end.press("Enter")
    path = page.locator("section.path").first
    expect(path.locator(".line")).to_contain_text("小鹏汽车")
    expect(path.locator(".line")).to_contain_text("供应商")
    expect(path.locator(".cite a").first).to_be_visible()
    follow(path.locator(".line").get_by_role("link", name=supplier))
    expect(page.get_by_role("heading", level=1)).to_have_text(supplier)


def chosen_in_graph(page: Page, name: str, end: str) -> None:
    """An end of a path in the graph, found by its name."""
    finder = page.get_by_role("combobox", name="在关系图中查找节点")
    finder.fill(name)
    finder.press("Enter")
    card = page.get_by_role("region", name="选中的节点")
    expect(card.get_by_role("heading")).to_have_text(name)
    card.get_by_role("button", name=end).click()


def shared(page: Page) -> str:
    """What the share button puts on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="分享").click()
    expect(page.get_by_text("链接已复制")).to_be_visible()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    return copied


def seen(page: Page, supplier: str) -> dict[str, Any]:
    """What a colleague must see alike: the link beside the graph, the filter, the nodes, the path and its words."""
    path = page.get_by_role("region", name="两点之间的路径")
    expect(path).to_contain_text("供应商")
    expect(path).to_contain_text(supplier)
    expect(page.locator("#panel .link-panel h2")).to_be_visible()
    frame = page.locator(".graph-frame")
    return {
        "address": page.url,
        "tab": page.locator("#tabs [aria-current]").inner_text(),
        "link": page.locator("#panel .link-panel h2").inner_text(),
        "pressed": page.locator('.graph-legend [aria-pressed="true"]').all_inner_texts(),
        "shown": [frame.get_attribute(f"data-{what}") for what in ("nodes", "edges", "hidden", "path", "chosen")],
        "path": path.inner_text(),
    }


def test_the_day_of_an_officer(served: Served, watched: Watched, chromium: Browser, tmp_path: Path) -> None:
    page = watched.page
    opened_from_its_card(page, served.url)
    gap = gaps(served.settings, "ev").gaps[0]
    expect(top_gap(page)).to_contain_text(gap.name)
    top_gap(page).get_by_role("link", name=gap.name).click()
    panel = page.locator("#panel .link-panel")
    for section in SECTIONS:
        expect(panel.get_by_role("heading", name=section)).to_be_visible()
    expect(panel.locator(".sentence")).to_have_text(gap.reason)
    expect(page.get_by_role("button", name=gap.name)).to_have_attribute("aria-pressed", "true")

    candidate = first_candidate(panel)
    firm = candidate.get_by_role("link").first.inner_text()
    candidate.get_by_role("button", name="入台账").click()
    expect(candidate).to_contain_text("台账：线索")
    follow(candidate.get_by_role("link", name="说明"))
    expect(page.get_by_role("heading", level=1)).to_have_text(firm)
    desk = page.get_by_role("region", name="办理")
    desk.get_by_label("责任人").fill(OWNER)
    desk.get_by_role("button", name="分派").click()
    expect(page.locator(".lead-head")).to_contain_text(OWNER)
    moved_on_the_board(page, firm)
    noted(page, firm)
    key = list_leads(served.settings).leads[0].id

    book = tmp_path / "清单.xlsx"
    exported(page, book)
    filled_in(book, key, 阶段="在谈", 进展=AGREED)
    taken_back(page, book)
    follow(page.get_by_role("link", name="线索", exact=True))
    follow(page.get_by_role("link", name=firm))
    history = page.locator(".history li strong").all_inner_texts()[::-1]
    told = lead_history(served.settings, key).events
    assert history == [event.kind_name for event in told]
    assert {event.user for event in told} == {getpass.getuser()}
    assert told[0].said.startswith(f"{firm} {gap.name}，")
    assert [event.said for event in told[1:]] == [
        f"责任人：{OWNER}",
        f"下一步：约见投资部；日期：{SOON}",
        "线索 → 研判",
        f"{TALKED}；下一步：发送园区资料",
        AGREED,
        "研判 → 在谈",
    ]

    found_by_initials(page)
    followed_to(page, firm)
    opened_from_its_card(page, served.url)
    page.get_by_role("link", name="关系图").click()
    expect(page.get_by_text(re.compile(r"^\d+ 个节点$"))).to_be_visible()
    chosen_in_graph(page, "小鹏汽车", "起点")
    chosen_in_graph(page, firm, "终点")
    chosen_in_graph(page, gap.name, "关闭")
    page.locator(".graph-legend").get_by_role("button", name="薄弱").click()
    here = seen(page, firm)
    assert here["link"] == gap.name
    assert here["pressed"] == ["薄弱"]
    link = shared(page)
    assert link == page.url
    with window(chromium, WIDE) as colleague:
        colleague.page.goto(link)
        assert seen(colleague.page, firm) == here
        assert colleague.complaints == []


def signed_in(page: Page, url: str, name: str) -> None:
    """Past the login, which stands before every page."""
    page.goto(url)
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_label("密码").press("Enter")
    expect(page.get_by_role("banner").get_by_text(name)).to_be_visible()


def acts(page: Page) -> int:
    """So many forms and buttons on this page write in the ledger."""
    expect(page.get_by_role("main")).to_be_visible()
    return page.get_by_role("main").get_by_role("button", name=ACTS).count()


def test_a_viewer_finds_nothing_to_press_and_what_an_officer_did_bears_the_officer(
    staffed: Settings, chromium: Browser
) -> None:
    link = f"/chains/ev?link={gaps(staffed, 'ev').gaps[0].link}"
    with serving(build(staffed)) as url, window(chromium) as viewer, window(chromium) as officer:
        signed_in(viewer.page, url + link, "查看")
        signed_in(officer.page, url + link, "经办")
        candidate = first_candidate(officer.page.locator("#panel .link-panel"))
        expect(first_candidate(viewer.page.locator("#panel .link-panel"))).to_be_visible()
        candidate.get_by_role("button", name="入台账").click()
        expect(candidate).to_contain_text("台账：线索")
        lead = lead_history(staffed).events[0].lead
        for path in (link, "/leads?view=board", "/leads?view=suggestions", f"/leads/{lead}", "/week"):
            for colleague, may in ((viewer, False), (officer, True)):
                colleague.page.goto(url + path)
                assert (acts(colleague.page) > 0) is may, path
        officer.page.get_by_role("button", name="退出").click()
        expect(officer.page.get_by_role("heading", name="登录")).to_be_visible()
        officer.page.goto(url + "/leads")
        expect(officer.page.get_by_label("用户名")).to_be_visible()
        assert viewer.complaints == officer.complaints == []
    assert [(event.kind, event.user) for event in lead_history(staffed).events] == [("created", "经办")]
