"""Signing in, users and audit in the browser and over /api."""

from __future__ import annotations

import html
import json
import os
import re
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher

from chaingraph.config import Password, settings
from chaingraph.errors import NotSignedIn, UsageError
from chaingraph.service import passwords, signing_in
from chaingraph.service.accounts import add_user, find_user, list_users, remove_user, set_password, set_role
from chaingraph.service.signing_in import audit, change_password, sign_in
from chaingraph.web.app import build
from chaingraph.workspace import database
from chaingraph.workspace.session_key import session_key
from tests.web.conftest import PASSWORD, SMALL, WIDE, Asking, asking, serving, window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from playwright.sync_api import Browser

    from chaingraph.config import Settings

WRONG = "wrong horse 电池"


@pytest.fixture
def app(staffed: Settings) -> FastAPI:
    """The application of an office with users."""
    return build(staffed)


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[Asking]:
    """A browser in which nobody is signed in."""
    with asking(app) as browser:
        yield browser


@pytest.fixture
def admin(stranger: Asking) -> Asking:
    """A browser in which an admin is signed in."""
    stranger.sign_in("管理")
    return stranger


# --- signing in --------------------------------------------------------------------------------------------------


def test_who_signs_in_goes_on_to_the_page_asked_for_under_the_own_name(stranger: Asking) -> None:
    asked = stranger.get("/projects?region=441200", follow_redirects=False).headers["location"]
    assert asked == "/login?next=%2Fprojects%3Fregion%3D441200"
    form = stranger.get(asked)
    onward = re.search(r'name="next" value="([^"]+)"', form.text)
    assert onward is not None
    answer = stranger.sign_in("经办", onward=onward[1])
    assert (answer.status_code, answer.headers["location"]) == (303, "/projects?region=441200")
    assert "<bdi>经办</bdi>" in stranger.get("/").text


@pytest.mark.parametrize("path", ["/firms/a%3Fb%23c", "/firms/a%20b", "/firms/%E7%AB%AF?region=441200&q=%26"])
def test_who_signs_in_goes_on_to_the_very_address_whatever_stands_in_it(stranger: Asking, path: str) -> None:
    form = stranger.get(path)
    onward = re.search(r'name="next" value="([^"]+)"', form.text)
    assert onward is not None
    assert stranger.sign_in("经办", onward=html.unescape(onward[1])).headers["location"] == path


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\\b",
        "/login?next=/login",
        "/logout",
    ],
)
def test_signing_in_never_leads_to_another_site(stranger: Asking, onward: str) -> None:
    assert stranger.sign_in("经办", onward=onward).headers["location"] == "/"
    form = stranger.get("/login", params={"next": onward})
    assert 'name="next" value="/"' in form.text


