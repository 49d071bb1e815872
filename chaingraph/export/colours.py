"""The colours of the product in pictures: the same hex values as the variables of viz/static/css/base.css."""

from __future__ import annotations

from typing import NamedTuple


class Colour(NamedTuple):
    """A status in a picture: the bar, the light ground, and text that reads on that ground (contrast 4.5 and more)."""

    strong: str
    ground: str
    text: str


STATUS: dict[str, Colour] = {
    "covered": Colour("#2e7d4f", "#e6f4ec", "#1f6b40"),
    "thin": Colour("#9a6412", "#fdf3e0", "#8a560b"),
    "claimed": Colour("#7b5ea7", "#f2edf9", "#664a92"),
    "planned": Colour("#2b6cb0", "#e6f0fa", "#235a94"),
    "missing": Colour("#c2362b", "#fdeae8", "#ad2c22"),
    "no_data": Colour("#6b7480", "#f4f6f8", "#59636e"),
    "leader": Colour("#1f4e79", "#1f4e79", "#ffffff"),
}
"""Every status that a cell of the map can have, in the order of the legend."""

INK = "#1b1f24"
QUIET = "#59636e"
LINE = "#d5dae0"
PAPER = "#ffffff"
SOFT = "#f4f6f8"
BRAND = "#1f4e79"
STAR = "#ffd166"
FEED = "#c4ced9"
FEED_RECYCLED = "#7fb795"
"""Ink, quiet text, lines and grounds; what a feed is drawn in."""

FONTS = "Microsoft YaHei, 微软雅黑, PingFang SC, Noto Sans CJK SC, Noto Sans SC, sans-serif"
"""The fonts of a picture, the first that the reader's machine has."""
