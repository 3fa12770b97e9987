"""The English sentences that the code can tell people, found in its text: what messages are made of, wherever it is made."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import evidence.site
import qsim

SOURCE = Path(qsim.__file__).parent
SITE = Path(evidence.site.__file__).parent
TOLD = {
    "about": 1, "Message": 3, "message_at": 2, "Finding": 1, "_message": 1, "refused": 0, "_refused": 0, "refuse": 1,
    "_error": 1, "error": 0, "BadParameter": 0, "UnfinishedError": 0, "RunError": 0, "_ChangeError": 0, "say": 0,
    "announce": 0, "said": 0, "warning": 0, "unknown_name": 3, "unknown_names": 3,
}  # fmt: skip
"""From which argument on a call is told to people."""
RAISED = {
    "advice/packages.py", "advice/selection.py", "advice/tradeoff.py", "files/keys.py", "scenario/values.py",
    "scenario/house.py", "scenario/standing.py", "runs/standards.py", "comparison/comparing.py", "own.py",
    "engine/extension.py", "engine/own_files.py", "engine/user_rules.py",
    "comparison/when/finding.py", "comparison/why/divergence.py", "sweep/folder.py",
}  # fmt: skip
"""The files whose errors of other kinds are told, too, by whoever catches them."""


PARTS = ("_problem", "suggestion", "shown", "_text", "differences", "__str__")
"""The ends of the names of functions that return messages or parts of them."""


ENGLISH = re.compile(
    r"\b(the|is|are|were|of|expected|found|there|not|no|and|or|to|with|there|this|that|such|as|one|its|for|by|at|from|"
    r"holds|takes|name|write|cannot|read|has|have|more|than|only|which|what|when|where|how|many|unknown|missing)\b"
)


def english_in(text: str) -> list[str]:
    """Return the English words outside quotes, keys and commands."""
    return ENGLISH.findall(re.sub(r"\"[^\"]*\"|'[^']*'|`[^`]*`|\[[^\]]*\]|\{[^}]*\}|\S*[_/.=]\S+|--\S+", " ", text))


def sentences() -> dict[str, str]:
    """Return the templates, with ``{}`` for their places, and where each stands."""
    found: dict[str, str] = {}
    for path in sorted({*SOURCE.rglob("*.py"), *SITE.rglob("*.py")} - set((SOURCE / "present").rglob("*.py"))):
        name = path.relative_to(SOURCE if path.is_relative_to(SOURCE) else SITE.parent).as_posix()
        for line, template in _Module(ast.parse(path.read_text("utf-8")), name in RAISED).told():
            found.setdefault(template, f"{name}:{line}")
    return found


class _Module:
    """A file: what its calls tell, traced back to where its texts are written."""

    def __init__(self, tree: ast.Module, raises: bool) -> None:
        self.raises = raises
        self.functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self.constants = dict(_assignments(tree.body))
        self.tree = tree

    def told(self) -> Iterator[tuple[int, str]]:
        """Yield line and template of all that is told."""
        waiting = [
            (function, part) for function in [self.tree, *self.functions.values()] for part in self._begun(function)
        ]
        done: set[int] = set()
        while waiting:
            function, part = waiting.pop()
            if id(part) in done:
                continue
            done.add(id(part))
            yield from _templates(part)
            waiting += self._sources(function, part)

    def _begun(self, function: ast.AST) -> Iterator[ast.expr]:
        """Yield what the calls of a function tell, and what it returns if that is a part of a message."""
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            place = TOLD.get(_name(node.func))
            if self.raises and _name(node.func) == "ValueError":
                place = 0
            if place is not None:
                yield from node.args[place:]
                yield from (one.value for one in node.keywords if one.arg in ("text", "words"))
        if isinstance(function, ast.FunctionDef) and function.name.endswith(PARTS):
            yield from _given(function)

    def _sources(self, function: ast.AST, part: ast.expr) -> Iterator[tuple[ast.AST, ast.expr]]:
        """Yield where the names in an expression come from: variables, constants and functions of the same file."""
        for node in ast.walk(part):
            if isinstance(node, ast.Name):
                for name, value in _assignments(ast.walk(function)):
                    if name == node.id:
                        yield function, value
                if node.id in self.constants:
                    yield function, self.constants[node.id]
            called = self.functions.get(_name(node.func if isinstance(node, ast.Call) else node))
            if called is not None:
                yield from ((called, value) for value in _given(called))


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _assignments(nodes) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that is given a value, and the value."""
    for node in nodes:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value is not None:
            targets, value = [node.target], node.value
        elif isinstance(node, (ast.For, ast.comprehension)):
            targets, value = [node.target], node.iter
        else:
            continue
        for target in targets:
            yield from ((one.id, value) for one in ast.walk(target) if isinstance(one, ast.Name))


def _given(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, (ast.Return, ast.Yield)) and node.value is not None:
            yield node.value


def _templates(part: ast.expr) -> Iterator[tuple[int, str]]:
    """Yield the texts of an expression that hold words: those with a space beside a letter."""
    inner: set[int] = set()
    for node in ast.walk(part):
        if isinstance(node, ast.JoinedStr):
            inner |= {id(one) for one in ast.walk(node) if isinstance(one, ast.FormattedValue) and one.format_spec
                      for one in ast.walk(one.format_spec)}  # fmt: skip
            inner |= {id(one) for one in node.values}
        if id(node) in inner and not isinstance(node, ast.JoinedStr):
            continue
        if isinstance(node, ast.JoinedStr) and id(node) not in inner:
            text = "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if " " in text and any(letter.isalpha() for letter in text.replace("{}", "")):
            yield node.lineno, text
