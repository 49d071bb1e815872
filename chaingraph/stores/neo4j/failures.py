"""What a driver's exceptions mean, in sentences that name the mend. None of them holds the password."""

from __future__ import annotations

import re
import socket
import ssl
from typing import TYPE_CHECKING

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DatabaseUnavailable,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
)

from chaingraph.config import NEO4J_PASSWORD, NEO4J_PASSWORD_FILE, NEO4J_USER
from chaingraph.errors import StoreError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.config import Neo4jAddress

_LONG_TERM = (5, 26)
_CALENDAR = 2025
"""Versions are named by the year from here on."""
_LONGEST = 300


def told(error: BaseException, address: Neo4jAddress) -> StoreError:
    """The error of ours for one that the driver raised."""
    if isinstance(error, Neo4jError):
        return _refused(error, address)
    causes = list(_causes(error))
    if isinstance(error, UnsupportedServerProduct):
        return _unknown(address, str(error))
    if any(isinstance(cause, Neo4jError) for cause in causes):
        return _refused(next(cause for cause in causes if isinstance(cause, Neo4jError)), address)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return StoreError(
            Text(
                f"找不到主机名：{address}。请检查 --store 或 CHAINGRAPH_STORE 里的主机名，以及域名解析",
                f"the host of {address} is not known. Check the host name in --store or CHAINGRAPH_STORE, and the DNS",
            )
        )
    if any(_of_tls(cause) for cause in causes):
        return _tls(address, causes)
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return _unreached(address, causes)
    if isinstance(error, ConfigurationError | ValueError):
        return StoreError(
            Text(
                f"连接 {address} 的设置不能用：{_short(error)}",
                f"{address} cannot be used as it is set: {_short(error)}",
            )
        )
    return StoreError(
        Text(f"与 {address} 的连接出错：{_short(error)}", f"the connection to {address}: {_short(error)}")
    )


def unfit(agent: str, address: Neo4jAddress) -> StoreError | None:
    """The error for a server of a version that we do not know, told by what it calls itself; None where it fits."""
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found is None:
        return _unknown(address, agent)
    major, minor = int(found[1]), int(found[2])
    if major >= _CALENDAR or (major == _LONG_TERM[0] and minor >= _LONG_TERM[1]):
        return None
    return StoreError(
        Text(
            f"{address} 的版本太旧：{agent}。需要 Neo4j 5.26 或以年份命名的版本（2025 及以后）",
            f"{address} is too old: {agent}. Neo4j 5.26 is needed, or a version named by the year (2025 or later)",
        )
    )


def _unknown(address: Neo4jAddress, agent: str) -> StoreError:
    return StoreError(
        Text(
            f"{address} 的服务器不认识：{agent}。需要 Neo4j 5.26，或以年份命名的版本（2025 及以后）",
            f"{address} is no server we know: {agent}. Neo4j 5.26 is needed, or a version named by the year (2025 on)",
        )
    )


# --- what the server says ----------------------------------------------------------------------------------------


