"""Reads a researcher's own files: runs those that may be run, finds what they declare, and says at which line one is wrong.

A file is run once for each text, as a module of its own, and what it binds to names counts.
"""

from __future__ import annotations

import ast
import linecache
import re
import sys
import traceback
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from qsim.engine.extension import NONE, Changed, Extension
from qsim.engine.user_rules import OwnRule
from qsim.files.messages import InputError, Message, Place, message_at
from qsim.files.nodes import Origin
from qsim.scenario.labels import Label
from qsim.scenario.own_code import OwnCode, with_codes
from qsim.scenario.schema import Scenario

DECLARING = ("qsim.own", "changed", "rule")
"""The module with which files declare, and its functions that do."""

ON_THE_WAY = re.compile("Failed|During")
"""How lines of Numba begin that say where it was, not what is wrong."""

NOT_ALLOWED = "names Python code, which has not been run; read the file, then allow it with --allow-rules"


def extension_of(scenario: Scenario) -> Extension:
    """Return what the own files of a scenario add to the model.

    Raise InputError, with file and line, for files that are not allowed to be run, that fail, or contradict each other.
    """
    own = scenario.rules.own
    if not own:
        return NONE
    wrong = [
        message_at(
            scenario.place(f"rules.own[{index}]") or Place(scenario.id), "rules.own", f"{code.file} {NOT_ALLOWED}"
        )
        for index, code in enumerate(own)
        if not (code.allowed or code.made is not None)
    ]
    if wrong:
        raise InputError(wrong)
    return _joined(own)


@lru_cache(maxsize=64)
def _joined(codes: tuple[OwnCode, ...]) -> Extension:
    """Return what some files add together."""
    return extension_from((code, entry) for code in codes for entry in (code.made or _objects(code)))


def extension_from(entries: Iterable[tuple[OwnCode, Any]]) -> Extension:
    """Return the extension of rules, changed parameters and classes of agents; raise InputError where two are one."""
    from qsim.engine.agents import KINDS

    rules: list[OwnRule] = []
    changes: list[Changed] = []
    agents: list[type] = []
    seen: dict[Any, str] = {}
    for code, entry in entries:
        if isinstance(entry, OwnRule):
            rules.append(entry)
            mark, what = entry.name, f'the rule "{entry.name}"'
        elif isinstance(entry, Changed):
            changes.append(entry)
            key = f"{entry.rule}.{entry.parameter.name}"
            mark, what = key, f"the parameter {key}"
        else:
            agents.append(entry)
            mark = next(kind.__name__ for kind in KINDS if issubclass(entry, kind))
            what = f"another class for {mark}"
        if mark in seen:
            raise InputError.about(code.path or code.file, f"{what} is declared twice, first in {seen[mark]}")
        seen[mark] = code.file
    return Extension(tuple(rules), tuple(changes), tuple(agents))


def _objects(code: OwnCode) -> list[Any]:
    """Run a file and return what it declares, in order; raise InputError at its line for what is wrong."""
    shown_as = code.path or code.file
    name = f"qsim_own_{code.sha256[:16]}"
    module = ModuleType(name)
    module.__file__ = code.file
    source = f"<{code.file} {code.sha256[:16]}>"
    linecache.cache[source] = (len(code.text), None, code.text.splitlines(keepends=True), source)
    sys.modules[name] = module  # what is defined there finds its module, as dataclasses and pickles ask for
    try:
        tree = ast.parse(code.text, source)
        exec(compile(tree, source, "exec"), vars(module))
    except SyntaxError as error:
        raise InputError([Message(shown_as, error.lineno, error.offset, "", f"is no Python: {error.msg}")]) from None
    except Exception as error:
        raise InputError([Message(shown_as, line_in(error, source), None, "", _told(error))]) from error
    lost = [node for node in tree.body if isinstance(node, ast.Expr) and _is_lost(node.value, vars(module))]
    if lost:
        text = "what is declared here has no name, so nothing knows it; write change = ... before it"
        raise InputError(Message(shown_as, node.lineno, node.col_offset + 1, "", text) for node in lost)
    found = list({id(value): value for value in vars(module).values() if _is_declared(value)}.values())
    if not found:
        text = "declares no rule, no changed parameter and no class of agents"
        raise InputError.about(shown_as, text)
    return found


