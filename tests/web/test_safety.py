"""Who may look and write: every route of the application, sessions, forged writes, hosts, headers, limits."""

from __future__ import annotations

import re
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import iter_route_contexts
from itsdangerous import URLSafeTimedSerializer

from chaingraph.service.accounts import remove_user, set_role
from chaingraph.web.app import build
from chaingraph.web.safety.headers import ALWAYS, CSP
from chaingraph.web.safety.limits import MOST_OF_A_FILE, MOST_OF_A_FORM
from chaingraph.web.safety.visitor import CSRF_HEADER
from tests.web.conftest import PASSWORD, Asking, asking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from chaingraph.config import Settings

OPEN = {"/healthz", "/static/{name:path}", "/login"}
"""What everybody may get."""
ONES_OWN = {"/login", "/logout", "/password"}
"""What needs no officer to be written."""


@pytest.fixture
def app(staffed: Settings) -> FastAPI:
    """The application of an office with users."""
    return build(staffed)


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[Asking]:
    """A browser in which nobody is signed in."""
    with asking(app) as browser:
        yield browser


def _paths(app: FastAPI, writing: bool) -> list[tuple[str, str]]:
    """Method and path of every route."""
    return sorted(
        (method, route.path or "")
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if (method not in ("GET", "HEAD")) is writing
    )


def _filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "ev", path)


def test_the_application_has_the_routes_that_the_tests_below_walk(app: FastAPI) -> None:
    assert {("GET", "/"), ("GET", "/api/overview"), ("GET", "/api/openapi.json")} <= set(_paths(app, writing=False))
    assert {("POST", "/login"), ("DELETE", "/api/users/{name}")} <= set(_paths(app, writing=True))


def test_nobody_sees_anything_but_the_door_once_there_are_users(app: FastAPI, stranger: Asking) -> None:
    for method, path in _paths(app, writing=False):
        if path in OPEN:
            continue
        answer = stranger.request(method, _filled(path), follow_redirects=False)
        if path.startswith("/api/"):
            assert (path, answer.status_code) == (path, 401)
            assert answer.json()["error"]["code"] == "not_signed_in"
        else:
            assert (path, answer.status_code) == (path, 303)
            assert answer.headers["location"].startswith("/login?next=%2F")


def test_nobody_writes_anything(app: FastAPI, stranger: Asking) -> None:
    for method, path in _paths(app, writing=True):
        answer = stranger.request(method, _filled(path), follow_redirects=False)
        assert (path, answer.status_code) == (path, 403 if path == "/login" else 401)


def test_no_write_is_let_through_without_the_token_of_the_session(app: FastAPI, stranger: Asking) -> None:
    stranger.sign_in("管理")
    for headers in ({}, {CSRF_HEADER: "0" * 64}, {CSRF_HEADER: ""}):
        for method, path in _paths(app, writing=True):
            answer = stranger.request(method, _filled(path), headers=headers, follow_redirects=False)
            assert (path, answer.status_code) == (path, 403)


def test_a_viewer_writes_nothing_but_what_is_ones_own(app: FastAPI, stranger: Asking) -> None:
    stranger.sign_in("查看")
    token = stranger.token()
    refused = 0
    for method, path in _paths(app, writing=True):
        if path in ONES_OWN:
            continue
        answer = stranger.request(method, _filled(path), headers={CSRF_HEADER: token}, follow_redirects=False)
        assert (path, answer.status_code, answer.json()["error"]["code"]) == (path, 403, "access_denied")
        refused += 1
    assert refused > 2


@pytest.mark.parametrize("name", ["经办", "查看"])
def test_users_and_audit_are_for_admins_alone(stranger: Asking, name: str) -> None:
    stranger.sign_in(name)
    for path in ("/users", "/audit", "/api/users", "/api/audit"):
        assert stranger.get(path).status_code == 403, path


def test_a_handler_that_asks_for_nothing_is_closed_to_writes(staffed: Settings) -> None:
    from fastapi import Depends

    from chaingraph.web.safety.visitor import reader

    app = build(staffed)
    app.add_api_route("/api/forgotten", lambda: "written", methods=["POST"], dependencies=[Depends(reader)])
    with asking(app) as browser:
        browser.sign_in("查看")
        assert browser.write("POST", "/api/forgotten").status_code == 403
        browser.sign_in("经办")
        assert browser.post("/api/forgotten").status_code == 403
        assert browser.write("POST", "/api/forgotten").status_code == 200


# --- sessions ----------------------------------------------------------------------------------------------------


def _cookie(browser: Asking) -> str:
    (name,) = list(browser.cookies)
    value = browser.cookies[name]
    assert value is not None
    return f"{name}={value}"


def test_the_cookie_is_for_the_browser_alone_and_for_this_site(stranger: Asking) -> None:
    set_cookie = stranger.sign_in("管理").headers["set-cookie"]
    assert set_cookie.startswith("chaingraph-8000=")
    flags = {part.strip().lower() for part in set_cookie.split(";")[1:]}
    assert flags == {"path=/", "httponly", "samesite=lax"}


