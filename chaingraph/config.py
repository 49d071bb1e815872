"""Settings: workspace, packs, store and user; from arguments, the environment (CHAINGRAPH_*) or defaults."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chaingraph import resources
from chaingraph.errors import Text, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chaingraph.errors import Lang

WORKSPACE = "CHAINGRAPH_WORKSPACE"
PACKS = "CHAINGRAPH_PACKS"
LANG = "CHAINGRAPH_LANG"
USER = "CHAINGRAPH_USER"
STORE = "CHAINGRAPH_STORE"
NEO4J_USER = "CHAINGRAPH_NEO4J_USER"
NEO4J_PASSWORD = "CHAINGRAPH_NEO4J_PASSWORD"
NEO4J_PASSWORD_FILE = "CHAINGRAPH_NEO4J_PASSWORD_FILE"

MEMORY = "memory"
"""The embedded store, as ``--store`` names it."""
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""neo4j finds the members of a cluster, bolt speaks to one server; +s is TLS, +ssc TLS of any certificate."""
_NEO4J_PORT = 7687
_NEO4J_USER = "neo4j"
_EXAMPLE = "neo4j://host:7687/database"


class Neo4jAddress(NamedTuple):
    """Where a graph is kept on a Neo4j server: never with a password. ``database`` None is the user's own default."""

    uri: str
    database: str | None = None

    def __str__(self) -> str:
        server, mark, policy = self.uri.partition("?")
        return f"{server}/{self.database}{mark}{policy}" if self.database else self.uri


class Password:
    """A password, which is told to whoever asks for it by name and never printed."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The password itself."""
        return self._text

    def __repr__(self) -> str:
        return "Password(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Password) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class Neo4jLogin(NamedTuple):
    """As whom to speak to a Neo4j server; ``password`` is None for a server that asks for none."""

    user: str
    password: Password | None


class Settings(NamedTuple):
    """Where the data is.

    ``packs`` are pack folders, the default pack at the bottom; ``store`` is the server that holds the graph, None for
    the embedded store.
    """

    workspace: Path
    packs: tuple[Path, ...]
    store: Neo4jAddress | None = None


def settings(
    workspace: str | Path | None = None,
    packs: Sequence[str | Path] = (),
    environ: Mapping[str, str] = os.environ,
    store: str | None = None,
) -> Settings:
    """The settings in force: an argument wins over the environment, the environment over the default.

    Parameters
    ----------
    workspace
        The workspace folder; by default CHAINGRAPH_WORKSPACE, else the user's data folder.
    packs
        Packs to lay over the default pack; by default CHAINGRAPH_PACKS, separated as PATH is.
    store
        "memory", or the address of a Neo4j server such as ``neo4j://host:7687/database``; by default CHAINGRAPH_STORE,
        else "memory".

    Raises
    ------
    UsageError
        If the address of the store is none, or bears a password.
    """
    given = [str(pack) for pack in packs] or [p for p in environ.get(PACKS, "").split(os.pathsep) if p]
    seeds = resources.folder("seeds")
    over = [path for path in map(Path, given) if not path.exists() or not path.samefile(seeds)]
    kept = _store((environ.get(STORE, "") if store is None else store).strip())
    return Settings(_workspace(workspace or environ.get(WORKSPACE)), (seeds, *over), kept)


def language(environ: Mapping[str, str] = os.environ) -> Lang | None:
    """The language that CHAINGRAPH_LANG asks for; None leaves it to the pack."""
    asked = environ.get(LANG, "").lower()
    return "en" if asked.startswith("en") else "zh" if asked.startswith("zh") else None


def user(given: str | None = None, environ: Mapping[str, str] = os.environ) -> str:
    """Under whose name events are written: the argument, else CHAINGRAPH_USER, else the name of the login.

    Raises
    ------
    UsageError
        If none of them tells a name.
    """
    name = (given if given is not None else environ.get(USER, "")).strip()
    if not name and given is None:
        import getpass

        with suppress(OSError, KeyError, ImportError):
            name = getpass.getuser().strip()
    if not name:
        raise UsageError(
            Text(f"不知道是谁在操作：请写 --user 姓名，或设置 {USER}", f"who is this? give --user NAME, or set {USER}")
        )
    return name


def _workspace(given: str | Path | None) -> Path:
    if given:
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("chaingraph", appauthor=False)


# --- the store ---------------------------------------------------------------------------------------------------


