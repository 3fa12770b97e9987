"""What rules declare of their parameters."""

import numpy as np
import pytest

from qsim.mechanisms.month import MONTH, NAMES, RULES
from qsim.world.parameters import Parameter, default_parameters, parameters_type

DECLARED = [(rule.name, p) for rule in RULES for p in rule.parameters]


def test_there_are_thirteen_rules_in_the_order_of_the_month():
    assert NAMES == (
        "calendar", "funding", "staffing", "workload", "leadership", "outreach", "formats", "learning", "openness",
        "recognition", "commitment", "practice", "civil_society",
    )  # fmt: skip
    assert RULES[2:] == MONTH


@pytest.mark.parametrize(("rule", "parameter"), DECLARED, ids=[f"{r}.{p.name}" for r, p in DECLARED])
def test_a_parameter_says_where_it_comes_from(rule, parameter):
    assert parameter.low <= parameter.default <= parameter.high
    assert parameter.low < parameter.high
    assert parameter.least <= parameter.low
    assert parameter.high <= parameter.most
    assert parameter.unit
    assert parameter.label_de
    assert parameter.label_en
    assert parameter.source
    assert parameter.grade in ("report", "public figure", "literature", "assumption")


def test_names_are_unique():
    for rule in RULES:
        names = [p.name for p in rule.parameters]
        assert len(set(names)) == len(names)
        assert rule.label_de
        assert rule.label_en
    assert len(parameters_type(RULES).names) == len(DECLARED)


def test_defaults_are_one_record():
    record = default_parameters(RULES)
    assert record.shape == (1,)
    assert {record.dtype[name] for name in record.dtype.names} == {np.dtype(np.float64)}
    for rule, parameter in DECLARED:
        assert record[f"{rule}_{parameter.name}"][0] == parameter.default


@pytest.mark.parametrize(
    ("unit", "low", "least", "most"),
    [
        ("share", 0.1, 0.0, 1.0),
        ("share a month", 0.0, 0.0, 1.0),
        ("hours", 2.0, 0.0, 25.0),
        ("logits", -1.0, -10.0, 10.0),
    ],
)
def test_an_override_must_lie_in_what_the_unit_allows(unit, low, least, most):
    parameter = Parameter("name", low, low, low + 0.5, unit, "Name", "name", "assumption", "no source")
    assert (parameter.least, parameter.most) == (least, most)


def test_every_rule_names_its_german_term():
    assert len({rule.label_de for rule in RULES}) == len(RULES)
