"""No number acts in a rule without a name, a unit and a reason."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

import qsim
from qsim.world.parameters import Coefficient
from qsim.world.records import TABLES

PLAIN = (0.0, 1.0, 0.5)
"""Nothing, all, and the half of a mean of two: of two values, or of a signed share and 1."""
FILES = sorted(
    path for folder in ("mechanisms", "measures") for path in (Path(qsim.__file__).parent / folder).glob("*.py")
)


def functions(path):
    """The compiled functions of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(
            getattr(d, "id", "") in ("compiled", "piece") for d in node.decorator_list
        ):
            yield node


def numbers(node):
    """The fractional numbers that stand in a function, with their lines."""
    return [(n.lineno, n.value) for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, float)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_bare_number_acts(path):
    bare = [found for function in functions(path) for found in numbers(function) if found[1] not in PLAIN]
    assert bare == [], f"{path}: each of these needs a name: a Coefficient with unit and reason"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_place_in_an_array_and_no_kind_is_a_bare_number(path):
    """``out[13]`` or ``kind == 3`` says nothing; the first place and nothing at all are plain."""
    kinds = {f.name for fields in TABLES.values() for f in fields if f.kind == "index"} - {"length"}
    for function in functions(path):
        for node in ast.walk(function):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                assert node.slice.value == 0, (path, node.lineno)
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr in kinds:
                found = [n.value for n in node.comparators if isinstance(n, ast.Constant) and isinstance(n.value, int)]
                assert set(found) <= {0}, (path, node.lineno)


def test_halves_are_few():
    """Where one half is an assumption it has a name; there are ten places where it makes a mean."""
    halves = [found for path in FILES for f in functions(path) for found in numbers(f) if found[1] == 0.5]
    assert len(halves) <= 10


def test_a_coefficient_is_a_number_with_a_reason():
    number = Coefficient(0.25, "share", "because")
    assert number * 2 == 0.5
    assert (number.unit, number.reason) == ("share", "because")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_coefficient_says_why(path):
    module = import_module(f"qsim.{path.parent.name}.{path.stem}")
    for name, value in vars(module).items():
        if isinstance(value, Coefficient):
            assert name.isupper()
            assert value.unit
            assert len(value.reason.split()) > 3, name
