"""Writes that no page of ours sent, and names of this computer that are none of its own."""

from __future__ import annotations

import hmac
import ipaddress
from urllib.parse import urlsplit

from fastapi import Request

from chaingraph.errors import AccessDenied, Text, UsageError

CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"
_OF_A_PROXY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def refuse_forgery(request: Request, token: str) -> None:
    """Lets a write through that comes from a page of ours and bears the session's token, in header or form field.

    Raises
    ------
    AccessDenied
        If it does not.
    """
    if request.method in ("GET", "HEAD"):
        return
    if _from_elsewhere(request):
        raise AccessDenied(
            Text(
                "这个请求来自别的网站，没有执行：请从本站页面操作",
                "the request comes from another site and was not carried out: work from a page of this one",
            )
        )
    said = request.headers.get(CSRF_HEADER)
    if said is None and request.headers.get("content-type", "").split(";")[0].strip().lower() in _FORMS:
        field = (await request.form()).get(CSRF_FIELD)
        said = field if isinstance(field, str) else None
    if said is None or not hmac.compare_digest(said.encode("utf-8", "replace"), token.encode()):
        raise AccessDenied(Text("页面已过期：请刷新后再试", "the page is out of date: reload it and try again"))


def refuse_strange_host(request: Request) -> None:
    """Lets through who asks from this computer, by a name that means it everywhere.

    A site that lets its name point here would ask in the name of whoever looks at it.

    Raises
    ------
    UsageError
        If the host asked for is none of this computer's.
    AccessDenied
        If it is asked from another computer, or through a proxy, which may ask for any.
    """
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname if _whole(request) else None
    if host != "localhost" and not _is_loopback(host):
        raise UsageError(
            Text(
                "还没有用户时只能用 127.0.0.1 或 localhost 打开：请换地址，或先 chaingraph users add",
                "while there are no users it is opened as 127.0.0.1 or localhost alone: "
                "use that address, or chaingraph users add first",
            )
        )
    through_a_proxy = any(header in request.headers for header in _OF_A_PROXY)
    if through_a_proxy or not _is_loopback(request.client.host if request.client else None):
        raise AccessDenied(
            Text(
                "还没有用户，只能在本机打开：请先 chaingraph users add",
                "there are no users yet, so it opens on its own computer alone: chaingraph users add first",
            )
        )


def _from_elsewhere(request: Request) -> bool:
    """Whether the browser says that another site asks. Old browsers say nothing; they are asked for the token."""
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _whole(request: Request) -> bool:
    host = request.headers.get("host", "")
    try:
        urlsplit(f"//{host}").port  # noqa: B018
    except ValueError:
        return False
    return "@" not in host


def _is_loopback(host: str | None) -> bool:
    try:
        return host is not None and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
