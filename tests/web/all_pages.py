"""Every page that is registered, as URLs: a new one is opened by the tests that open them all, without being named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeGuard
from urllib.parse import quote, urlencode

from fastapi.routing import APIRoute

from chaingraph.web.pages import OPEN, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


class Asked(NamedTuple):
    """What is asked of the pages: the values that the parameters of their paths take, and the queries to be tried.

    ``values`` is keyed by the part of the path before the parameter (``firms`` in /firms/{key}), ``queries`` by path;
    ``whole`` are the URLs of a path whose parameters depend on each other.
    """

    values: Mapping[str, Sequence[str]]
    queries: Mapping[str, Sequence[Mapping[str, str]]]
    whole: Mapping[str, Sequence[str]]

    def of(self, path: str, parameter: str) -> Sequence[str]:
        """The values of a parameter in a path; a new path must be given some here."""
        kind = path[: path.index(parameter)].rstrip("/").rpartition("/")[2]
        assert kind in self.values, f"what should {path} be opened with?"
        return self.values[kind]


def paths() -> list[str]:
    """The paths of all pages and fragments."""
    return [route.path for module in (*OPEN, *PARTS) for route in module.router.routes if _shows(route)]


def urls(asked: Asked) -> list[str]:
    """Each page with each value of its parameters and each query."""
    found = [filled for path in paths() for filled in _filled(path, path, asked)]
    assert len(found) == len(set(found))
    return found


def _shows(route: object) -> TypeGuard[APIRoute]:
    return isinstance(route, APIRoute) and "GET" in route.methods


def _filled(path: str, template: str, asked: Asked) -> Iterator[str]:
    parameter = _PARAMETER.search(path)
    if template in asked.whole:
        yield from asked.whole[template]
    elif parameter is None:
        yield path
        yield from (f"{path}?{urlencode(query)}" for query in asked.queries.get(template, ()))
    else:
        for value in asked.of(template, parameter[0]):
            yield from _filled(path.replace(parameter[0], quote(value, safe=""), 1), template, asked)
