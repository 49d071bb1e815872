"""What both imports share."""

from __future__ import annotations

from pathlib import Path

import click

refused_option = click.option(
    "--refused",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV",
    help="把没有采用的行和值全部写入这个文件。Write every row and value that was not taken.",
)
