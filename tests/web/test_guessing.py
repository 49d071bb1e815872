"""Passwords that are guessed: who waits, for how long, and who is never locked out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher

from chaingraph.config import Password
from chaingraph.errors import Throttled
from chaingraph.service import passwords
from chaingraph.service.signing_in import OF_A_PAIR, OF_A_USER, OF_AN_ADDRESS, audit, sign_in
from chaingraph.web.app import build
from chaingraph.web.safety.turns import Turns
from chaingraph.workspace import audit as log
from tests.web.conftest import PASSWORD, Asking, asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.config import Settings

WRONG = "wrong horse 电池"


@pytest.fixture
def stranger(staffed: Settings) -> Iterator[Asking]:
    """A browser in which nobody is signed in."""
    with asking(build(staffed)) as browser:
        yield browser


def _fail(settings: Settings, name: str, address: str, times: int, ago: timedelta = timedelta()) -> None:
    at = (datetime.now(UTC) - ago).isoformat(timespec="seconds")
    for _ in range(times):
        log.append(settings.workspace, log.Event(name, address, log.LOGIN, "", log.REFUSED), at)


def _token(browser: Asking) -> str:
    return browser.get("/login").text.split('name="csrf" value="')[1].split('"')[0]


def test_after_five_wrong_passwords_an_address_waits_even_with_the_right_one(
    stranger: Asking, staffed: Settings
) -> None:
    for _ in range(OF_A_PAIR):
        assert stranger.sign_in("经办", WRONG).status_code == 401
    answer = stranger.sign_in("经办")
    assert answer.status_code == 429
    assert 14 * 60 <= int(answer.headers["retry-after"]) <= 15 * 60 + 1
    assert "15 分钟后" in answer.text
    assert stranger.sign_in("查看").status_code == 303
    with asking(build(staffed)) as after_a_restart:
        assert after_a_restart.sign_in("经办").status_code == 429
    with asking(build(staffed), address="192.0.2.9", origin="http://office.example") as elsewhere:
        assert elsewhere.sign_in("经办").status_code == 303


def test_a_name_that_is_nobody_s_waits_alike(stranger: Asking) -> None:
    statuses = [stranger.sign_in("nobody", WRONG).status_code for _ in range(OF_A_PAIR + 1)]
    assert statuses == [401] * OF_A_PAIR + [429]


def test_a_wait_is_over_after_fifteen_minutes_and_refusals_within_it_do_not_lengthen_it(staffed: Settings) -> None:
    _fail(staffed, "经办", "a", OF_A_PAIR, timedelta(minutes=14))
    for _ in range(3):
        with pytest.raises(Throttled) as refused:
            sign_in(staffed, "经办", Password(PASSWORD), "a")
        assert 0 < refused.value.seconds <= 61
    _fail(staffed, "查看", "a", OF_A_PAIR, timedelta(minutes=16))
    assert sign_in(staffed, "查看", Password(PASSWORD), "a")


def test_the_right_password_forgives_the_wrong_ones_before_it(staffed: Settings) -> None:
    for _ in range(3):
        _fail(staffed, "经办", "a", OF_A_PAIR - 1)
        assert sign_in(staffed, "经办", Password(PASSWORD), "a")


def test_an_address_that_tries_many_names_waits_for_all_of_them(staffed: Settings) -> None:
    for number in range(OF_AN_ADDRESS):
        _fail(staffed, f"?{number}", "a", 1)
    with pytest.raises(Throttled):
        sign_in(staffed, "经办", Password(PASSWORD), "a")
    assert sign_in(staffed, "经办", Password(PASSWORD), "b")


def test_many_addresses_together_neither_guess_on_nor_lock_the_user_out(staffed: Settings) -> None:
    sign_in(staffed, "经办", Password(PASSWORD), "the office")
    for number in range(OF_A_USER):
        _fail(staffed, "经办", f"bot {number}", 1)
    with pytest.raises(Throttled):
        sign_in(staffed, "经办", Password(PASSWORD), "another bot")
    assert sign_in(staffed, "经办", Password(PASSWORD), "the office")


def test_a_password_is_not_looked_at_while_one_waits(staffed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail(staffed, "经办", "a", OF_A_PAIR)
    monkeypatch.setattr(passwords, "_HASHER", None)
    with pytest.raises(Throttled):
        sign_in(staffed, "经办", Password(PASSWORD), "a")


def test_of_those_who_wait_and_try_on_the_first_is_recorded_and_every_wrong_password(staffed: Settings) -> None:
    def recorded() -> list[tuple[str, int]]:
        return [(event.user, event.outcome) for event in audit(staffed).events if event.action == log.LOGIN]

    _fail(staffed, "经办", "a", OF_A_PAIR)
    for _ in range(10):
        with pytest.raises(Throttled):
            sign_in(staffed, "经办", Password(PASSWORD), "a")
    assert recorded() == [("经办", log.THROTTLED)] + [("经办", log.REFUSED)] * OF_A_PAIR
    _fail(staffed, "查看", "a", OF_AN_ADDRESS)
    before = len(recorded())
    for number in range(10):
        for name in (f"nobody {number}", "管理"):
            with pytest.raises(Throttled):
                sign_in(staffed, name, Password(PASSWORD), "a")
    assert recorded()[:-before] == [("管理", log.THROTTLED)]


def test_one_machine_that_asks_all_the_time_keeps_nobody_else_from_the_door(
    staffed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, free = passwords._HASHER, Event()

    class Held(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002
            free.wait(30)
            return real.verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Held())
    app = build(staffed)
    with asking(app, "192.0.2.7") as crowd, ThreadPoolExecutor(31) as threads:
        officer = asking(app)
        officer.portal = crowd.portal
        token = _token(crowd)
        fields = {"csrf": token, "name": "查看", "password": WRONG}
        tries = [threads.submit(crowd.post, "/login", data=fields) for _ in range(30)]
        # Those are answered at once for whom there is no place left.
        first = [each.result().status_code for _, each in zip(range(9), as_completed(tries), strict=False)]
        signing_in = threads.submit(officer.sign_in, "经办")
        free.set()
        assert signing_in.result().status_code == 303
    assert first == [429] * 9
    assert [each.result().status_code for each in tries].count(401) == OF_A_PAIR


def test_who_must_wait_waits_in_no_queue(staffed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail(staffed, "经办", "127.0.0.1", OF_A_PAIR)

    async def none_comes_here(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Turns, "take", none_comes_here)
    with asking(build(staffed)) as browser:
        assert browser.sign_in("经办").status_code == 429


def test_many_tries_at_once_are_no_more_tries(stranger: Asking) -> None:
    fields = {"csrf": _token(stranger), "name": "经办", "password": WRONG}
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: stranger.post("/login", data=fields).status_code, range(12)))
    assert sorted(answers) == [401] * OF_A_PAIR + [429] * (12 - OF_A_PAIR)
