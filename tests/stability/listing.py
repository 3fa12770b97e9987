"""What is promised within a major version, from the declarations: keys of files, columns, commands, exit codes, Python names.

A listing has subjects (an object in a file, a table, a command, a function); a subject has names (a key, a column, an option, a
parameter); of a name it says what it is, whether it must be given, and within which bounds.
"""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from typing import Any

from typer.models import ArgumentInfo

import qsim
from evidence.documents.keys import MANY, UNKNOWN, alternatives, objects, schemas
from qsim.advice.library import load_library
from qsim.commands import group
from qsim.commands.root import root
from qsim.files.kinds import packaged
from qsim.measures.catalogue import OUTCOMES, SERIES, TASK_SERIES
from qsim.mechanisms.month import RULES
from qsim.runs.execution import events_frame
from qsim.scenario.schema import SCENARIO
from qsim.sweep.schema import EXPERIMENT

Name = dict[str, Any]
Listing = dict[str, dict[str, Name]]

NOT_LESS = ("minimum", "exclusiveMinimum", "minItems", "minLength")
NOT_MORE = ("maximum", "exclusiveMaximum", "maxItems", "maxLength")
"""Bounds as JSON Schema calls them: the first may fall, the others may rise."""
REQUIRED = "required"
FOUND = ("InputError", "Result", "Study")
"""Classes whose objects are met, not made by calling them."""
KINDS = {"f": "number", "i": "whole number", "b": "yes or no", "M": "date"}
"""What a column holds, by the letter that NumPy has for it; text if none of these."""
TABLES = ("runs", "series", "series_tasks", "departments", "divisions", "ledger")


def listing() -> Listing:
    """Return all that is promised."""
    found: Listing = {}
    for part in (files(), parameters(), coming_with_it(), tables(), commands(), exit_codes(), python()):
        for subject, name, said in part:
            assert name not in found.setdefault(subject, {}), (subject, name)
            found[subject][name] = said
    return found


Said = Iterator[tuple[str, str, Name]]


def files() -> Said:
    """Yield the keys of each kind of file."""
    for kind, schema in schemas("en").items():
        root_object = schema.get("else", schema)
        for path, _, found in objects(kind, root_object, schema.get("$defs", {})):
            subject = f"{kind} file" + (f", {path.replace('`', '')}" if path else "")
            for key, field in found["properties"].items():
                yield subject, key, _key(field, key in found.get("required", ()))


def _key(field: dict[str, Any], required: bool) -> Name:
    options = [option for part in alternatives(field) for option in alternatives(part)]
    said: Name = {"is": sorted({form for option in options for form in _forms(option)})}
    if required:
        said[REQUIRED] = True
    elif field.get("default") not in (None, []) and not isinstance(field["default"], dict):
        said["is"].append(f"left out: {json.dumps(field['default'], ensure_ascii=False)}")
    for option in (field, *options):
        said |= {bound: option[bound] for bound in (*NOT_LESS, *NOT_MORE) if bound in option}
    return said


def _forms(field: dict[str, Any]) -> Iterator[str]:
    match field:
        case {"const": const}:
            yield f"={const}"
        case {"enum": names} if len(names) > MANY:
            yield "name"  # of a column, a parameter or a statement
        case {"enum": names}:
            yield from (f"={name}" for name in names)
        case {"$ref": reference}:
            yield "label" if reference.endswith("/Label") else "group of keys"
        case {"properties": keys} if set(keys) in UNKNOWN:
            yield f"unknown: {next(iter(keys))}"
        case {"type": "array", "items": dict(items)}:
            parts = [option for part in alternatives(items) for option in alternatives(part)]
            yield from (f"list of {form}" for part in parts for form in _forms(part))
        case {"type": str(kind)}:
            yield kind
        case _:
            yield "anything"


def parameters() -> Said:
    """Yield the parameters of the rules, with their units; their values may change."""
    for rule in RULES:
        for parameter in rule.parameters:
            yield f"parameters of {rule.name}", parameter.name, {"is": [parameter.unit]}


def coming_with_it() -> Said:
    """Yield the names of scenarios, experiments and measures that come with the package."""
    for kind in (SCENARIO, EXPERIMENT):
        for path in packaged(kind.folder).glob("*.yaml"):
            yield f"{kind.folder} that come with it", path.stem, {"is": [kind.name]}
    for name in load_library().levers:
        yield "measures that come with it", name, {"is": ["measure"]}


