"""The kinds of values a scenario file holds: numbers with a range, months, choices, and the unknown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    Strict,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from qsim.files.keys import ID_PATTERN
from qsim.files.messages import shown, suggestion
from qsim.files.translation import SOURCE_PATTERN

MONTH_PATTERN = re.compile(r"^((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])$")
MONTH_NUMBERS = range(12 * 1900, 12 * 2200)
NUMBER_IN_TEXT = re.compile(r"^\s*([-+]?[0-9]+(?:[.,][0-9]+)?)\s*(%?)")
ANY_NUMBER = 1e300

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
"""A name of an object in a file: lower case letters, digits and underscores."""

Source = Annotated[str, StringConstraints(pattern=SOURCE_PATTERN, max_length=400)]
"""Where a fact comes from: ``report 1.2``, ``public B-S1: ...``, ``literature ...`` or ``assumption: ...``."""

Flag = Annotated[bool, Strict()]
"""``true`` or ``false``; no other word or number stands for them."""


class Part(BaseModel):
    """A part of a scenario file: frozen, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Unknown(Part):
    """A value nobody knows, with what is known of it.

    Exactly one of ``between`` (two numbers or two months, low before high) and ``one_of`` (choices or numbers, equally
    likely) is set. It is drawn by address, so twin scenarios share the draw.
    """

    between: tuple[float, float] | None = None
    one_of: tuple[Any, ...] | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Unknown:
        if (self.between is None) == (self.one_of is None):
            raise ValueError("an unknown value takes one of between and one_of")
        return self

    @property
    def middle(self) -> Any:
        """The middle of the range (a float) or the first of the choices: what stands where one value must."""
        if self.between is not None:
            return 0.5 * (self.between[0] + self.between[1])
        assert self.one_of is not None
        return self.one_of[0]

    @property
    def smallest(self) -> Any:
        """The lower end of the range, or the smallest of the choices."""
        if self.between is not None:
            return self.between[0]
        assert self.one_of is not None
        return min(self.one_of)

    @property
    def largest(self) -> Any:
        """The upper end of the range, or the largest of the choices."""
        if self.between is not None:
            return self.between[1]
        assert self.one_of is not None
        return max(self.one_of)


def month_number(text: str) -> int:
    """Return the absolute month of a date ``YYYY-MM``, 1900 to 2199: ``12 * year + month - 1``; raise ValueError."""
    found = MONTH_PATTERN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a month such as 2015-09, from 1900 to 2199")
    return 12 * int(found[1]) + int(found[2]) - 1


def month_text(month: float) -> str:
    """Return the date ``YYYY-MM`` of an absolute month."""
    year, index = divmod(int(month), 12)
    return f"{year:04d}-{index + 1:02d}"


def refused(text: str) -> PydanticCustomError:
    """Return the error of a value, in the words of a message."""
    return PydanticCustomError("refused", "{text}", {"text": text})


def _unknown(raw: dict[Any, Any], read: Callable[[Any], Any], ordered: bool) -> Unknown:
    """Read ``{between: [low, high]}`` or ``{one_of: [...]}``, each value by ``read``."""
    stated = [form for form in ("between", "one_of") if form in raw]
    forms = [form for form in stated if raw[form] is not None] or stated[:1]
    strange = [key for key in raw if key not in ("between", "one_of", "reason")]
    if strange:
        keys = suggestion(strange[0], ("between", "one_of", "reason"), "an unknown value takes")
        raise refused(f"unknown key {shown(strange[0])}{keys}")
    if len(forms) != 1:
        raise refused("expected one value, or one of {between: [low, high]} and {one_of: [...]}")
    form, values, reason = forms[0], raw[forms[0]], raw.get("reason")
    if reason is not None and not isinstance(reason, str):
        raise refused(f"the reason is {shown(reason)}; expected text")
    if not isinstance(values, (list, tuple)) or not values:
        expected = "[low, high]" if form == "between" else "a list of choices"
        raise refused(f"{form} is {'empty' if values in (None, [], ()) else shown(values)}; expected {expected}")
    if form == "between" and not ordered:
        raise refused("between takes numbers or months; here write one_of")
    if form == "between" and len(values) == 4 and all(isinstance(value, int) for value in values):
        raise refused(f"between takes two values; found four; decimals take a point, as in {values[0]}.{values[1]}")
    read_values = tuple(read(value) for value in values)
    if form == "one_of":
        return Unknown(one_of=read_values, reason=reason)
    if len(read_values) != 2 or read_values[0] >= read_values[1]:
        raise refused(f"between takes two values, the lower first; found {', '.join(map(shown, values))}")
    return Unknown(between=read_values, reason=reason)


def _json_schema(known: dict[str, Any], ordered: bool = True) -> dict[str, Any]:
    forms: list[dict[str, Any]] = []
    reason = {"type": "string"}
    if ordered:
        between = {"type": "array", "items": known, "minItems": 2, "maxItems": 2}
        forms.append(_form("between", between, reason))
    forms.append(_form("one_of", {"type": "array", "items": known, "minItems": 1}, reason))
    return {"anyOf": [known, *forms]}


def _form(name: str, values: dict[str, Any], reason: dict[str, Any]) -> dict[str, Any]:
    properties = {name: values, "reason": reason}
    return {"type": "object", "additionalProperties": False, "required": [name], "properties": properties}


