"""Settings: the workspace, the packs, the user; from arguments, the environment (CHAINGRAPH_*) or defaults."""

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


class Settings(NamedTuple):
    """Where the data is. ``packs`` are pack folders, the default pack at the bottom."""

    workspace: Path
    packs: tuple[Path, ...]


def settings(
    workspace: str | Path | None = None,
    packs: Sequence[str | Path] = (),
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings in force: an argument wins over the environment, the environment over the default.

    Parameters
    ----------
    workspace
        The workspace folder; by default CHAINGRAPH_WORKSPACE, else the user's data folder.
    packs
        Packs to lay over the default pack; by default CHAINGRAPH_PACKS, separated as PATH is.
    """
    given = [str(pack) for pack in packs] or [p for p in environ.get(PACKS, "").split(os.pathsep) if p]
    seeds = resources.folder("seeds")
    over = [path for path in map(Path, given) if not path.exists() or not path.samefile(seeds)]
    return Settings(_workspace(workspace or environ.get(WORKSPACE)), (seeds, *over))


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
