"""Where a fact comes from: source, evidence, grade, and a number that carries its own evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from chaingraph.model.words import Grade

SourceKind = Literal["government", "filing", "register", "press", "directory", "website", "research", "curator"]

MOST = 1e18


def _written_day(value: object) -> object:
    """Only text and dates pass: pydantic would read a number as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and not value.strip().isdigit()):
        return value
    raise PydanticCustomError("date_type", "a day is written as 2026-11-22")


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A stable lowercase ASCII slug."""

Adcode = Annotated[str, Field(pattern=r"^\d{6}$")]
"""A six-digit administrative code (GB/T 2260)."""

Line = Annotated[str, Field(min_length=1, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""Text of one line: no line breaks, tabs or control characters."""

Day = Annotated[date, BeforeValidator(_written_day)]
"""A day written as 2026-11-22; a number is none."""

Finite = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-MOST, le=MOST)]
"""A number, neither text nor true or false, and small enough to sum."""


class Record(BaseModel):
    """Base of every record: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Source(Record):
    """A document, page or filing that facts are taken from."""

    id: Id
    title: Line
    publisher: Line
    date: Day
    kind: SourceKind
    grade: Grade
    url: str | None = None
    note: str | None = None


class Evidence(Record):
    """One citation: the source, the place in it, how good it is, and the day the fact is true as of."""

    source: Id
    locator: Line
    grade: Grade
    as_of: Day
    note: str | None = None


Evidences = Annotated[tuple[Evidence, ...], Field(min_length=1)]
"""At least one citation."""


class Figure(Record):
    """A number with its own evidence; the unit is in the name of the field that holds it."""

    value: Annotated[Finite, Field(ge=0)]
    evidence: Evidences


class Share(Record):
    """A judged or measured share between 0 and 1 with its own evidence."""

    value: Annotated[Finite, Field(ge=0, le=1)]
    evidence: Evidences
