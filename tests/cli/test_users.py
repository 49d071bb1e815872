"""chaingraph users, audit and serve: passwords that nobody sees, a server that is reached by nobody it should not."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import socket
import ssl
import subprocess
import sys
import termios
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from chaingraph.cli import cli
from chaingraph.cli.terminal import WIDTH, width
from chaingraph.errors import ChaingraphError
from chaingraph.service.accounts import find_user, list_users

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chaingraph.config import Settings

PASSWORD = "correct horse 电池"


def _run(workspace: Path | str, *arguments: str, typed: str = "") -> Result:
    """A command run as ``main`` runs it, with what is typed on its standard input."""
    try:
        return CliRunner().invoke(
            cli, [*arguments, "--workspace", str(workspace)], input=typed.encode(), catch_exceptions=False
        )
    except ChaingraphError as error:
        pytest.fail(f"{arguments}: {error}")


def _refused(workspace: Path, *arguments: str, typed: str = "") -> str:
    """The sentence of a command that ends with exit code 2."""
    with pytest.raises(ChaingraphError) as refused:
        CliRunner().invoke(
            cli, [*arguments, "--workspace", str(workspace)], input=typed.encode(), catch_exceptions=False
        )
    assert refused.value.exit_code == 2
    return refused.value.text.zh


def _add(workspace: Path, name: str, *more: str) -> Result:
    return _run(workspace, "users", "add", name, *more, "--password-file", "-", typed=f"{PASSWORD}\n")


def test_the_first_user_is_an_admin_and_the_next_an_officer(tmp_path: Path) -> None:
    assert "还没有用户" in _run(tmp_path, "users", "list").output
    _add(tmp_path, "局长")
    _add(tmp_path, "张三")
    _add(tmp_path, "李四", "--role", "查看")
    told = json.loads(_run(tmp_path, "users", "list", "--format", "json").output)
    assert {user["name"]: user["role"] for user in told["users"]} == {
        "局长": "admin",
        "张三": "officer",
        "李四": "viewer",
    }


def test_the_first_user_can_be_nothing_but_an_admin(tmp_path: Path) -> None:
    asked = ("users", "add", "张三", "--role", "officer", "--password-file", "-")
    assert "--role admin" in _refused(tmp_path, *asked, typed=PASSWORD)


def test_role_password_and_removal_are_done_and_recorded(
    tmp_path: Path, settings_at: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAINGRAPH_USER", "运维")
    _add(tmp_path, "局长")
    _add(tmp_path, "张三")
    before = find_user(settings_at, "张三")
    _run(tmp_path, "users", "role", "张三", "admin")
    _run(tmp_path, "users", "password", "张三", "--password-file", "-", typed="another sentence 2")
    after = find_user(settings_at, "张三")
    _run(tmp_path, "users", "remove", "局长", "--user", "另一人")
    assert before is not None
    assert after is not None
    assert (before.role, after.role) == ("officer", "admin")
    assert before.password != after.password
    assert before.version != after.version
    assert [user.name for user in list_users(settings_at).users] == ["张三"]
    events = json.loads(_run(tmp_path, "audit", "--format", "json").output)["events"]
    assert [(one["user"], one["action"], one["target"], one["address"]) for one in events] == [
        ("另一人", "users remove", "局长", ""),
        ("运维", "users password", "张三", ""),
        ("运维", "users role admin", "张三", ""),
        ("运维", "users add", "张三", ""),
        ("运维", "users add", "局长", ""),
    ]


@pytest.fixture
def settings_at(tmp_path: Path, seeds: Settings) -> Settings:
    """The settings of the test's own workspace."""
    return seeds._replace(workspace=tmp_path)


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("users", "remove", "局长"), "", "最后一个管理员"),
        (("users", "role", "局长", "viewer"), "", "最后一个管理员"),
        (("users", "role", "局长", "king"), "", "viewer、officer、admin"),
        (("users", "role", "没有", "admin"), "", "没有用户“没有”"),
        (("users", "add", "局长", "--password-file", "-"), PASSWORD, "已有用户"),
        (("users", "add", "张三", "--password-file", "-"), "short", "10 到 200"),
        (("users", "add", "张三", "--password-file", "-"), "one line\nand two", "只有一行"),
        (("users", "add", "张三", "--password-file", "-"), "", "只有一行"),
        (("users", "add", "张三", "--password-file", "nowhere"), "", "读不了"),
        (("users", "add", "张三"), f"{PASSWORD}\n{PASSWORD}\n", "--password-file"),
        (("users", "add", " "), "", "1 到 64"),
        (("audit", "--since", "gestern"), "", "不是日期"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    tmp_path: Path, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    _add(tmp_path, "局长")
    if arguments == ("users", "add", " "):
        arguments, typed = (*arguments, "--password-file", "-"), PASSWORD
    assert told in _refused(tmp_path, *arguments, typed=typed)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_users_and_audit_are_printed_in_every_form_within_100_columns(tmp_path: Path, lang: str) -> None:
    _add(tmp_path, "W" * 64)
    _add(tmp_path, "名" * 64)
    for command in (("users", "list"), ("audit",)):
        table = _run(tmp_path, *command, "--lang", lang).output
        assert [line for line in table.splitlines() if width(line) > WIDTH] == []
        for form in ("json", "csv", "md"):
            assert "名" * 64 in _run(tmp_path, *command, "--lang", lang, "--format", form).output


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "chaingraph", *arguments]