def _refused(error: Neo4jError, address: Neo4jAddress) -> StoreError:
    code = error.code or ""
    if code.endswith("CredentialsExpired"):
        return StoreError(
            Text(
                f"{address} 要求先改掉初始密码：在 Neo4j 里执行 ALTER CURRENT USER SET PASSWORD，"
                f"再更新 {NEO4J_PASSWORD}",
                f"{address} wants its first password changed: run ALTER CURRENT USER SET PASSWORD there, "
                f"then bring {NEO4J_PASSWORD} up to date",
            )
        )
    if code.endswith("AuthenticationRateLimit"):
        return StoreError(
            Text(
                f"{address} 因密码多次不对暂停登录：等几秒，核对 {NEO4J_USER} 与密码后再试",
                f"{address} lets nobody in for some seconds after several wrong passwords: "
                f"check {NEO4J_USER} and the password, then try again",
            )
        )
    if isinstance(error, AuthError):
        return StoreError(
            Text(
                f"{address} 不接受用户名或密码：请检查 {NEO4J_USER} 和 {NEO4J_PASSWORD}（或 {NEO4J_PASSWORD_FILE}）",
                f"{address} does not accept the user or the password: "
                f"check {NEO4J_USER} and {NEO4J_PASSWORD} (or {NEO4J_PASSWORD_FILE})",
            )
        )
    if code.endswith("DatabaseNotFound"):
        name = address.database or ""
        return StoreError(
            Text(
                f"{address} 没有数据库“{name}”：请检查地址里的库名，或先建库",
                f"{address} has no database {name!r}: check the name in the address, or create it first",
            )
        )
    if isinstance(error, DatabaseUnavailable) or code.endswith("DatabaseUnavailable"):
        return StoreError(
            Text(f"{address} 的数据库没有启动：稍后再试", f"the database of {address} is not running: try again later")
        )
    if isinstance(error, Forbidden):
        return StoreError(
            Text(
                f"{address} 不许这个用户做这件事：请给 {NEO4J_USER} 的用户授权（读图，推送还要能写和建索引）",
                f"{address} does not let this user do that: grant the user of {NEO4J_USER} its rights "
                "(to read; to push also to write and to create indexes)",
            )
        )
    return StoreError(
        Text(f"{address} 报错：{_short(error)}（{code}）", f"{address} reports: {_short(error)} ({code})")
    )


# --- what the network says ---------------------------------------------------------------------------------------


def _tls(address: Neo4jAddress, causes: list[BaseException]) -> StoreError:
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return StoreError(
            Text(
                f"{address} 的证书不可信：自签名证书用 +ssc 的地址（如 neo4j+ssc://），"
                "单位自己的根证书用环境变量 SSL_CERT_FILE 指定",
                f"the certificate of {address} is not trusted: for a self-signed one use an address with +ssc "
                "(such as neo4j+ssc://); name a root certificate of your own in SSL_CERT_FILE",
            )
        )
    return StoreError(
        Text(
            f"{address} 不是加密连接：服务器没有开 TLS 时用不带 +s 的地址（如 neo4j://）",
            f"{address} does not speak TLS: where the server has none, use an address without +s (such as neo4j://)",
        )
    )


def _unreached(address: Neo4jAddress, causes: list[BaseException]) -> StoreError:
    # A server that wants TLS hangs up on whoever speaks without it; a browser's port answers, but not in Bolt.
    if any(mark in str(cause) for cause in causes for mark in ("incomplete handshake", "looks like HTTP")):
        return StoreError(
            Text(
                f"{address} 不按 Bolt 应答：请检查端口是不是 Bolt 的；服务器只接受加密连接时用 +s 的地址（如 neo4j+s://）",
                f"{address} does not answer in Bolt: check that the port is that of Bolt; where the server takes TLS "
                "only, use an address with +s (such as neo4j+s://)",
            )
        )
    reason = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), None)
    why = Text(f"（{reason}）", f" ({reason})") if reason else Text("", "")
    if any(isinstance(cause, TimeoutError) for cause in causes):
        why = Text("（超时）", " (timed out)")
    return StoreError(
        Text(
            f"连不上 {address}{why.zh}：请检查服务器是否在运行、主机和端口是否正确、防火墙是否放行。"
            "不经服务器、按本地数据回答：--store memory",
            f"{address} is not reached{why.en}: check that the server runs, the host and the port, and the firewall. "
            "To answer from what is here, without the server: --store memory",
        )
    )


def _of_tls(error: BaseException) -> bool:
    return isinstance(error, ssl.SSLError) or type(error).__name__ == "BoltSecurityError"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it came from."""
    seen: set[int] = set()
    open_: list[BaseException | None] = [error]
    while open_:
        each = open_.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        open_ += [each.__context__, each.__cause__]
        open_ += each.exceptions if isinstance(each, BaseExceptionGroup) else ()


def _short(error: BaseException) -> str:
    """The first line of what an error says."""
    said = getattr(error, "message", None) or str(error)
    line = " ".join(str(said).split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
