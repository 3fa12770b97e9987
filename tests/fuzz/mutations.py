"""Ways to spoil what somebody wrote: bytes, lines, keys and values of a text, and the values of a manifest."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

DEEP = "[" * 60 + "]" * 60

ODD = (
    "", '""', "~", "[]", "{}", "[[]]", "[1, a]", "{a: 1}", DEEP, "-1", "0", "1", "2", "1e308", "1e-320", ".nan", "-.inf",
    "1e999", "9" * 400, "0x1F", "0o17", "1_000", "-0.0", "1.5", "yes", "true", "2015-13", "2015-00", "0000-01", "9999-12",
    "2199-12", "2015-1", "2015-01-01", "a" * 2000, "Ä", "😀", "\u202e", "\u2028", "\ufeff", "\x1b[31m", '"\\e[2J"', '"\\0"',
    '"\\ud800"', '"\\U99999999"', '"\\x9b"', '!!int ""', '!!float "_"', "!!python/object:os.system x", "!!binary x",
    "!!set {a}", "!x y", "&a x", "*a", "<<: {a: 1}", "{between: [1, 0]}", "{between: [0, .nan]}", "{between: [0, 1]}",
    "{one_of: []}", "{one_of: [a, b]}", "=1+1", "'", '"', "@x", "%x", "`x", "|", ">", "a: b: c", "- - -", "# x", "../x.yaml",
    "/dev/zero", "small", "small.yaml", "city.yaml", "remove: true", "__class__", "None", "a\tb",
)  # fmt: skip
"""Values as they stand in a file."""

ODD_JSON: tuple[Any, ...] = (
    None, True, "", [], {}, 0, 1, 2, -1, 1.5, 10**400, -(10**9), 10**9, 1e308, float("nan"), float("inf"), "x" * 2000, "\x1b[2J",
    "\x00", "\ud800", [[[[]]]], {"a": {"b": []}}, ["x"], [None], "2015-13", "run", "compare", "small",
)  # fmt: skip
"""Values of a manifest; numbers are few or too many, as whatever lies between is run."""

PIECES = (
    b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x1b[2J", b"\x85", "\u2028".encode(), "😀".encode(), b"\t", b"\xef\xbb\xbf",
    b"\r",
    b"---\n", b"...\n", b"%YAML 1.1\n", b"{", b"]", b'"', b"'", b": ", b"- ", b"#", b"&", b"*", b"!", b"|\n", b",", b"\x7f",
)  # fmt: skip

VALUE = re.compile(r"(?<=[:\[,-] )[^\s,\[\]{}][^,\[\]{}\n]{0,200}")
KEY = re.compile(r"(?<![\w.\[\]])[\w.\[\]]{1,60}(?=:( |\n))")
NUMBER = re.compile(r"(?<![\w.])-?\d{1,20}(\.\d{1,20})?(?![\w.])")


def spoilt(content: bytes, chance: Random) -> bytes:
    """Return a file spoilt in one to three ways."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        way = chance.choice((_value, _value, _value, _number, _number, _key, _key, _line, _bytes))
        content = way(content, chance)
    return content


def _replaced(content: bytes, pattern: re.Pattern[str], chance: Random, new: Any) -> bytes:
    text = content.decode("utf-8", "surrogateescape")
    found = list(pattern.finditer(text))
    if not found:
        return content
    one = chance.choice(found)
    return (text[: one.start()] + new(one[0]) + text[one.end() :]).encode("utf-8", "surrogatepass")


def _value(content: bytes, chance: Random) -> bytes:
    return _replaced(content, VALUE, chance, lambda old: chance.choice(ODD))


def _number(content: bytes, chance: Random) -> bytes:
    ways = (
        "0",
        "1",
        "0.5",
        "1",
        "{}0",
        "-{}",
        "{}.5",
        "1e{}",
        "{}e-300",
        ".{}",
        "{0}{0}{0}{0}{0}{0}",
        "{{between: [0, {}]}}",
    )
    return _replaced(content, NUMBER, chance, lambda old: chance.choice(ways).format(old))


def _key(content: bytes, chance: Random) -> bytes:
    keys = [found[0] for found in KEY.finditer(content.decode("utf-8", "replace"))] or ["x"]
    ways = (lambda old: chance.choice(keys), lambda old: chance.choice(ODD), lambda old: old[1:], lambda old: f"{old}: {old}",
            lambda old: old.upper(), lambda old: f"? {old}\n", lambda old: "extends", lambda old: "remove")  # fmt: skip
    return _replaced(content, KEY, chance, chance.choice(ways))


def _line(content: bytes, chance: Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    here, there = (chance.randrange(len(lines)) for _ in range(2))
    way = chance.randrange(6)
    if way == 0:
        del lines[here : here + chance.choice((1, 1, 3))]
    elif way == 1:
        lines.insert(there, lines[here])
    elif way == 2:
        lines[here], lines[there] = lines[there], lines[here]
    elif way == 3:
        lines[here] = chance.choice((b" ", b"  ", b"\t", b"- ")) + lines[here]
    elif way == 4:
        lines[here] = lines[here].lstrip(b" ")
    else:
        lines[here:] = [lines[here].rstrip(b"\n")]
    return b"".join(lines)


def _bytes(content: bytes, chance: Random) -> bytes:
    here = chance.randrange(len(content) + 1)
    way = chance.randrange(7)
    if way == 0:
        return content[:here]
    if way == 1:
        return content[:here] + content[here + chance.randrange(1, 9) :]
    if way == 2 and content:
        here = min(here, len(content) - 1)
        return content[:here] + bytes([content[here] ^ 1 << chance.randrange(8)]) + content[here + 1 :]
    if way == 3:
        return content.replace(b"\n", chance.choice((b"\r\n", b"\r")))
    if way == 4:
        encoding = chance.choice(("utf-16", "utf-32", "latin-1", "utf-8-sig", "cp500"))
        return content.decode("utf-8", "replace").encode(encoding, "replace")
    return content[:here] + chance.choice(PIECES) * chance.choice((1, 1, 50)) + content[here:]


def spoilt_json(content: bytes, chance: Random) -> bytes:
    """Return the text of a manifest in which one to three values are others, or the text itself is spoilt."""
    if chance.random() < 0.2:
        return _bytes(content, chance)
    tree = json.loads(content)
    for _ in range(chance.choice((1, 1, 2, 3))):
        _other_value(tree, chance)
    return json.dumps(tree).encode()


def _other_value(node: Any, chance: Random) -> None:
    """Change, remove or double one value below a node, any depth being as likely."""
    places = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    if not places:
        return
    place = chance.choice(places)
    if isinstance(node[place], (dict, list)) and node[place] and chance.random() < 0.7:
        return _other_value(node[place], chance)
    if chance.random() < 0.15:
        del node[place]
    elif isinstance(node[place], str) and "\n" in node[place] and chance.random() < 0.8:
        node[place] = spoilt(node[place].encode(), chance).decode("utf-8", "replace")  # the text of a scenario
    else:
        node[place] = chance.choice(ODD_JSON)
    return None
