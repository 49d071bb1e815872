"""Where a fact comes from: source, evidence, grade, and a number that carries its own evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chaingraph.model.words import Grade

SourceKind = Literal["government", "filing", "register", "press", "directory", "website", "research", "curator"]

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A stable lowercase ASCII slug."""

Adcode = Annotated[str, Field(pattern=r"^\d{6}$")]
"""A six-digit administrative code (GB/T 2260)."""

Line = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    """Base of every record: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Source(Record):
    """A document, page or filing that facts are taken from."""

    id: Id
    title: Line
    publisher: Line
    date: date
    kind: SourceKind
    grade: Grade
    url: str | None = None
    note: str | None = None


class Evidence(Record):
    """One citation: the source, the place in it, how good it is, and the day the fact is true as of."""

    source: Id
    locator: Line
    grade: Grade
    as_of: date
    note: str | None = None


Evidences = Annotated[tuple[Evidence, ...], Field(min_length=1)]
"""At least one citation."""


class Figure(Record):
    """A number with its own evidence; the unit is in the name of the field that holds it."""

    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    evidence: Evidences


class Share(Record):
    """A judged or measured share between 0 and 1 with its own evidence."""

    value: Annotated[float, Field(ge=0, le=1)]
    evidence: Evidences
