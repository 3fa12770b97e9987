"""The scripts of the page as one: each module in a function of its own, those it imports before it."""

from __future__ import annotations

import re
from pathlib import Path

import qsim.browser

HERE = Path(__file__).parent
FOLDERS = HERE / "scripts", HERE / "city", Path(qsim.browser.__file__).parent
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
REST = re.compile(r"^(import|export)\b", re.MULTILINE)


def joined_scripts(first: str) -> str:
    """Return a script that begins with a module, by the name of its file; raise ValueError for what cannot be joined."""
    parts: dict[str, str] = {}
    _add(first, parts, ())
    return "\n".join(parts.values())


def _add(name: str, parts: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"a circle of imports: {' -> '.join([*above, name])}")
    if name in parts:
        return
    text = next(path for folder in FOLDERS if (path := folder / name).exists()).read_text(encoding="utf-8")
    for _, used in IMPORT.findall(text):
        _add(used, parts, (*above, name))
    exported = EXPORT.findall(text)
    body = EXPORT.sub("", IMPORT.sub(_taken, text))
    if found := REST.search(body):
        raise ValueError(f"{name}: a form of {found[1]} that is not joined")
    inner = f"{body}return {{ {', '.join(exported)} }};\n" if exported else body
    waits = "await " in body and not exported
    parts[name] = f"const {_word(name)} = {'await (async ' if waits else '('}() => {{\n{inner}}})();"


def _taken(found: re.Match[str]) -> str:
    names = re.sub(r"(\w+) as (\w+)", r"\1: \2", " ".join(found[1].split()))
    return f"const {{ {names} }} = {_word(found[2])};\n"


def _word(name: str) -> str:
    return f"module_{Path(name).stem}"