def _type(terminal: int, prompt: str, line: str) -> str:
    """Types a line at a prompt; what was shown before it."""
    shown = b""
    while not shown.endswith(prompt.encode()):
        shown += os.read(terminal, 1000)
    # What is typed before the terminal hides it is thrown away.
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.01)
    os.write(terminal, f"{line}\n".encode())
    return shown.decode()


def test_a_password_that_is_typed_is_asked_for_twice_and_never_shown(tmp_path: Path, settings_at: Settings) -> None:
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        _command("users", "add", "局长", "--workspace", str(tmp_path)),
        stdin=end,
        stdout=subprocess.DEVNULL,
        stderr=end,
        start_new_session=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    first, again = "密码 / password: ", "再输一遍 / once more: "
    shown = _type(terminal, first, "something else") + _type(terminal, again, "not the same")
    shown += _type(terminal, first, PASSWORD) + _type(terminal, again, PASSWORD)
    assert process.wait(timeout=60) == 0
    shown += os.read(terminal, 1000).decode()
    os.close(end)
    os.close(terminal)
    for typed in ("something", "the same", "horse"):
        assert typed not in shown
    assert [user.name for user in list_users(settings_at).users] == ["局长"]


# --- serve -------------------------------------------------------------------------------------------------------


@contextmanager
def _served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that runs, and the first line that it prints."""
    process = subprocess.Popen(
        _command("serve", "--port", "0", "--no-browser", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


def _url(line: str) -> str:
    found = re.search(r"https?://\S+/", line)
    assert found is not None, line
    return found[0]


def test_serve_says_where_it_is_and_ctrl_c_ends_it_without_a_word(seeds_workspace: str) -> None:
    with _served("--workspace", seeds_workspace) as (process, line):
        assert line.startswith("图谱在 http://127.0.0.1:")
        with urllib.request.urlopen(f"{_url(line)}healthz") as answer:
            assert json.load(answer)["status"] == "ok"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")


def test_serve_speaks_the_language_asked_for(seeds_workspace: str) -> None:
    with _served("--workspace", seeds_workspace, "--lang", "en") as (_, line):
        assert line.startswith("The explorer is at http://127.0.0.1:")


@pytest.mark.parametrize("arguments", [("--host", "0.0.0.0"), ("--host", "::"), ("--behind-proxy", "127.0.0.1")])
def test_nothing_but_this_computer_is_served_until_there_are_users(
    seeds_workspace: str, arguments: tuple[str, ...]
) -> None:
    done = subprocess.run(
        _command("serve", "--port", "0", "--no-browser", "--workspace", seeds_workspace, *arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "chaingraph users add" in done.stderr
    assert "Traceback" not in done.stderr


def test_others_are_served_once_there_are_users_and_what_is_unsafe_is_told(office_of_cli: Path) -> None:
    with _served("--workspace", str(office_of_cli), "--host", "0.0.0.0") as (process, line):
        assert process.stdout is not None
        assert "--certificate" in process.stdout.readline()
        port = _url(line).rsplit(":", 1)[1]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}") as answer:
            assert answer.url.endswith("/login?next=%2F")


@pytest.fixture
def office_of_cli(tmp_path: Path, seeds_workspace: str) -> Path:
    """A workspace with an admin, whose pack is compiled already."""
    os.symlink(f"{seeds_workspace}/snapshots", tmp_path / "snapshots")
    _add(tmp_path, "局长")
    return tmp_path


def test_a_port_in_use_and_an_address_of_others_are_told(seeds_workspace: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        asked = ("serve", "--no-browser", "--workspace", seeds_workspace)
        for more in (("--port", str(port)), ("--host", "192.0.2.1"), ("--host", "no.such.host.invalid")):
            with pytest.raises(ChaingraphError, match="cannot listen on") as refused:
                CliRunner().invoke(cli, [*asked, *more], catch_exceptions=False)
            assert refused.value.exit_code == 2


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this computer, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


def test_https_is_served_with_a_certificate(office_of_cli: Path, pair: tuple[Path, Path]) -> None:
    certificate, key = pair
    files = ("--certificate", str(certificate), "--key", str(key))
    with _served("--workspace", str(office_of_cli), *files) as (_, line):
        assert _url(line).startswith("https://127.0.0.1:")
        trusting = ssl.create_default_context(cafile=str(certificate))
        with urllib.request.urlopen(f"{_url(line)}login", context=trusting) as answer:
            assert answer.headers["strict-transport-security"]
            assert answer.headers["set-cookie"].startswith("__Host-chaingraph-")
            assert "secure" in answer.headers["set-cookie"].lower()


def test_a_certificate_that_cannot_be_used_is_told(
    seeds_workspace: str, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    certificate, key = map(str, pair)
    locked = tmp_path / "locked.pem"
    subprocess.run(
        ["openssl", "rsa", "-aes128", "-passout", "pass:secret", "-in", key, "-out", str(locked)],
        check=True,
        capture_output=True,
    )
    for files in (
        ("--certificate", "nowhere.pem", "--key", key),
        ("--certificate", certificate, "--key", str(tmp_path)),
        ("--certificate", certificate, "--key", certificate),
        ("--certificate", certificate, "--key", str(locked)),
        ("--certificate", certificate),
        ("--key", key),
        ("--behind-proxy", "everybody"),
    ):
        with pytest.raises(ChaingraphError) as refused:
            CliRunner().invoke(
                cli,
                ["serve", "--no-browser", "--port", "0", "--workspace", seeds_workspace, *files],
                catch_exceptions=False,
            )
        assert refused.value.exit_code == 2, files


def test_a_forwarded_address_is_believed_from_the_proxy_alone(office_of_cli: Path) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.5", "Content-Type": "application/x-www-form-urlencoded"}

    def address_seen(*arguments: str) -> str:
        with _served("--workspace", str(office_of_cli), *arguments) as (_, line):
            request = urllib.request.Request(f"{_url(line)}login", data=b"name=x", headers=forwarded, method="POST")
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(request)
        told = json.loads(_run(office_of_cli, "audit", "--top", "1", "--format", "json").output)
        address: str = told["events"][0]["address"]
        return address

    assert address_seen() == "127.0.0.1"
    assert address_seen("--behind-proxy", "127.0.0.1") == "203.0.113.5"
    assert address_seen("--behind-proxy", "192.0.2.1") == "127.0.0.1"
