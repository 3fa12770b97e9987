"""The one way from results to JSON and back: dataclasses as they are declared, null for a number that is not known."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer, TypeAdapter
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


class _Unchecked:
    """Lets a field hold what pydantic does not know; its declaration says what it is."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.any_schema()


def _plain(value: Any) -> Any:
    """Return the numbers and texts of something, None for what is neither, nor a list or a dataclass of them.

    Fields that a dataclass does not show stay out.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.repr}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if isinstance(value, (str, int, float, bool)) else None


Hidden = Annotated[T, _Unchecked(), Field(exclude=True)]
"""A field that JSON does not have."""

Plain = Annotated[T, _Unchecked(), PlainSerializer(_plain)]
"""A field of which JSON has the numbers and texts."""

Named = Annotated[T, _Unchecked(), PlainSerializer(lambda value: None if value is None else value.name)]
"""A field of which JSON has the name."""

Real = Annotated[float, BeforeValidator(lambda value: math.nan if value is None else value)]
"""A number that is read as NaN where JSON has null."""


def key(name: str) -> Any:
    """Return what gives a field, as an annotation of it, another name in JSON."""
    return Field(serialization_alias=name)


def to_json(value: Any, kind: Any = None) -> Any:
    """Return what JSON has of a value, declared as a ``kind`` (by default its type)."""
    declared: Any = type(value) if kind is None else kind
    return json.loads(_adapter(declared).dump_json(value, by_alias=True))


def from_json(text: str, kind: Any) -> Any:
    """Return the value of a kind that JSON holds; raise ValueError if the text holds something else."""
    return _adapter(kind).validate_json(text)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
