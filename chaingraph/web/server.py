"""Runs the application: who may be served from where, the address, the certificate, the browser."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import webbrowser
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import uvicorn

from chaingraph.errors import Text, UsageError
from chaingraph.service.accounts import asks_for_login
from chaingraph.service.workspace import open_store
from chaingraph.web.app import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from chaingraph.config import Settings
    from chaingraph.errors import Lang


class Certificate(NamedTuple):
    """The files of TLS: the certificate with its chain, and its key."""

    certificate: Path
    key: Path


class Prepared(NamedTuple):
    """An explorer that listens already. ``told`` says where it is, and what is unsafe about it."""

    listener: socket.socket
    config: uvicorn.Config
    address: str
    told: tuple[Text, ...]


def prepare(
    settings: Settings,
    host: str,
    port: int,
    *,
    lang: Lang | None = None,
    tls: Certificate | None = None,
    proxy: str | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Prepared:
    """Listens on an address, and opens the graph.

    Parameters
    ----------
    tls
        Serves https alone.
    proxy
        The address of the proxy that visitors come through: from it alone X-Forwarded-For and -Proto are believed.

    Raises
    ------
    UsageError
        If the address cannot be listened on, others may reach it while there are no users, or a file of TLS is none.
    """
    protocol, behind = _protocol(tls), _proxy(proxy)
    listener = _listening(host, port)
    try:
        reachable = proxy is not None or not _is_loopback(listener)
        if reachable and not asks_for_login(settings):
            raise UsageError(
                Text(
                    "还没有用户，只能在本机打开（127.0.0.1）。要给别的电脑用，先加管理员：chaingraph users add 姓名",
                    "there are no users yet, so it is served on this computer alone (127.0.0.1). "
                    "For others add an admin first: chaingraph users add NAME",
                )
            )
        open_store(settings, progress)
        app = build(settings, lang)
    except BaseException:
        listener.close()
        raise
    address = _url(listener, "https" if tls else "http")
    told = [Text(f"图谱在 {address}，按 Ctrl-C 停止", f"The explorer is at {address}, Ctrl-C stops it")]
    if reachable and tls is None and proxy is None:
        told.append(
            Text(
                "注意：密码和数据未加密传输。请用 --certificate 和 --key，或放在反向代理后面（--behind-proxy）",
                "Note: passwords and data travel unencrypted. Use --certificate and --key, or a proxy (--behind-proxy)",
            )
        )
    config = uvicorn.Config(app, log_level="warning", server_header=False, ws="none", **protocol, **behind)
    return Prepared(listener, config, address, tuple(told))


def serve(prepared: Prepared, browser: bool = True) -> None:
    """Serves until it is stopped, by Ctrl-C or a signal to end."""
    with closing(prepared.listener):
        if browser:
            webbrowser.open(prepared.address)
        # The server has closed its connections by the time that it passes Ctrl-C on.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(prepared.config).run([prepared.listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.create_server((str(address[0]), port), family=family)
        # asyncio sets it for sockets of its own alone. Without it the body of an answer waits 40 ms for the
        # browser to acknowledge the headers.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            Text(
                f"不能监听 {host}:{port}（{reason}）：请换 --port 或 --host",
                f"cannot listen on {host}:{port} ({reason}): name another --port or --host",
            )
        ) from error


def _is_loopback(listener: socket.socket) -> bool:
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def _url(listener: socket.socket, scheme: str) -> str:
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = socket.gethostname()
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"


def _protocol(tls: Certificate | None) -> dict[str, Any]:
    """What uvicorn is told of TLS.

    Raises
    ------
    UsageError
        If a file cannot be read, is none, or the key is another certificate's or asks for a password.
    """
    if tls is None:
        return {}
    try:
        for file in tls:
            file.read_bytes()
        # A key with a password would ask for it, here and whenever the server starts anew.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tls.certificate, tls.key, password=lambda: "")
    except OSError as error:
        reason = error.strerror or str(error)
        which = error.filename or f"{tls.certificate}, {tls.key}"
        raise UsageError(
            Text(
                f"证书或密钥不能用：{which}（{reason}）。请给 PEM 格式、成对、无口令的 --certificate 和 --key",
                f"the certificate or its key cannot be used: {which} ({reason}). Give --certificate and --key in PEM, "
                "of one pair, the key without a password",
            )
        ) from error
    return {"ssl_certfile": tls.certificate, "ssl_keyfile": tls.key}


def _proxy(proxy: str | None) -> dict[str, Any]:
    """What uvicorn is told of a proxy: without one nobody's word is taken for another's address."""
    if proxy is None:
        return {"proxy_headers": False}
    try:
        return {"proxy_headers": True, "forwarded_allow_ips": str(ipaddress.ip_address(proxy))}
    except ValueError as error:
        raise UsageError(
            Text(
                f"--behind-proxy 应是反向代理的 IP 地址，如 127.0.0.1，而不是“{proxy}”",
                f"--behind-proxy is the IP address of the proxy, as 127.0.0.1, not {proxy!r}",
            )
        ) from error
