"""One question, one answer: library, command line, HTTP and the browser's own fetch give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from click.testing import CliRunner

import chaingraph
from chaingraph.cli import cli
from chaingraph.export.text import render_json

if TYPE_CHECKING:
    from chaingraph.config import Settings
    from tests.web.conftest import Asking, Served, Watched

DAY = "2026-11-22"


class Question(NamedTuple):
    """A question as it is put to each: a name of the library with what it is given, a command, a path."""

    name: str
    given: tuple[str, ...]
    options: dict[str, Any]
    command: tuple[str, ...]
    path: str


QUESTIONS = [
    Question("overview", (), {"as_of": DAY}, ("gaps", "--all", "--as-of", DAY), f"/api/overview?as_of={DAY}"),
    Question("chains", (), {}, ("chains",), "/api/chains"),
    Question(
        "gaps", ("ev",), {"as_of": DAY}, ("gaps", "--chain", "ev", "--as-of", DAY), f"/api/chains/ev/gaps?as_of={DAY}"
    ),
    Question(
        "gaps",
        ("ev",),
        {"region": "441204", "as_of": "2022-01-31", "lang": "en"},
        ("gaps", "--chain", "ev", "--region", "441204", "--as-of", "2022-01-31", "--lang", "en"),
        "/api/chains/ev/gaps?region=441204&as_of=2022-01-31&lang=en",
    ),
    Question("search", ("xp",), {}, ("search", "xp"), "/api/search?q=xp"),
    Question(
        "search", ("小鹏",), {"kinds": ["firm"]}, ("search", "小鹏", "--kind", "firm"), "/api/search?q=小鹏&kind=firm"
    ),
    Question("show", ("xpeng",), {"as_of": DAY}, ("show", "xpeng", "--as-of", DAY), f"/api/firms/xpeng?as_of={DAY}"),
    Question(
        "path",
        ("xpeng", "catl"),
        {"as_of": DAY},
        ("path", "xpeng", "catl", "--as-of", DAY),
        f"/api/path?start=xpeng&end=catl&as_of={DAY}",
    ),
    Question("projects", (), {"as_of": DAY}, ("projects", "--as-of", DAY), f"/api/projects?as_of={DAY}"),
    Question("parks", (), {"as_of": DAY}, ("parks", "--as-of", DAY), f"/api/parks?as_of={DAY}"),
    Question("targets", (), {"as_of": DAY}, ("targets", "--as-of", DAY), f"/api/targets?as_of={DAY}"),
    Question(
        "suggest_leads",
        ("ev",),
        {"as_of": DAY},
        ("leads", "suggest", "--chain", "ev", "--as-of", DAY),
        f"/api/suggestions?chain=ev&as_of={DAY}",
    ),
    Question("list_leads", (), {"as_of": DAY}, ("leads", "list", "--as-of", DAY), f"/api/leads?as_of={DAY}"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.path)
def test_library_command_and_http_answer_alike(office: Settings, client: Asking, question: Question) -> None:
    _accept(office)
    told = _told(office, question)
    command = [*question.command, "--format", "json", "--workspace", str(office.workspace)]
    assert CliRunner().invoke(cli, command, catch_exceptions=False).stdout_bytes == told
    answer = client.get(question.path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.content == told


def test_a_page_gets_what_the_library_tells(served: Served, watched: Watched) -> None:
    _accept(served.settings)
    watched.page.goto(served.url)
    for question in QUESTIONS:
        fetched = watched.page.evaluate("path => fetch(path).then((answer) => answer.text())", question.path)
        assert fetched.encode() == _told(served.settings, question), question.path


def _told(office: Settings, question: Question) -> bytes:
    return render_json(getattr(chaingraph, question.name)(office, *question.given, **question.options))


def _accept(office: Settings) -> None:
    """So that the list of leads is none that is empty."""
    chaingraph.accept_lead(office, "putailai/separator", owner="张三", despite="试", user="test")