@dataclass(frozen=True)
class Number:
    """Marks the type of a number from ``low`` to ``high`` of some unit, or of an unknown one within that range.

    ``name`` says what the number is (``share``, ``duration``), ``unit`` what it counts if the name does not. A
    ``whole`` number has no fraction; a ``known`` one cannot be unknown.
    """

    low: float
    high: float
    name: str
    whole: bool = False
    unit: str = ""
    known: bool = False

    def read(self, raw: Any) -> float:
        """Return the number; raise a PydanticCustomError that says what was found and expected."""
        if isinstance(raw, str):
            raise refused(self._text_for_number(raw))
        if (
            isinstance(raw, bool)
            or not isinstance(raw, (int, float))
            or not self.low <= raw <= self.high
            or (self.whole and raw != int(raw))
        ):
            if raw is None:
                raise refused(f"found nothing; expected {self._range()}")
            article = "an" if self.name[0] in "aeiou" else "a"
            raise refused(f"{shown(raw)} is not {article} {self.name}; expected {self._range()}")
        return int(raw) if self.whole else float(raw)

    def _range(self) -> str:
        if self.high >= ANY_NUMBER:
            return "a number" if self.low <= -ANY_NUMBER else f"a number from {self.low:g} on"
        low, high = (f"{int(end)}" if self.whole else f"{end:g}" for end in (self.low, self.high))
        span = f"{low} to {high} {self.unit}".rstrip()
        return f"a whole number from {span}" if self.whole else span

    def _text_for_number(self, raw: str) -> str:
        found = NUMBER_IN_TEXT.match(raw)
        if found is None:
            return f"{shown(raw)} is text; expected {self._range()}"
        number = float(found[1].replace(",", ".")) / (100 if found[2] else 1)
        if "," in found[1] and found[0] == raw and not found[2]:
            return f"{shown(raw)} has a decimal comma; expected a decimal point, {number:g} ({self._range()})"
        if not self.low <= number <= self.high:
            return f"{shown(raw)} is text; expected the number alone, {self._range()}"
        return f"{shown(raw)} is text; expected the number alone, {number:g} ({self._range()})"

    def read_any(self, raw: Any) -> Any:
        """Return the number or the unknown number."""
        if isinstance(raw, Unknown) and not self.known:
            return raw
        return _unknown(raw, self.read, ordered=True) if isinstance(raw, dict) and not self.known else self.read(raw)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read_any)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        known: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        known |= {key: end for key, end in (("minimum", self.low), ("maximum", self.high)) if abs(end) < ANY_NUMBER}
        return known if self.known else _json_schema(known)


@dataclass(frozen=True)
class Choice:
    """Marks the type of a choice among names, or of an unknown one among some of them."""

    options: tuple[str, ...]

    def read(self, raw: Any) -> str:
        """Return the name; raise a PydanticCustomError that lists the options."""
        if not isinstance(raw, str) or raw not in self.options:
            raise refused(f"{shown(raw)} is not a choice here{suggestion(raw, self.options)}")
        return raw

    def read_any(self, raw: Any) -> Any:
        """Return the name or the unknown choice."""
        if isinstance(raw, Unknown):
            return raw
        return _unknown(raw, self.read, ordered=False) if isinstance(raw, dict) else self.read(raw)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read_any)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return _json_schema({"enum": list(self.options)}, ordered=False)


def _read_month(raw: Any) -> int:
    if isinstance(raw, str) and MONTH_PATTERN.fullmatch(raw):
        return month_number(raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and raw in MONTH_NUMBERS:
        return raw
    raise refused(f"{shown(raw)} is not a month; expected year and month such as 2015-09, from 1900 to 2199")


def _read_any_month(raw: Any) -> Any:
    if isinstance(raw, Unknown):
        return raw
    return _unknown(raw, _read_month, ordered=True) if isinstance(raw, dict) else _read_month(raw)


def _write_month(month: Any) -> Any:
    if not isinstance(month, Unknown):
        return month_text(month)
    form = "one_of" if month.between is None else "between"
    written: dict[str, Any] = {form: [month_text(value) for value in getattr(month, form)]}
    return written if month.reason is None else {**written, "reason": month.reason}


_MONTH_SCHEMA = {"type": "string", "pattern": MONTH_PATTERN.pattern}
Month = Annotated[
    int | Unknown,
    BeforeValidator(_read_any_month),
    PlainSerializer(_write_month),
    WithJsonSchema(_json_schema(_MONTH_SCHEMA)),
]
"""An absolute month, written ``2015-09``, or an unknown one, written ``{between: [2012-01, 2014-12]}``."""

DATES = ("start", "end", "date", "adopted", "next_election")
"""The fields of scenario files that are months."""

KnownMonth = Annotated[int, BeforeValidator(_read_month), PlainSerializer(_write_month), WithJsonSchema(_MONTH_SCHEMA)]
"""An absolute month that must be known, such as the start of the run."""

Share = Annotated[float | Unknown, Number(0, 1, "share")]
"""A share from 0 to 1."""

AnyNumber = Annotated[float | Unknown, Number(-ANY_NUMBER, ANY_NUMBER, "number")]
"""A number of any size; ``engine/`` checks the ranges of parameters."""
