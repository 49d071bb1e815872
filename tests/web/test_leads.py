"""/api/leads and its pages: the same answers as the service, who may do what, and what somebody else did meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chaingraph.export.text import render_json
from chaingraph.model.lead_id import lead_id
from chaingraph.service.leads.explain import explain_lead
from chaingraph.service.leads.suggest import suggest_leads
from chaingraph.service.ledger.actions import accept_lead, note_lead
from chaingraph.service.ledger.board import lead_history, list_leads, show_lead
from chaingraph.web.app import build
from tests.web.conftest import asking
from tests.web.ledger_made import PACK, SEPARATOR, SOON, assessed, taken

if TYPE_CHECKING:
    from httpx import Response

    from chaingraph.config import Settings
    from tests.small_pack import SmallPack
    from tests.web.conftest import Asking

PAST = "2022-01-31"
HOSTILE = '"><script>alert(1)</script>\u202e'


def refused(answer: Response, status: int) -> str:
    """The sentence of a refusal."""
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert error["status"] == status
    message: str = error["message"]
    return message


def test_the_json_is_that_of_the_service_byte_by_byte(client: Asking, office: Settings) -> None:
    key = assessed(office).id
    taken(office, PACK)
    pairs: list[tuple[str, Any]] = [
        ("/api/leads", list_leads(office, lang="zh")),
        ("/api/leads?stage=new&top=1&lang=en", list_leads(office, stage="new", top=1, lang="en")),
        ("/api/leads?owner=王强&county=高要区&chain=ev&all=true", list_leads(office, owner="王强", lang="zh")),
        ("/api/leads?overdue=true", list_leads(office, overdue_only=True, lang="zh")),
        (f"/api/leads/{key}", explain_lead(office, key, lang="zh")),
        (f"/api/leads/{key}/history", lead_history(office, key, lang="zh")),
        (
            "/api/suggestions?link=separator&ring=bay_area&top=2",
            suggest_leads(office, link="separator", ring="bay_area", top=2, lang="zh"),
        ),
    ]
    for path, report in pairs:
        assert client.get(path).content == render_json(report), path


def test_an_officer_works_a_lead_from_its_acceptance_to_its_signature(client: Asking, office: Settings) -> None:
    done = client.write("POST", "/api/leads", json={"lead": SEPARATOR, "county": "高要区", "owner": "王强"}).json()
    key = done["lead"]["id"]

    def act(name: str, **body: Any) -> dict[str, Any]:
        answer = client.write("POST", f"/api/leads/{key}/{name}", json=body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    plan = {"next_step": "约见投资部", "due": SOON}
    act("stage", stage="assessing", **plan)
    act("note", text="已通话，愿意来看地")
    act("signal", said="公告拟建华南基地")
    act("assign", owner="陈芳")
    act("stage", stage="talking", **plan)
    act("approve", by="county")
    act("approve", by="city")
    act("stage", stage="signing", **plan)
    signed = act("stage", stage="signed", investment_cny="12亿", park="gaoyao-storage-materials")
    assert signed["lead"]["project"]["investment_cny"] == 1.2e9
    kinds = [event.kind for event in lead_history(office, key).events]
    assert kinds[-1] == "closed"
    assert {"created", "assigned", "stage_changed", "noted", "signal", "approved"} < set(kinds)
    assert act("stage", stage="lost", reason="合同已解除")["lead"]["stage"] == "lost"


def test_what_speaks_against_an_acceptance_is_told_and_a_reason_given_on_the_page_overrules_it(
    client: Asking, office: Settings
) -> None:
    taken(office, PACK)
    other = {"lead": "sunwoda/bms", "county": "441284"}
    assert "“理由”一栏" in refused(client.write("POST", "/api/leads", json=other), 400)
    done = client.write("POST", "/api/leads", json={**other, "despite": "两个团队分别谈"})
    assert "两个团队分别谈" in done.json()["events"][0]["said"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("", {"lead": SEPARATOR, "colour": "red"}, 400),
        ("", {"lead": "x" * 500}, 400),
        ("", {"lead": "nobody/separator"}, 404),
        ("/{key}/stage", {"stage": "nowhere"}, 400),
        ("/{key}/stage", {"stage": "signed"}, 400),
        ("/{key}/stage", {"stage": "dropped"}, 400),
        ("/{key}/note", {"text": "x" * 2001}, 400),
        ("/{key}/note", {}, 400),
        ("/{key}/note", {"text": "\x00"}, 400),
        ("/{key}/assign", {"county": "广州市"}, 400),
        ("/{key}/approve", {"by": "province"}, 400),
        ("/{key}/signal", {"said": "扩产", "date": "2099-01-01"}, 400),
        ("/{key}/drop", {"reason": " "}, 400),
        ("/LAAAAAAAAAA/note", {"text": "x"}, 404),
        ("/{key}/note", ["no", "object"], 400),
    ],
)
def test_a_wrong_write_is_one_sentence_in_the_envelope_and_writes_nothing(
    client: Asking, office: Settings, path: str, body: Any, status: int
) -> None:
    key = taken(office, PACK).id
    before = lead_history(office).events
    assert refused(client.write("POST", "/api/leads" + path.format(key=key), json=body), status)
    assert lead_history(office).events == before


def test_another_day_is_looked_at_and_nothing_is_done_over_it(client: Asking, office: Settings) -> None:
    key = taken(office, PACK).id
    before = lead_history(office).events
    posts = [
        path.format(lead=key)
        for path, asked in client.get("/api/openapi.json").json()["paths"].items()
        if "post" in asked and path.startswith(("/api/leads", "/api/week"))
    ]
    assert len(posts) == 9
    for path in posts:
        assert "as_of" in refused(client.write("POST", f"{path}?as_of={PAST}", json={"lead": SEPARATOR}), 400), path
    assert lead_history(office).events == before
    today = date.today().isoformat()
    for path in ("/links/separator?", "/chains/ev/links/separator/panel?", "/leads?view=suggestions&link=separator&"):
        told = [client.get(f"{path}as_of={day}").text for day in (today, PAST)]
        assert [" data-accept=" in text for text in told] == [True, False], path
    assert [' id="export"' in client.get(f"/week?as_of={day}").text for day in (today, PAST)] == [True, False]


def test_a_lead_that_somebody_changed_meanwhile_is_not_overwritten(client: Asking, office: Settings) -> None:
    seen = taken(office)
    note_lead(office, seen.id, "会上已议", user="陈芳")
    sent = {"text": "我也通了话", "version": seen.version}
    told = refused(client.write("POST", f"/api/leads/{seen.id}/note", json=sent), 409)
    assert "陈芳" in told
    assert "会上已议" in told
    assert show_lead(office, seen.id).lead.progress == "会上已议"  # type: ignore[union-attr]
    english = refused(client.write("POST", f"/api/leads/{seen.id}/note?lang=en", json=sent), 409)
    assert "陈芳, noted (会上已议)" in english
    now = show_lead(office, seen.id).lead
    assert now is not None
    assert client.write("POST", f"/api/leads/{seen.id}/note", json={**sent, "version": now.version}).status_code == 200


def test_a_viewer_reads_an_officer_works_and_only_an_administrator_files_for_the_city(staffed: Settings) -> None:
    key = taken(staffed).id
    app = build(staffed)
    assert asking(app).get("/api/leads").status_code == 401
    with asking(app) as viewer, asking(app) as officer, asking(app) as admin:
        for browser, name in ((viewer, "查看"), (officer, "经办"), (admin, "管理")):
            browser.sign_in(name)
        assert viewer.get("/api/leads").json()["total"] == 1
        page = viewer.get(f"/leads/{key}").text
        assert "<form data-act" not in page
        assert "data-move" not in page
        for path, body in (("note", {"text": "x"}), ("drop", {"reason": "x"}), ("approve", {"by": "county"})):
            assert viewer.write("POST", f"/api/leads/{key}/{path}", json=body).status_code == 403
        assert officer.post(f"/api/leads/{key}/note", json={"text": "x"}).status_code == 403
        assert officer.write("POST", f"/api/leads/{key}/approve", json={"by": "county"}).status_code == 200
        assert "管理员" in refused(officer.write("POST", f"/api/leads/{key}/approve", json={"by": "city"}), 403)
        assert admin.write("POST", f"/api/leads/{key}/approve", json={"by": "city"}).status_code == 200
    assert [event.user for event in lead_history(staffed, key).events][-2:] == ["经办", "管理"]


def test_hostile_texts_stay_text_on_every_page(client: Asking, office: Settings) -> None:
    key = accept_lead(office, SEPARATOR, owner=HOSTILE, user="李敏").lead.id
    for path, body in (
        ("note", {"text": HOSTILE, "next_step": HOSTILE, "due": SOON}),
        ("signal", {"said": HOSTILE}),
        ("stage", {"stage": "parked", "reason": HOSTILE}),
    ):
        assert client.write("POST", f"/api/leads/{key}/{path}", json=body).status_code == 200
    paths = ("/leads", "/leads?view=board", f"/leads/{key}", "/leads?owner=%3Cscript%3E", f"/leads/{key}/brief")
    for path in paths:
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    assert client.get(f"/api/leads/{key}").json()["ledger"]["owner"] == HOSTILE


@pytest.mark.parametrize("gone", ["the link is not made any more", "the firm is of another id"])
def test_a_lead_whose_basis_the_graph_holds_no_more_still_shows(pack: SmallPack, small: Settings, gone: str) -> None:
    key = lead_id("441200", "celler", "cell")
    accept_lead(small, "celler/cell", county="高要区", user="李敏")
    if gone.startswith("the link"):
        pack.edit("firms/all.yaml", "      - {link: cell,", "      - {link: pack-link,")
    else:
        pack.edit("firms/all.yaml", "  - id: celler", "  - id: other")
    with asking(build(small)) as client:
        assert client.get(f"/api/leads/{key}").content == render_json(show_lead(small, key, lang="zh"))
        page = client.get(f"/leads/{key}")
        assert page.status_code == 200
        assert "图谱里已查不到它的依据" in page.text
        assert "电芯厂" in page.text
        assert client.write("POST", f"/api/leads/{key}/note", json={"text": "还在谈"}).status_code == 200
        assert client.get(f"/leads/{key}/brief").status_code == 404


def test_a_candidate_has_a_page_that_becomes_the_leads_own_once_it_is_accepted(
    client: Asking, office: Settings
) -> None:
    page = client.get(f"/leads/{SEPARATOR}").text
    assert f'data-accept="{SEPARATOR}"' in page
    assert "尚未收入台账" in page
    key = taken(office).id
    moved = client.get(f"/leads/{SEPARATOR}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, f"/leads/{key}")
    assert client.get("/leads/nobody/separator").status_code == 404


def test_the_brief_has_a_policy_of_its_own(client: Asking, office: Settings) -> None:
    key = taken(office).id
    brief = client.get(f"/leads/{key}/brief")
    assert "一企一策" in brief.text
    assert brief.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "unsafe-inline" not in client.get(f"/leads/{key}").headers.get("content-security-policy", "")


def test_a_day_that_is_past_can_only_be_read(client: Asking, office: Settings) -> None:
    taken(office)
    for path in ("/leads?view=board", "/leads?view=suggestions", f"/leads/{SEPARATOR}"):
        page = client.get(f"{path}{'&' if '?' in path else '?'}as_of=2026-01-01").text
        assert "只能看" in page
        assert "data-accept=" not in page
        assert "stage-dialog" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", ["list", "board", "suggestions"])
def test_an_empty_ledger_says_so(client: Asking, view: str, lang: str) -> None:
    page = client.get(f"/leads?view={view}&lang={lang}")
    assert page.status_code == 200
    if view == "list":
        assert ("台账里还没有线索" if lang == "zh" else "The ledger holds no lead yet") in page.text


def test_a_filter_of_the_page_is_refused_in_a_sentence_where_it_is_none(client: Asking) -> None:
    for wrong in ("stage=zzz", "view=x", "county=东京", "chain=zzz", "as_of=yesterday", "view=suggestions&ring=zzz"):
        answer = client.get(f"/leads?{wrong}")
        assert answer.status_code in (400, 404), wrong
        assert "Traceback" not in answer.text
