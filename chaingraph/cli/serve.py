"""``chaingraph serve``: the explorer in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chaingraph.cli.options import CompileBar, asking_to_serve
from chaingraph.errors import Text, UsageError

if TYPE_CHECKING:
    from chaingraph.cli.options import Ask

_FILE = click.Path(path_type=Path)


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="监听地址；本机以外须先有用户。Address to listen on."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口，0 为任意空闲端口。0 is any."
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器。Do not open the browser.")
@click.option("--certificate", type=_FILE, metavar="FILE", help="TLS 证书（PEM，含证书链）。Certificate, for https.")
@click.option("--key", type=_FILE, metavar="FILE", help="证书的密钥（PEM，无口令）。Its key.")
@click.option(
    "--behind-proxy", "proxy", metavar="ADDRESS", help="反向代理的 IP 地址。Believe the proxy at that address."
)
@asking_to_serve
def command(
    ask: Ask,
    host: str,
    port: int,
    no_browser: bool,
    certificate: Path | None,
    key: Path | None,
    proxy: str | None,
) -> None:
    """在浏览器里打开图谱。Open the explorer in the browser.

    没有用户时只在本机打开，不用登录；加入用户（chaingraph users add）后人人登录，也可以让别的电脑打开。
    Without users it opens on this computer alone; with users everybody signs in, from other computers too.
    """
    if (certificate is None) != (key is None):
        raise UsageError(Text("--certificate 与 --key 要一起写", "give --certificate and --key together"))
    from chaingraph.web.server import Certificate, prepare, serve

    with CompileBar(ask.lang) as progress:
        tls = Certificate(certificate, key) if certificate and key else None
        prepared = prepare(ask.settings, host, port, lang=ask.lang, tls=tls, proxy=proxy, progress=progress)
    for text in prepared.told:
        click.echo(text.in_(ask.lang or "zh"))
    serve(prepared, browser=not no_browser)
