"""What a warm ``gaps`` leaves unimported: the price of a command is its imports."""

from __future__ import annotations

import subprocess
import sys

from chaingraph import Settings, gaps

HEAVY = {"pydantic", "yaml", "networkx", "difflib", "csv", "asyncio", "tempfile", "shutil"} | {
    *(
        "fastapi",
        "starlette",
        "uvicorn",
        "jinja2",
        "argon2",
        "itsdangerous",
        "multipart",
        "pyvis",
        "xlsxwriter",
        "neo4j",
    ),
}
_RUN = """
import sys
sys.argv = ["chaingraph", "gaps", "--chain", "ev", "--workspace", {workspace!r}]
from chaingraph.cli import main
try:
    main()
except SystemExit as done:
    assert done.code in (0, None), done.code
print("\\n@" + " ".join(sorted(sys.modules)))
"""


def test_a_warm_gaps_imports_no_pydantic_yaml_or_networkx(seeds: Settings) -> None:
    gaps(seeds, "ev")
    code = _RUN.format(workspace=str(seeds.workspace))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    modules = set(done.stdout.rpartition("@")[2].split())
    assert "numpy" in modules
    assert modules & HEAVY == set()


def test_importing_chaingraph_or_its_command_line_imports_click_alone() -> None:
    code = "import chaingraph, chaingraph.cli, sys; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    modules = set(done.stdout.split())
    assert "click" in modules
    assert modules & {*HEAVY, "numpy", "platformdirs"} == set()
