"""The JSON API keeps its OpenAPI, whatever it is asked: no 5xx, every error in the one envelope, every answer as told.

Schemathesis asks each operation that is registered: valid questions, wrong ones, values at the edge, wrong methods.
"""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import ValidationError
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chaingraph.service.leads.export import export_leads
from chaingraph.service.leads.suggest import suggest_leads
from chaingraph.service.ledger.actions import accept_lead
from chaingraph.web.app import build
from chaingraph.web.envelope import Envelope
from chaingraph.web.safety.visitor import CSRF_HEADER
from tests.web.conftest import PASSWORD, Asking, asking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemathesis import APIOperation, Case
    from starlette.types import ASGIApp, Receive, Scope, Send

    from chaingraph.config import Settings

HERE = "http://127.0.0.1:8000"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
"""Left out: that valid data are accepted and wrong ones refused (an id may be well formed and unknown, a parameter that
nobody knows is passed over), and that a thing made can be found (nothing is made under a URL that the caller names)."""
SAME_EACH_RUN = settings(
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def _known(office: Settings) -> dict[str, list[str]]:
    """Values that are there: without them hardly a question would reach an answer.

    Keyed by the name of a parameter or field; that of a path by the part of the path before it too.
    """
    gap, other = suggest_leads(office, "ev", top=1).gaps[:2]
    lead = accept_lead(office, gap.leads[0].id, user="test").lead
    leads, links, firms = [lead.id, other.leads[0].id], [gap.link, other.link], [gap.leads[0].firm, "xpeng"]
    places = ["441200", "441204", "高要区"]
    (week,) = {Path(file).stem for file in export_leads(office, user="test").files}
    return {
        "files": [f"{week}.xlsx", f"{week}.json"],
        "users": ["经办", "查看"],
        "role": ["viewer", "officer"],
        "password": [PASSWORD],
        "despite": ["试"],
        "stage": ["parked", "assessing"],
        "reason": ["试"],
        "next_step": ["拜访"],
        "due": ["2026-12-01"],
        "chain": ["ev"],
        "link": links,
        "lead": leads,
        "node": [*firms, *links, "ev"],
        "start": [*firms, *links],
        "end": [*firms, "441200"],
        "region": places,
        "county": places[1:],
        # What is written is written today.
        "as_of": [date.today().isoformat()],
        "date": ["2026-11-22"],
        "q": ["xp", "小鹏", "dianchi"],
        "firms": firms,
        "parks": ["zhaoqing-hitech"],
        "projects": ["xpeng-zhaoqing-plant"],
        "regions": places,
        "platforms": ["xijiang-laboratory"],
        "policies": ["zq-park-344"],
        "targets": ["zq-2022-xpeng-capacity"],
        "actuals": ["zq-2020-new-projects"],
        "sources": ["zq-work-report-2022"],
    }


def _among_known(described: dict[str, Any], known: Mapping[str, list[str]]) -> dict[str, Any]:
    """The same OpenAPI, which asks for nothing but known values where some are."""
    narrowed = copy.deepcopy(described)
    for path, operations in narrowed["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                name = parameter["name"]
                before = path.partition("{" + name)[0].rstrip("/").rpartition("/")[2]
                values = known.get(name) or (known.get(before) if parameter["in"] == "path" else None)
                parameter["schema"] = _narrowed(parameter["schema"], values)
            for content in operation.get("requestBody", {}).get("content", {}).values():
                body = copy.deepcopy(described["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]])
                # What may be left out and is not known is left out.
                body["properties"] = {
                    name: _narrowed(field, known.get(name))
                    for name, field in body["properties"].items()
                    if name in known or name in body.get("required", ())
                }
                content["schema"] = body
    return narrowed


def _narrowed(schema: dict[str, Any], values: list[str] | None) -> dict[str, Any]:
    """Known values alone; without any, what the schema says but for null, which a URL has no word for."""
    if values:
        return {"enum": values}
    others = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    return {**schema, "anyOf": others} if others else schema


def _from_loopback(app: ASGIApp) -> ASGIApp:
    """The app as a browser on this machine reaches it."""

    async def reached(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "client": ("127.0.0.1", 50000)}, receive, send)

    return reached


def _takes_away(operation: APIOperation) -> bool:
    """Whether nothing can be done with what is named, once this is done."""
    return operation.method == "delete" or operation.path.endswith("/drop")


class Questioner:
    """Asks an office with leads in its ledger, as a page of ours that an admin sees; notes what is answered."""

    def __init__(self, office: Settings, browser: Asking) -> None:
        self.described = browser.app.openapi()
        self.known = _known(office)
        self.statuses: dict[str, Counter[int]] = defaultdict(Counter)
        self.broken: list[str] = []
        self._app = _from_loopback(browser.app)
        self._token = browser.token()
        self._cookies = dict(browser.cookies)

    def ask_all(self, described: dict[str, Any], mode: GenerationMode, times: int) -> None:
        """Asks each operation of an OpenAPI so many times."""
        schema = schemathesis.openapi.from_dict(described, config=SchemathesisConfig(seed=1))
        schema.app = self._app
        # What takes away comes last: before it there is something to ask of.
        for operation in sorted((found.ok() for found in schema.get_all_operations()), key=_takes_away):
            asks_for_something = bool([*operation.iter_parameters(), *operation.body])
            if not asks_for_something and mode is GenerationMode.NEGATIVE:
                continue
            try:
                self._ask(operation, mode, times)
            except (FailureGroup, AssertionError, ValidationError) as failure:
                self.broken.append(f"{operation.label}, {mode.value} data: {failure}")

    def _ask(self, operation: APIOperation, mode: GenerationMode, times: int) -> None:
        """Some questions, the same ones in each run."""

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(SAME_EACH_RUN, max_examples=times)
        def asked(case: Case) -> None:
            answer = case.call(base_url=HERE, headers={CSRF_HEADER: self._token}, cookies=self._cookies, timeout=120)
            self.statuses[operation.label][answer.status_code] += 1
            case.validate_response(answer, CHECKS)
            if answer.status_code >= 400:
                problem = Envelope.model_validate_json(answer.content, extra="forbid").error
                assert problem.status == answer.status_code
                assert problem.code
                assert problem.message

        asked()


def test_every_operation_of_the_api_keeps_its_contract(staffed: Settings) -> None:
    with asking(build(staffed)) as browser:
        assert browser.sign_in("管理").status_code == 303
        questioner = Questioner(staffed, browser)
        known = _among_known(questioner.described, questioner.known)
        questioner.ask_all(known, GenerationMode.POSITIVE, 16)
        questioner.ask_all(questioner.described, GenerationMode.POSITIVE, 8)
        questioner.ask_all(questioner.described, GenerationMode.NEGATIVE, 8)
    assert questioner.broken == [], "\n\n".join(questioner.broken)
    unanswered = {label for label, statuses in questioner.statuses.items() if min(statuses) >= 300}
    # A workbook is nothing that could be drawn.
    assert unanswered == {"POST /api/week/import"}


def test_a_method_that_a_path_has_not_is_refused_in_the_envelope(client: Asking) -> None:
    headers = {CSRF_HEADER: client.token()}
    described = client.app.openapi()["paths"]
    assert described
    for path, operations in described.items():
        for method in {"get", "post", "put", "delete", "patch"} - operations.keys():
            answer = client.request(method, path.replace("{", "").replace("}", ""), headers=headers)
            assert answer.status_code == 405, f"{method} {path}"
            if path.startswith("/api/"):
                assert Envelope.model_validate_json(answer.content).error.status == 405


@pytest.mark.parametrize("path", ["/api/nothing", "/api/chains/ev/nothing"])
def test_a_path_of_the_api_that_is_none_is_told_in_the_envelope(client: Asking, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert Envelope.model_validate_json(answer.content).error.code == "not_found"


def test_the_guide_lists_every_path_of_the_api(client: Asking) -> None:
    guide = client.get("/api")
    assert guide.status_code == 200
    shown = guide.text.replace("<wbr>", "")
    for path in client.app.openapi()["paths"]:
        assert path in shown