def test_over_https_the_cookie_is_secure_and_no_other_host_can_set_it(app: FastAPI) -> None:
    with asking(app, origin="https://office.example") as browser:
        answer = browser.sign_in("管理")
        assert answer.headers["set-cookie"].startswith("__Host-chaingraph-443=")
        assert "secure" in answer.headers["set-cookie"].lower()
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert browser.get("/").status_code == 200


def test_a_cookie_that_was_changed_or_signed_with_another_key_is_none(app: FastAPI, stranger: Asking) -> None:
    stranger.sign_in("管理")
    good = _cookie(stranger)
    forged = URLSafeTimedSerializer(b"0" * 32, salt="session").dumps(["x", "管理", "y"])
    for cookie in (
        good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        f"chaingraph-8000={forged}",
        "chaingraph-8000=",
        "chaingraph-8000=a.b.c",
    ):
        with asking(app) as other:
            assert other.get("/api/overview", headers={"Cookie": cookie}).status_code == 401, cookie
    with asking(app) as other:
        assert other.get("/api/overview", headers={"Cookie": good}).status_code == 200


def test_a_cookie_taken_before_is_worth_nothing_after_signing_out(app: FastAPI, stranger: Asking) -> None:
    stranger.sign_in("经办")
    taken = _cookie(stranger)
    with asking(app) as thief:
        assert thief.get("/api/overview", headers={"Cookie": taken}).status_code == 200
        assert stranger.post("/logout", data={"csrf": stranger.token()}, follow_redirects=False).status_code == 303
        assert thief.get("/api/overview", headers={"Cookie": taken}).status_code == 401
    assert stranger.get("/", follow_redirects=False).status_code == 303


def test_another_role_and_removal_end_the_sessions_of_the_user(staffed: Settings, app: FastAPI) -> None:
    with asking(app) as officer, asking(app) as viewer:
        officer.sign_in("经办")
        viewer.sign_in("查看")
        set_role(staffed, "经办", "viewer", user="测试")
        remove_user(staffed, "查看", user="测试")
        assert officer.get("/api/overview").status_code == 401
        assert viewer.get("/api/overview").status_code == 401


def test_a_session_ends_after_twelve_hours(stranger: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger.sign_in("经办")
    began = int(time.time())
    signed = _cookie(stranger).partition("=")[2]
    signer = stranger.app.state.sessions._signer  # type: ignore[attr-defined]
    told = signer.loads(signed)
    for hours, status in ((11.9, 200), (12.1, 401)):
        monkeypatch.setattr(
            "itsdangerous.timed.TimestampSigner.get_timestamp", lambda _, h=hours: began - int(h * 3600)
        )
        old = signer.dumps(told)
        monkeypatch.undo()
        stranger.cookies.clear()
        assert stranger.get("/api/overview", headers={"Cookie": f"chaingraph-8000={old}"}).status_code == status


def test_a_script_s_request_puts_no_form_or_page_that_is_open_out_of_date(stranger: Asking, office: Settings) -> None:
    assert "set-cookie" not in stranger.get("/api/overview").headers
    assert "set-cookie" not in stranger.get("/", follow_redirects=False).headers
    assert "set-cookie" in stranger.get("/login").headers
    (office.workspace / "workspace.sqlite").unlink()
    with asking(build(office)) as nobody_signs_in:
        for path, headers in (("/api/overview", {}), ("/", {"X-Fragment": "1"})):
            assert "set-cookie" not in nobody_signs_in.get(path, headers=headers).headers
        assert "set-cookie" in nobody_signs_in.get("/").headers


def test_signing_in_begins_another_session_than_the_one_of_the_form(stranger: Asking) -> None:
    stranger.get("/login")
    before = _cookie(stranger)
    stranger.sign_in("经办")
    assert _cookie(stranger) != before
    with asking(stranger.app) as other:  # type: ignore[arg-type]
        assert other.get("/api/overview", headers={"Cookie": before}).status_code == 401


def test_the_token_of_one_browser_is_none_in_another(client: Asking) -> None:
    token = client.token()
    with asking(client.app) as other:  # type: ignore[arg-type]
        other.get("/")
        body = {"name": "甲", "password": PASSWORD}
        assert other.post("/api/users", json=body, headers={CSRF_HEADER: token}).status_code == 403
        assert other.token() != token


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_that_another_site_sends_is_refused_even_with_the_token(
    client: Asking, headers: dict[str, str]
) -> None:
    body = {"name": "甲", "password": PASSWORD}
    assert client.write("POST", "/api/users", json=body, headers=headers).status_code == 403
    assert client.get("/api/users").json()["users"] == []
    ours = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert client.write("POST", "/api/users", json=body, headers=ours).status_code == 200


# --- loopback ----------------------------------------------------------------------------------------------------


def test_without_users_who_is_at_this_computer_is_an_admin_under_the_name_of_the_settings(
    client: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAINGRAPH_USER", "张三")
    assert "张三" in client.get("/").text
    assert client.get("/api/users").json() == {"lang": "zh", "login": False, "changed": None, "users": []}
    assert client.get("/login?next=/users", follow_redirects=False).headers["location"] == "/users"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "127.0.0.1@evil", "", "[::1"]
)
def test_without_users_a_name_that_was_made_to_point_here_is_refused(client: Asking, host: str) -> None:
    answer = client.get("/api/overview", headers={"Host": host})
    assert answer.status_code == 400
    assert "127.0.0.1" in answer.json()["error"]["message"]
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:65535", "[::1]:8000"])
def test_without_users_this_computer_answers_by_its_own_names(client: Asking, host: str) -> None:
    assert client.get("/api/overview", headers={"Host": host}).status_code == 200


