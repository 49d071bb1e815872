"""What every page is asked beside its own question: region, day, language. What is asked stands in the URL."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple, TypedDict
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from chaingraph.config import Settings
from chaingraph.errors import Lang, Text, UsageError
from chaingraph.service.arguments import day
from chaingraph.web.safety.visitor import Visitor

MOST_TEXT = 200
"""So many characters of a name or a word are read; nobody's is longer."""


class Asking(TypedDict):
    """Region, day and language as the service takes them."""

    region: str | None
    as_of: str | None
    lang: Lang


class View(NamedTuple):
    """Region and day as asked for, None for the pack's home region and today; the language spoken.

    ``asked`` is what the URL said of the three, and what every link onward repeats.
    """

    region: str | None
    as_of: str | None
    lang: Lang
    asked: tuple[tuple[str, str], ...] = ()

    def url(self, path: str, **more: object) -> str:
        """A link of ours that keeps what is asked; ``more`` are parameters of the page, None ones left out."""
        told = {**dict(self.asked), **{key: str(value) for key, value in more.items() if value is not None}}
        return f"{path}?{urlencode(told)}" if told else path

    def is_of_today(self) -> bool:
        """Whether what is seen is how things stand; a day before or after is only to be looked at."""
        return day(self.as_of) == date.today()

    def asking(self) -> Asking:
        """Region, day and language for a call of the service."""
        return Asking(region=self.region, as_of=self.as_of, lang=self.lang)


def _view(
    request: Request,
    region: Annotated[str | None, Query(max_length=MOST_TEXT, description="Adcode or name of the region")] = None,
    as_of: Annotated[str | None, Query(max_length=20, description="Answer as of that day, 2026-11-22")] = None,
    lang: Annotated[Lang | None, Query(description="zh or en; the pack's own by default")] = None,
) -> View:
    day(as_of or None)
    asked = {"region": region, "as_of": as_of, "lang": lang}
    told = tuple((key, value) for key, value in asked.items() if value)
    return View(region or None, as_of or None, lang or request.app.state.lang, told)


def _acted_on(view: Annotated[View, Depends(_view)]) -> View:
    if not view.is_of_today():
        raise UsageError(
            Text(
                f"看的是 {view.as_of} 的情况，只能看、不能改：请去掉 as_of，回到今天再办理",
                f"this is how things stand on {view.as_of}, to be looked at only: leave as_of out and act today",
            )
        )
    return view


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Seen = Annotated[View, Depends(_view)]
"""The view of a request."""
Today = Annotated[View, Depends(_acted_on)]
"""The view of a request that changes the ledger; refused where another day is seen."""
Data = Annotated[Settings, Depends(_settings)]
"""Where the data is."""


def may_write(visitor: Visitor, view: View) -> bool:
    """Whether a page offers the visitor to work the leads: to an officer, over today."""
    return visitor.may("officer") and view.is_of_today()


def lang_of(request: Request) -> Lang:
    """The language of a request, also of one that cannot be answered."""
    asked = request.query_params.get("lang")
    default: Lang = request.app.state.lang
    return asked if asked in ("zh", "en") else default  # type: ignore[return-value]