def tables() -> Said:
    """Yield the columns of the tables of results, with what they hold and its unit."""
    units = {measure.name: measure.unit for measure in (*OUTCOMES, *SERIES, *TASK_SERIES)}
    result = qsim.simulate(qsim.load_scenario("small", ["months=13"]), replicates=[0], workers=1)
    frames = {name: getattr(result, name) for name in TABLES} | {"events": events_frame(result)}
    for name, frame in frames.items():
        for column in frame.columns:
            holds = KINDS.get(frame[column].dtype.kind, "text")
            yield f"table {name}", str(column), {"is": [holds, *filter(None, [units.get(str(column))])]}


def commands() -> Said:
    """Yield the arguments and options of each command, and those before it."""
    for name in ("", *group.COMMANDS):
        function = getattr(import_module(f"qsim.commands.{name}"), name) if name else root
        hints, place = typing.get_type_hints(function, include_extras=True), 0
        for one in inspect.signature(function).parameters.values():
            if typing.get_origin(hints[one.name]) is typing.Annotated:
                kind, info = typing.get_args(hints[one.name])[:2]
                given = [word for word in (info.default, *(info.param_decls or ())) if isinstance(word, str)]
                if isinstance(info, ArgumentInfo):
                    place += 1
                    given = [f"argument {place}"]
                yield (
                    f"qsim {name}".strip(),
                    *_option(given or [f"--{one.name.replace('_', '-')}"], kind, info, one.default),
                )


def _option(names: list[str], kind: Any, info: Any, default: Any) -> tuple[str, Name]:
    plain = next((one for one in typing.get_args(kind) if one is not type(None)), kind)
    plain = kind if typing.get_origin(kind) is list else plain
    names = sorted(names, key=lambda name: not name.startswith("--"))
    said: Name = {"is": names[1:]}
    if inspect.isclass(plain) and issubclass(plain, Enum):
        said["is"] += [f"={one.value}" for one in plain]
    elif typing.get_origin(plain) is None:
        said["is"].append(plain.__name__)
    else:
        said["is"].append(f"many {typing.get_args(plain)[0].__name__}")
    if default is inspect.Parameter.empty:
        said[REQUIRED] = True
    elif default not in (None, False):
        said["is"].append(f"left out: {default.value if isinstance(default, Enum) else default}")
    bounds = {"minimum": info.min, "maximum": info.max}
    return names[0], said | {bound: value for bound, value in bounds.items() if value is not None}


def exit_codes() -> Said:
    """Yield the exit codes of the command line."""
    for name in ("DONE", "RUNS_FAILED", "WRONG_INPUT", "UNFINISHED", "INTERRUPTED", "SIGNALLED"):
        yield "exit codes", name.lower(), {"is": [str(getattr(group, name))]}


def python() -> Said:
    """Yield the public names of the package, their parameters, and what their objects have."""
    for name in qsim.__all__:
        found = getattr(qsim, name)
        yield "qsim", name, {"is": [type(found).__name__ if not inspect.isclass(found) else "class"]}
        if callable(found) and name not in FOUND:
            yield from _parameters(f"qsim.{name}()", found)
        for member, value in vars(found).items() if inspect.isclass(found) else ():
            # one Mesa adds values to a model that another does not: only what is declared here counts
            if member.startswith("_") or not hasattr(value, "__get__"):
                continue
            method = getattr(found, member)
            if callable(method):
                yield from _parameters(f"qsim.{name}.{member}()", method)
            else:
                yield f"qsim.{name}", member, {"is": ["property"]}


def _parameters(subject: str, function: Callable[..., Any]) -> Said:
    yield subject, "()", {"is": ["callable"]}
    for place, one in enumerate(inspect.signature(function).parameters.values()):
        if one.name == "self":
            continue
        said: Name = {"is": [f"place {place}" if one.kind is not one.KEYWORD_ONLY else "by its name"]}
        if one.default is one.empty:
            said[REQUIRED] = True
        elif isinstance(one.default, (int, float, str, tuple, type(None))):
            said["is"].append(f"left out: {one.default!r}")
        yield subject, one.name, said
