"""Results as JSON and back."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
import pytest

from qsim.runs.to_json import Hidden, Named, Plain, Real, from_json, key, to_json


@dataclass(frozen=True)
class Inner:
    name: str
    size: Real


@dataclass(frozen=True)
class Outer:
    array: Hidden[np.ndarray]
    chance: Annotated[Real, key("luck")]
    inner: tuple[Inner | None, ...]
    rule: Named[Any]
    setting: Plain[Any]
    shares: dict[str, tuple[float, ...]] = field(default_factory=dict)


def test_a_dataclass_is_written_as_it_is_declared():
    inner = Inner("a", math.nan)
    outer = Outer(
        np.zeros(2), math.inf, (inner, None), inner, (1, {"no": "data"}, inner), {"x": (np.float64(0.1), -0.0)}
    )
    expected = {
        "luck": None,
        "inner": [{"name": "a", "size": None}, None],
        "rule": "a",
        "setting": [1, None, {"name": "a", "size": math.nan}],
        "shares": {"x": [0.1, -0.0]},
    }
    assert json.dumps(to_json(outer)) == json.dumps(expected).replace("NaN", "null")


def test_every_float_survives():
    numbers = [0.1 + 0.2, 1e22, 5e-324, 1 / 3, 1.7976931348623157e308, 2.0]
    assert json.dumps(to_json(numbers)) == json.dumps(numbers)


def test_what_is_not_known_is_read_as_nan():
    (again,) = from_json('[{"name": "a", "size": null}]', list[Inner])
    assert again.name == "a"
    assert math.isnan(again.size)
    with pytest.raises(ValueError, match="name"):
        from_json('[{"size": 1}]', list[Inner])