def _store(given: str) -> Neo4jAddress | None:
    """The server that an address names; None for the embedded store."""
    if given.lower() in ("", MEMORY):
        return None
    if "@" in given:
        # Not even a part of it is repeated: what stands before the last @ is the password, or a part of one.
        raise UsageError(
            Text(
                f"存储地址里不能写用户名和密码：只写 {_EXAMPLE}，用户名放在 {NEO4J_USER}，"
                f"密码放在 {NEO4J_PASSWORD} 或 {NEO4J_PASSWORD_FILE}",
                f"the address of the store must not bear user or password: write {_EXAMPLE}, the user in "
                f"{NEO4J_USER}, the password in {NEO4J_PASSWORD} or {NEO4J_PASSWORD_FILE}",
            )
        )
    from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _no_address(given) from error
    asked = parse_qsl(parts.query, keep_blank_values=True)
    database = [name for key, name in asked if key == "database"]
    database += [unquote(path)] if (path := parts.path.strip("/")) else []
    policy = [pair for pair in asked if pair[0] == "policy"]
    unknown = len(policy) + len(database) != len(asked) + bool(path) or len(set(database)) > 1
    if parts.scheme not in NEO4J_SCHEMES or not host or parts.fragment or unknown:
        raise _no_address(given)
    if policy and not parts.scheme.startswith("neo4j"):
        raise _no_address(given)
    where = f"[{host}]" if ":" in host else host
    uri = f"{parts.scheme}://{where}:{_NEO4J_PORT if port is None else port}"
    return Neo4jAddress(f"{uri}?{urlencode(policy)}" if policy else uri, database[0] if database else None)


def _no_address(given: str) -> UsageError:
    schemes = " ".join(NEO4J_SCHEMES)
    # What follows could be a password that somebody tried to hand over.
    shown = given.partition("?")[0].partition("#")[0]
    host, colon, port = shown.rpartition(":")
    shown = host + colon + "…" if colon and not port[:5].isdecimal() and not port.startswith("//") else shown
    shown = shown.partition("%40")[0] + "…" if "%40" in shown else shown
    return UsageError(
        Text(
            f"“{shown}”不是存储地址：请写 {MEMORY}，或 {_EXAMPLE}（可用：{schemes}）",
            f"{shown!r} is no address of a store: write {MEMORY}, or {_EXAMPLE} (schemes: {schemes})",
        )
    )


def neo4j_login(environ: Mapping[str, str] = os.environ) -> Neo4jLogin:
    """The user and the password of the Neo4j server, from CHAINGRAPH_NEO4J_USER, …_PASSWORD or …_PASSWORD_FILE.

    Without a user it is "neo4j"; without a password the server is spoken to as one that asks for none.

    Raises
    ------
    UsageError
        If the password file cannot be read, or may be read by everybody, or a password is given as well.
    """
    user = environ.get(NEO4J_USER, "").strip() or _NEO4J_USER
    text, file = environ.get(NEO4J_PASSWORD, ""), environ.get(NEO4J_PASSWORD_FILE, "").strip()
    if text and file:
        raise UsageError(
            Text(
                f"{NEO4J_PASSWORD} 与 {NEO4J_PASSWORD_FILE} 只能设一个",
                f"set {NEO4J_PASSWORD} or {NEO4J_PASSWORD_FILE}, not both",
            )
        )
    if file:
        text = _password_in(Path(file).expanduser())
    return Neo4jLogin(user, Password(text) if text else None)


def _password_in(file: Path) -> str:
    """The first line of a file that not everybody may read."""
    try:
        mode = file.stat().st_mode
        # Windows keeps who may read a file elsewhere.
        if os.name == "posix" and mode & _EVERYBODY:
            raise UsageError(
                Text(
                    f"密码文件 {file} 谁都能读或改：请先 chmod 600 {file}",
                    f"everybody may read or change the password file {file}: chmod 600 {file} first",
                )
            )
        text = file.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise UsageError(
            Text(
                f"{NEO4J_PASSWORD_FILE} 指的密码文件读不了：{file}（{reason}）",
                f"the password file that {NEO4J_PASSWORD_FILE} names cannot be read: {file} ({reason})",
            )
        ) from error
    if not text or "\n" in text:
        raise UsageError(
            Text(f"密码文件 {file} 应只有一行密码", f"the password file {file} should hold the password in one line")
        )
    return text


_EVERYBODY = 0o006
"""The rights of those who are neither the owner nor of the file's group: containers hand secrets to a group."""
