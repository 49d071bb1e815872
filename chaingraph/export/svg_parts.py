"""Elements of an SVG: text escaped by the writer, numbers short, presentation attributes only."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def number(value: float) -> str:
    """A length with at most one decimal.

    >>> number(12.0), number(3.14159), number(-0.01)
    ('12', '3.1', '0')
    """
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def part(parent: ET.Element, tag: str, **attributes: str | float) -> ET.Element:
    """An element below another: ``stroke_width`` is stroke-width, ``class_`` is class."""
    told = {
        name.rstrip("_").replace("_", "-"): value if isinstance(value, str) else number(value)
        for name, value in attributes.items()
    }
    return ET.SubElement(parent, tag, told)


def text(
    parent: ET.Element,
    said: str,
    x: float,
    y: float,
    *,
    size: float | None = None,
    weight: str | None = None,
    fill: str | None = None,
    anchor: str | None = None,
) -> None:
    """A line of text on its base line; each is a paragraph of its own, so that no name turns another around."""
    drawn = part(parent, "text", x=x, y=y)
    told = {
        "font-size": None if size is None else number(size),
        "font-weight": weight,
        "fill": fill,
        "text-anchor": anchor,
    }
    drawn.attrib |= {name: value for name, value in told.items() if value is not None}
    drawn.text = said