def _told(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if isinstance(error, ValueError | TypeError) and text else f"{type(error).__name__}: {text}"


def line_in(error: BaseException, source: str) -> int | None:
    """Return the line of a file, by the name of its source, at which an error came about, None if it did elsewhere."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == source]
    return lines[-1] if lines else None


def _is_lost(node: ast.expr, names: dict[str, Any]) -> bool:
    """Return whether an expression that stands alone calls what declares something."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    called = names.get(node.func.id)
    return getattr(called, "__module__", "") == DECLARING[0] and getattr(called, "__name__", "") in DECLARING[1:]


def _is_declared(value: Any) -> bool:
    from qsim.engine.agents import KINDS

    if isinstance(value, type):
        return issubclass(value, KINDS) and value not in KINDS
    return isinstance(value, (OwnRule, Changed))


def told_at_line(rule: OwnRule, error: Exception, month: str) -> InputError:
    """Return the error of a rule that failed in a month, at the line of its file."""
    source, file = _source_of(rule)
    text = f'the rule "{rule.name}" failed in {month}: {type(error).__name__}: {" ".join(str(error).split())}'
    return InputError([Message(file, line_in(error, source), None, "", text)])


def not_compiled(rule: OwnRule, error: Exception) -> InputError:
    """Return the error of a rule that Numba cannot compile, at the line that Numba names, else at its beginning."""
    source, file = _source_of(rule)
    told = str(error)
    lines = re.findall(re.escape(source) + r'", line (\d+)', told)
    begins = getattr(rule.function, "py_func", rule.function).__code__.co_firstlineno
    reasons = [line.strip() for line in told.splitlines() if line.strip() and not ON_THE_WAY.match(line)]
    reason = reasons[0].removeprefix("- ") if reasons else type(error).__name__
    text = f'the rule "{rule.name}" cannot be compiled: {type(error).__name__}: {reason}'
    return InputError([Message(file, int(lines[-1]) if lines else begins, None, "", text)])


def _source_of(rule: OwnRule) -> tuple[str, str]:
    """Return the name of the source of a rule, as Python knows it, and of the file as people do."""
    source = getattr(rule.function, "py_func", rule.function).__code__.co_filename
    return source, source.strip("<>").rpartition(" ")[0] or source


Given = str | Path | Any
"""A file of rules by its path, or what such a file declares: a rule, a changed parameter, a class of agents."""


def with_own(scenario: Scenario, rules: Given | Sequence[Given] | None) -> Scenario:
    """Return a scenario with own rules, from files that may be run, or as Python objects; its id and label say so.

    Raise InputError for a file that cannot be read or is wrong, TypeError for what is neither file nor rule.
    """
    if not rules:
        return scenario
    given = [rules] if isinstance(rules, (str, Path)) or _is_declared(rules) else list(rules)
    files = [OwnCode.read(Path(one), str(one), allowed=True) for one in given if isinstance(one, (str, Path))]
    objects = tuple(one for one in given if not isinstance(one, (str, Path)))
    if wrong := [one for one in objects if not _is_declared(one)]:
        raise TypeError(f"rules takes files, rules, changed parameters and classes of agents, not {wrong[0]!r}")
    codes = [*files, *([OwnCode(_name_of(objects), made=objects)] if objects else [])]
    if not codes:
        return scenario
    names = ", ".join(code.file for code in codes)
    label = Label(de=f"{scenario.label.de}, mit {names}", en=f"{scenario.label.en}, with {names}")
    own = scenario.rules.model_copy(update={"own": (*scenario.rules.own, *codes)})
    found = scenario.model_copy(update={"id": f"{scenario.id}[rules={names}]", "label": label, "rules": own})
    if scenario._origin.root is not None:
        found._origin = Origin(with_codes(scenario._origin.root, codes))
    extension_of(found)
    return found


def _name_of(objects: Sequence[Any]) -> str:
    names = (getattr(one, "name", None) or getattr(one, "__name__", None) or one.parameter.name for one in objects)
    return ", ".join(names)