@pytest.mark.parametrize(("name", "password"), [("经办", WRONG), ("nobody", PASSWORD), ("", ""), ("经办", "x" * 800)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(stranger: Asking, name: str, password: str) -> None:
    answer = stranger.sign_in(name, password)
    assert answer.status_code == 401
    assert "用户名或密码不对" in answer.text
    assert stranger.get("/api/overview").status_code == 401


@pytest.mark.parametrize("name", ["ZHANG San", " zhang san ", "ｚｈａｎｇ ｓａｎ"])
def test_a_name_is_the_same_however_it_is_typed(staffed: Settings, name: str) -> None:
    add_user(staffed, "Zhang  San", Password(PASSWORD))
    assert sign_in(staffed, name, Password(PASSWORD), "a").name == "Zhang San"
    with pytest.raises(UsageError, match="already"):
        add_user(staffed, name, Password(PASSWORD))


def test_a_password_is_looked_at_for_nobody_as_it_is_for_somebody(
    staffed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []
    real = passwords._HASHER

    class Noting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002
            looked_at.append(hash)
            return real.verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Noting())
    for name in ("经办", "nobody"):
        with pytest.raises(NotSignedIn):
            sign_in(staffed, name, Password(WRONG), "a")
    parameters = [str(one).rsplit("$", 2)[0] for one in looked_at]
    assert len(parameters) == 2
    assert parameters[0] == parameters[1]


def test_a_hash_of_weaker_parameters_is_made_anew_and_the_session_goes_on(
    staffed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64))
        set_password(staffed, "经办", Password(PASSWORD))
    weak = find_user(staffed, "经办")
    signed_in = sign_in(staffed, "经办", Password(PASSWORD), "a")
    strong = find_user(staffed, "经办")
    assert weak is not None
    assert strong is not None
    assert "m=64," in weak.password
    assert "m=65536," in strong.password
    assert strong.version == weak.version == signed_in.version
    assert sign_in(staffed, "经办", Password(PASSWORD), "a")


def test_the_key_of_sessions_is_the_owner_s_alone_and_one_that_others_could_read_is_made_anew(tmp_path: Path) -> None:
    key = session_key(tmp_path)
    file = tmp_path / "session.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert session_key(tmp_path) == key
    file.chmod(0o644)
    other = session_key(tmp_path)
    assert other != key
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_bytes(b"short")
    assert len(session_key(tmp_path)) == 32


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps who may read a file elsewhere")
@pytest.mark.parametrize(("shared", "closed"), [(0o644, 0o600), (0o640, 0o600), (0o664, 0o660), (0o600, 0o600)])
def test_the_first_user_closes_the_workspace_to_who_may_only_read_it(tmp_path: Path, shared: int, closed: int) -> None:
    workspace = settings(tmp_path)
    file = tmp_path / "workspace.sqlite"
    with database.opened(file) as reader:
        beside = [file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm")]
        reader.execute("SELECT count(*) FROM events").fetchone()
        for each in (file, *beside):
            each.chmod(shared)
        add_user(workspace, "管理", Password(PASSWORD))
        assert {each.stat().st_mode & 0o777 for each in (file, *beside)} == {closed}
    # Who opens it again on purpose is not overruled.
    file.chmod(0o644)
    add_user(workspace, "经办", Password(PASSWORD))
    assert file.stat().st_mode & 0o777 == 0o644


# --- one's own password, users, audit ------------------------------------------------------------------------------


def _change(browser: Asking, old: str, new: str, again: str | None = None) -> tuple[int, str]:
    fields = {"csrf": browser.token(), "old": old, "new": new, "again": again or new}
    answer = browser.post("/password", data=fields)
    return answer.status_code, answer.text


def test_a_changed_password_keeps_this_browser_signed_in_and_no_other(app: FastAPI, stranger: Asking) -> None:
    new = "another sentence 2"
    with asking(app) as elsewhere:
        elsewhere.sign_in("查看")
        stranger.sign_in("查看")
        assert _change(stranger, PASSWORD, new)[0] == 200
        assert stranger.get("/api/overview").status_code == 200
        assert elsewhere.get("/api/overview").status_code == 401
        assert elsewhere.sign_in("查看", PASSWORD).status_code == 401
        assert elsewhere.sign_in("查看", new).status_code == 303


@pytest.mark.parametrize("what", ["removed", "demoted"])
def test_who_is_removed_or_demoted_while_the_password_is_hashed_stays_so(
    staffed: Settings, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    set_role(staffed, "经办", "admin")
    real = signing_in.hashed

    def meanwhile(password: Password) -> str:
        if what == "removed":
            remove_user(staffed, "经办")
        else:
            set_role(staffed, "经办", "viewer")
        return real(password)

    monkeypatch.setattr(signing_in, "hashed", meanwhile)
    with pytest.raises(NotSignedIn):
        change_password(staffed, "经办", Password(PASSWORD), Password("another sentence 2"), "a")
    found = find_user(staffed, "经办")
    assert (found and found.role) == (None if what == "removed" else "viewer")
    assert what == "removed" or sign_in(staffed, "经办", Password(PASSWORD), "a")


def test_a_password_is_not_changed_for_a_weak_one_or_by_who_does_not_know_it(stranger: Asking) -> None:
    stranger.sign_in("查看")
    for old, new, again, told in (
        (WRONG, "another sentence 2", None, "旧密码不对"),
        (PASSWORD, "short", None, "10 到 200"),
        (PASSWORD, "aaaaaaaaaaaa", None, "不同的字符"),
        (PASSWORD, "我是查看查看查看你好", None, "用户名"),
        (PASSWORD, PASSWORD, None, "相同"),
        (PASSWORD, "another sentence 2", "another sentence 3", "两次"),
    ):
        status, text = _change(stranger, old, new, again)
        assert status in (400, 403)
        assert told in text
    assert stranger.sign_in("查看").status_code == 303


def test_an_admin_adds_changes_and_removes_users_and_all_of_it_is_in_the_audit(admin: Asking, app: FastAPI) -> None:
    body = {"name": "新来", "password": PASSWORD}
    assert admin.write("POST", "/api/users", json=body).json()["changed"] == "新来"
    with asking(app) as new:
        new.sign_in("新来")
        assert admin.write("PATCH", "/api/users/新来", json={"role": "viewer"}).status_code == 200
        assert new.get("/api/overview").status_code == 401
        assert admin.write("PATCH", "/api/users/新来", json={"password": "a new one for you"}).status_code == 200
        assert new.sign_in("新来", "a new one for you").status_code == 303
        assert admin.write("DELETE", "/api/users/新来").status_code == 200
        assert new.get("/api/overview").status_code == 401
    events = admin.get("/api/audit").json()["events"]
    told = [(event["user"], event["address"], event["action"], event["target"]) for event in events]
    assert told[:7] == [
        ("管理", "127.0.0.1", "users remove", "新来"),
        ("新来", "127.0.0.1", "login", ""),
        ("管理", "127.0.0.1", "users password", "新来"),
        ("管理", "127.0.0.1", "users role viewer", "新来"),
        ("新来", "127.0.0.1", "login", ""),
        ("管理", "127.0.0.1", "users add", "新来"),
        ("管理", "127.0.0.1", "login", ""),
    ]
    assert {event["outcome"] for event in events[:7]} == {200}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/api/users", {"name": "管理", "password": PASSWORD}, 400),
        ("POST", "/api/users", {"name": "x\u202ey", "password": PASSWORD}, 400),
        ("POST", "/api/users", {"name": "<script>", "password": PASSWORD}, 400),
        ("POST", "/api/users", {"name": "名" * 65, "password": PASSWORD}, 400),
        ("POST", "/api/users", {"name": "\ud800", "password": PASSWORD}, 400),
        ("POST", "/api/users", {"name": "x", "password": "\ud800" * 12}, 400),
        ("POST", "/api/users", {"name": "x", "password": "short"}, 400),
        ("POST", "/api/users", {"name": "x", "password": PASSWORD, "role": "king"}, 400),
        ("POST", "/api/users", {"name": "x"}, 400),
        ("PATCH", "/api/users/nobody", {"role": "viewer"}, 404),
        ("PATCH", "/api/users/管理", {"role": "viewer"}, 400),
        ("PATCH", "/api/users/经办", {}, 400),
        ("DELETE", "/api/users/管理", None, 400),
        ("DELETE", "/api/users/nobody", None, 404),
    ],
)
def test_what_cannot_be_done_to_users_is_told_and_nothing_is_changed(
    admin: Asking, staffed: Settings, method: str, path: str, body: dict[str, str] | None, status: int
) -> None:
    before = list_users(staffed)
    # Half a character has no UTF-8, but JSON can escape it.
    answer = admin.write(method, path, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["status"]) == (status, status)
    assert PASSWORD not in answer.text
    assert list_users(staffed) == before


def test_every_write_and_every_refusal_is_recorded_with_user_and_address(staffed: Settings, stranger: Asking) -> None:
    stranger.sign_in("查看", WRONG)
    stranger.sign_in("my secret password in the wrong field", "x")
    stranger.post("/api/users", json={})
    stranger.sign_in("查看")
    stranger.get("/users")
    stranger.write("POST", "/api/users", json={})
    stranger.get("/projects")
    stranger.post("/logout", data={"csrf": stranger.token()}, follow_redirects=False)
    events = [event for event in audit(staffed).events if event.address]
    assert [(event.user, event.action, event.target, event.outcome) for event in reversed(events)] == [
        ("查看", "login", "", 401),
        (events[-2].user, "login", "", 401),
        ("查看", "login", "", 200),
        ("查看", "GET", "/users", 403),
        ("查看", "POST", "/api/users", 403),
        ("查看", "logout", "", 200),
    ]
    assert re.fullmatch(r"\?[0-9a-f]{6}", events[-2].user)
    assert {event.address for event in events} == {"127.0.0.1"}
    assert [event.outcome for event in audit(staffed, user="查看").events] == [200, 403, 403, 200, 401]
    assert audit(staffed, since="2999-01-01").events == ()
    assert len(audit(staffed, top=2).events) == 2
    assert audit(staffed, top=2).more


def test_a_wrong_old_password_is_one_event(staffed: Settings, stranger: Asking) -> None:
    stranger.sign_in("查看")
    before = len(audit(staffed).events)
    assert _change(stranger, WRONG, "another sentence 2")[0] == 403
    events = audit(staffed).events
    assert (len(events), events[0].action, events[0].outcome) == (before + 1, "login", 401)


@pytest.mark.parametrize("since", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_the_audit_is_asked_for_since_any_day(staffed: Settings, admin: Asking, since: str) -> None:
    events = len(audit(staffed).events)
    assert len(audit(staffed, since=since).events) == (0 if since == "9999-12-31" else events)
    for path in ("/audit", "/api/audit"):
        assert admin.get(path, params={"since": since}).status_code == 200


def test_the_audit_can_only_be_added_to(staffed: Settings, stranger: Asking) -> None:
    stranger.sign_in("查看")
    connection = sqlite3.connect(staffed.workspace / "workspace.sqlite")
    for statement in ("DELETE FROM audit", "UPDATE audit SET user = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


def test_who_may_not_look_fills_no_log(staffed: Settings, stranger: Asking) -> None:
    before = audit(staffed).events
    for path in ("/api/leads", "/api/nowhere", "/nowhere", "/logout", "/api/users"):
        stranger.post(path, json={})
        stranger.get(path)
    assert audit(staffed).events == before


def test_of_many_refusals_of_a_stranger_few_are_kept_and_of_a_user_all(staffed: Settings, stranger: Asking) -> None:
    before = len(audit(staffed).events)
    for number in range(50):
        assert stranger.post("/login", data={"name": str(number)}).status_code == 403
        assert stranger.post(f"/api/leads?{number}", content=b"x" * 70_000).status_code == 413
    # The minute may turn once while they are sent.
    assert 2 <= len(audit(staffed).events) - before <= 4
    stranger.sign_in("查看")
    before = len(audit(staffed).events)
    for _ in range(5):
        stranger.get("/users")
    assert len(audit(staffed).events) - before == 5


def test_strangers_of_many_addresses_fill_no_log_either(staffed: Settings, app: FastAPI) -> None:
    before = len(audit(staffed).events)
    for number in range(150):
        asking(app, address=f"2001:db8::{number:x}").post("/login")
    assert 60 <= len(audit(staffed).events) - before <= 120


def test_a_text_that_would_not_print_is_not_kept(staffed: Settings, stranger: Asking) -> None:
    stranger.sign_in("查看")
    stranger.get("/users?x=1")
    stranger.write("DELETE", "/api/users/%1b%5b31m%e2%80%ae")
    assert audit(staffed).events[0].target == "/api/users/�[31m�"


def test_the_first_user_is_added_in_the_browser_and_then_everybody_signs_in(client: Asking) -> None:
    assert "还没有用户" in client.get("/users").text
    assert (
        client.write("POST", "/api/users", json={"name": "局长", "password": PASSWORD}).json()["users"][0]["role"]
        == "admin"
    )
    assert client.get("/", follow_redirects=False).headers["location"] == "/login?next=%2F"
    assert client.sign_in("局长").status_code == 303
    assert client.get("/users").status_code == 200


def test_a_second_admin_lets_the_first_one_go(staffed: Settings) -> None:
    set_role(staffed, "经办", "admin")
    assert [user.role for user in set_role(staffed, "管理", "viewer").users if user.name == "管理"] == ["viewer"]
    with pytest.raises(UsageError, match="last admin"):
        set_role(staffed, "经办", "officer")


@pytest.mark.parametrize("size", [WIDE, SMALL])
def test_an_admin_manages_users_in_a_browser(staffed: Settings, chromium: Browser, size: tuple[int, int]) -> None:
    add_user(staffed, "W" * 64, Password(PASSWORD))
    with serving(build(staffed)) as url, window(chromium, size) as seen:
        page = seen.page
        page.goto(f"{url}/users")
        page.get_by_label("用户名").fill("管理")
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/users")
        form = page.locator("#add-user")
        form.get_by_label("用户名").fill("新来")
        form.get_by_label("密码（至少").fill(PASSWORD)
        form.get_by_label("再写一遍").fill(WRONG)
        form.get_by_role("button").click()
        assert form.get_by_role("alert").inner_text() == "两次输入的密码不同"
        form.get_by_label("再写一遍").fill(PASSWORD)
        form.get_by_role("button").click()
        row = page.get_by_role("row", name="新来")
        row.wait_for()
        # The row is there before the scripts that hear its changes.
        page.wait_for_load_state()
        assert row.get_by_role("combobox").input_value() == "officer"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        with page.expect_navigation():
            row.get_by_role("combobox").select_option("viewer")
        assert page.get_by_role("row", name="新来").get_by_role("combobox").input_value() == "viewer"
        page.on("dialog", lambda dialog: dialog.accept())
        with page.expect_navigation():
            page.get_by_role("row", name="新来").get_by_role("button", name="移除").click()
        assert page.get_by_role("row", name="新来").count() == 0
        page.goto(f"{url}/audit")
        assert page.get_by_role("row", name="移除用户").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/login")
        assert seen.complaints == []
