"""One envelope for every error: JSON for scripts, which ask /api or for a piece of a page; a page for others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from chaingraph.errors import ChaingraphError, NotFound, NotSignedIn, Text, Throttled, UsageError
from chaingraph.web.answers import page
from chaingraph.web.safety.sessions import of_a_script
from chaingraph.web.safety.visitor import NOBODY
from chaingraph.web.view import View, lang_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response


class Problem(BaseModel):
    """What is wrong and how to mend it. ``code`` is the error's class in snake case."""

    status: int
    code: str
    message: str


class Envelope(BaseModel):
    """The body of every answer that is an error."""

    error: Problem


ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {"model": Envelope} for status in (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
}
"""The errors that every path under /api may answer, for its OpenAPI."""


def add_to(app: FastAPI) -> None:
    """Lets the app answer errors in the envelope."""
    app.add_exception_handler(ChaingraphError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ChaingraphError)
    if isinstance(error, NotSignedIn) and request.method == "GET" and not of_a_script(request):
        onward = quote(request.scope["path"]) + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': onward})}", 303)
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, Throttled) else {}
    return answer(request, error, headers=headers)


def _invalid(request: Request, error: Exception) -> Response:
    """A parameter that is none: FastAPI tells which and why."""
    assert isinstance(error, RequestValidationError)
    zh, en = [], []
    for each in error.errors():
        name = ".".join(str(part) for part in each["loc"] if part not in ("query", "path", "body"))
        zh.append(f"{name}：{_WRONG.get(each['type'], '不对').format_map(each.get('ctx', {}))}")
        en.append(f"{name}: {each['msg']}")
    return answer(request, UsageError(Text(f"参数不对：{'；'.join(zh)}", f"wrong parameters: {'; '.join(en)}")))


_WRONG = {
    "missing": "必填",
    "extra_forbidden": "没有这一项",
    "json_invalid": "不是 JSON",
    "string_too_long": "最多 {max_length} 个字符",
    "string_too_short": "至少 {min_length} 个字符",
    "string_type": "应是文字",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "float_parsing": "应是数",
    "bool_parsing": "应是 true 或 false",
    "greater_than_equal": "不小于 {ge}",
    "less_than_equal": "不大于 {le}",
    "literal_error": "只能是 {expected}",
    "date_from_datetime_parsing": "应是日期，如 2026-11-22",
}
"""What is wrong with a parameter, by pydantic's name for it."""


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        where = request.url.path[:200]
        return answer(request, NotFound(Text(f"没有页面 {where}", f"no page {where}")))
    method = f"这个地址不接受 {request.method}" if error.status_code == 405 else "请求读不懂"
    problem = UsageError(Text(method, f"the request is wrong: {error.detail}"))
    return answer(request, problem, error.status_code, dict(error.headers or {}))


def _unforeseen(request: Request, error: Exception) -> Response:  # noqa: ARG001
    # The server's log has the traceback; a visitor is told nothing of our inside.
    told = Text("服务器出错：请把时间告诉管理员", "the server failed: tell the administrator when")
    return answer(request, ChaingraphError(told))


def answer(
    request: Request, error: ChaingraphError, status: int | None = None, headers: dict[str, str] | None = None
) -> Response:
    """The answer that tells an error."""
    lang = lang_of(request)
    status = status or error.http_status
    problem = Problem(status=status, code=_code(error), message=error.text.in_(lang))
    if of_a_script(request):
        return JSONResponse(Envelope(error=problem).model_dump(), status, headers)
    visitor = getattr(request.state, "visitor", NOBODY)
    named = [str(value) for value in request.path_params.values() if str(value) in problem.message]
    asked = tuple((key, value) for key in ("region", "as_of", "lang") if (value := request.query_params.get(key)))
    told = page("error.html", View(None, None, lang, asked), visitor, status=status, problem=problem, named=named)
    told.headers.update(headers or {})
    return told


def _code(error: ChaingraphError) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()
