"""The documentation holds: generated pages are fresh, commands and settings are named, every output is real."""

from __future__ import annotations

import inspect
import re
import shlex
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from chaingraph import Settings, check, config, gaps, settings
from chaingraph.cli import cli
from chaingraph.model.gap_report import GapReport
from chaingraph.scoring.engine import RULES

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")])
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def _generator() -> ModuleType:
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_pages_are_fresh() -> None:
    stale = [
        path.name
        for path, text in _generator().pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: make docs"


def test_a_json_answer_reads_back_through_its_schema_s_model(seeds: Settings) -> None:
    report = gaps(seeds, "storage", as_of="2026-11-22")
    adapter = TypeAdapter(GapReport)
    assert adapter.validate_json(adapter.dump_json(report)) == report


def _sessions() -> list[tuple[str, str, str]]:
    """Page, command and output of every ``$ chaingraph`` in the console blocks of the pages."""
    found = []
    for page in PAGES:
        for block in _CONSOLE.findall(page.read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                if command.startswith("chaingraph"):
                    found.append((page.name, command, output.strip("\n")))
    return found


@pytest.mark.parametrize(("page", "command", "output"), _sessions(), ids=lambda value: value[:60])
def test_every_output_in_the_pages_is_real(
    page: str, command: str, output: str, seeds_workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CHAINGRAPH_WORKSPACE", seeds_workspace)
    done = CliRunner().invoke(cli, shlex.split(command)[1:], catch_exceptions=False)
    assert done.stdout.strip("\n") == output, page


def test_both_readmes_show_a_real_output_and_the_two_commands() -> None:
    pages = {page for page, command, _ in _sessions() if "gaps" in command}
    assert {"README.md", "README.zh-CN.md"} <= pages
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "make gaps" in text
        assert "make test" in text


def test_every_command_and_setting_is_named_in_both_readmes() -> None:
    names = [f"chaingraph {name}" for name in cli.list_commands(click.Context(cli))]
    names += [value for key, value in vars(config).items() if key.isupper() and isinstance(value, str)]
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [name for name in names if name not in text] == [], page


def test_every_rule_explains_itself_with_formula_or_range_and_its_unknown() -> None:
    for name, rule in RULES.items():
        text = inspect.getdoc(rule) or ""
        assert "Range 0 to 1" in text, name
        assert "None" in text, name


@pytest.mark.parametrize("page", ["worked-example.md", "adding-a-chain.md", "adding-a-chain.zh-CN.md"])
def test_the_packs_that_the_pages_print_pass_the_check(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```\w+ file=(\S+)\n(.*?)```", text, re.DOTALL)
    for name, content in blocks:
        path = tmp_path / "pack" / name.removeprefix("ebike-pack/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert len(blocks) >= 3
    assert check(settings(packs=[tmp_path / "pack"])).problems == ()


def test_links_between_the_pages_lead_somewhere() -> None:
    broken = [
        (page.name, target)
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_project_names_no_package_registry_and_no_path_of_a_machine() -> None:
    hosts = "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "repo" + r"\.maven"))
    pattern = re.compile(rf"{hosts}|(?<![\w.=])/(?:root|home|work)/")
    tracked = [
        path
        for folder in ("chaingraph", "docs", "tests", "benchmarks", "seeds", "cypher", "viz", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    tracked += [path for path in ROOT.iterdir() if path.is_file()]
    assert [str(path) for path in tracked if pattern.search(path.read_text(encoding="utf-8", errors="ignore"))] == []
