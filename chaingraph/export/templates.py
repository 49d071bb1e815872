"""Our HTML templates (viz/templates) and the words they speak: every name escaped, nothing undefined."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chaingraph import resources
from chaingraph.export.fact_text import said
from chaingraph.export.shown_gaps import sort_keys, text_of
from chaingraph.model.numbers import money, number, percent
from chaingraph.model.shown_status import status_of
from chaingraph.model.words import predicate, word

if TYPE_CHECKING:
    from chaingraph.errors import Lang


@cache
def environment() -> Environment:
    """The environment of all templates, which keeps those it has read."""
    made = Environment(
        loader=FileSystemLoader(resources.folder("viz") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(sort_keys=sort_keys, status_of=status_of, text_of=text_of)
    return made


def spoken_in(lang: Lang) -> dict[str, Any]:
    """What a template says things with in one language: t, word, predicate, number, money, percent, said."""
    return {
        "lang": lang,
        "t": lambda zh, en: zh if lang == "zh" else en,
        "word": lambda key: word(key, lang),
        "predicate": lambda key: predicate(key, lang),
        "number": number,
        "money": lambda value: money(value, lang),
        "percent": percent,
        "said": lambda fact: said(fact, lang),
    }


def render(template: str, lang: Lang, **context: Any) -> str:
    """A template filled in; ``context`` stands beside the words of ``spoken_in``."""
    return environment().get_template(template).render(**spoken_in(lang), **context)