def test_without_users_another_computer_gets_nothing(office: Settings) -> None:
    with asking(build(office), address="192.0.2.7") as browser:
        assert browser.get("/api/overview").status_code == 403
        assert browser.get("/").status_code == 403


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"]
)
def test_without_users_nobody_comes_in_through_a_proxy_on_this_computer(client: Asking, header: str) -> None:
    assert client.get("/api/overview", headers={header: "192.0.2.7"}).status_code == 403
    assert client.get("/", headers={header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize("before_the_start", [True, False])
def test_once_there_are_users_their_file_going_away_opens_nothing(
    staffed: Settings, staff: Path, before_the_start: bool
) -> None:
    file = staffed.workspace / "workspace.sqlite"
    if not before_the_start:
        file.unlink()
    with asking(build(staffed)) as browser:
        if not before_the_start:
            assert browser.get("/api/overview").status_code == 200
            shutil.copy(staff / "workspace.sqlite", file)
            assert browser.get("/api/overview").status_code == 401
        file.unlink()
        for path in ("/", "/login", "/api/overview", "/users"):
            assert browser.get(path).status_code == 503, path
        assert browser.post("/login", data={"name": "经办"}).status_code == 503
        assert not file.exists()
        shutil.copy(staff / "workspace.sqlite", file)
        assert browser.sign_in("经办").status_code == 303


def test_with_users_any_host_asks_for_login(app: FastAPI) -> None:
    with asking(app, address="192.0.2.7", origin="http://office.example") as browser:
        assert browser.sign_in("查看").status_code == 303
        assert browser.get("/").status_code == 200


# --- headers and limits ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/api/overview", 200),
        ("/static/css/base.css", 200),
        ("/static/nothing.css", 404),
        ("/nowhere", 404),
        ("/api/nowhere", 404),
        ("/healthz", 200),
        ("/api/overview?as_of=never", 400),
    ],
)
def test_every_answer_bears_the_headers_that_forbid(client: Asking, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert answer.headers["content-security-policy"] == CSP
    assert "unsafe" not in CSP
    assert (answer.headers.get("cache-control") == "no-store") is not path.startswith("/static/")
    assert "strict-transport-security" not in answer.headers


def test_what_nobody_foresaw_bears_them_too_and_tells_nothing_of_our_inside(office: Settings) -> None:
    app = build(office)

    def fails() -> None:
        raise RuntimeError("the inside")

    app.add_api_route("/api/fails", fails)
    browser = Asking(app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 1))
    answer = browser.get("/api/fails")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["error"]["code"] == "chaingraph_error"
    assert "inside" not in answer.text


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("application/json", MOST_OF_A_FORM),
        ("application/x-www-form-urlencoded", MOST_OF_A_FORM),
        ("text/plain", MOST_OF_A_FORM),
        ("multipart/form-data; boundary=x", MOST_OF_A_FILE),
    ],
)
def test_a_body_beyond_the_limit_is_refused_whether_it_tells_its_length_or_not(
    client: Asking, kind: str, most: int
) -> None:
    def pieces(size: int) -> Iterator[bytes]:
        for start in range(0, size, 1 << 16):
            yield b"x" * min(1 << 16, size - start)

    for content in (b"x" * (most + 1), pieces(most + 1)):
        answer = client.write("POST", "/api/users", content=content, headers={"Content-Type": kind})
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "too_large"
    for content in (b"x" * most, pieces(most)):
        answer = client.write("POST", "/api/users", content=content, headers={"Content-Type": kind})
        assert answer.status_code == 400


def test_a_form_of_a_page_is_never_as_large_as_a_workbook(client: Asking) -> None:
    big = b"x" * (MOST_OF_A_FORM + 1)
    answer = client.post("/login", content=big, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413


def test_a_wrong_length_is_told(client: Asking) -> None:
    answer = client.post("/api/users", content=b"{}", headers={"Content-Length": "many"})
    assert answer.status_code == 400
