"""Every key of every kind of file in words, in both languages: what it is called, what it means, which values it takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from evidence.documents.markdown import table
from evidence.words import speaker
from qsim.advice.lever import LEVERS, PRICES
from qsim.claims.checking import claims_schema
from qsim.files.json_schema import json_schema
from qsim.present.words.descriptions import described, one_line
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker
from qsim.scenario.schema import SCENARIO
from qsim.sweep.schema import experiment_schema

PAGES: dict[Language, str] = {"en": "keys.md", "de": "keys.de.md"}
"""The page of each language."""
MANY = 12
"""So many names of a choice are written out; longer lists stand in a document of their own."""
UNKNOWN = ({"between", "reason"}, {"one_of", "reason"})
"""The keys of what is written in place of a value that nobody knows."""
MONTH, NAME, SOURCE = "^((?:19", "^[a-z]", "^(report"
"""How the patterns of months, of names and of sources begin."""

Schema = dict[str, Any]


def keys_document(language: Language) -> str:
    """Return the page of all keys in a language."""
    speak = speaker(language)
    parts = [f"# {speak('key_page.title')}", speak("key_page.note"), speak("key_page.text")]
    for kind, schema in schemas(language).items():
        root, definitions = schema.get("else", schema), schema.get("$defs", {})
        parts += [f"## {speak(f'key_page.kinds.{kind}')}"]
        for path, name, found in objects(kind, root, definitions):
            parts += [f"### {path}" if path else "", one_line(found["description"])]
            rows = [row(name, key, field, found, speak) for key, field in found["properties"].items()]
            parts += [table([speak(f"key_page.head.{head}") for head in ("key", "name", "values", "without")], rows)]
    return "\n\n".join(part for part in parts if part) + "\n"


def schemas(language: Language) -> dict[str, Schema]:
    """Return the schema of each kind of file, described in a language."""
    every = {
        "scenario": json_schema(SCENARIO),
        "experiment": experiment_schema(),
        "claims": claims_schema(),
        "levers": json_schema(LEVERS),
        "prices": json_schema(PRICES),
    }
    return {kind: described(schema, language) for kind, schema in every.items()}


def objects(kind: str, root: Schema, definitions: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Yield the file and each kind of object in it: where it stands first, the name of its class, its schema.

    An object follows the one that holds it. A label has two keys that the head of the page explains.
    """
    waiting, met = [("", kind, root)], {"Label"}
    while waiting:
        path, name, schema = waiting.pop(0)
        yield path, name, schema
        held = []
        for key, field in schema["properties"].items():
            for inner in references(field):
                if inner not in met:
                    met.add(inner)
                    place = f"{path.split(',')[0].strip('`')}.{key}".lstrip(".")
                    several = len(references(field)) > 1
                    which = f", `kind: {definitions[inner]['properties']['kind']['const']}`" if several else ""
                    held.append((f"`{place}{'[]' if is_list(field) else ''}`{which}", inner, definitions[inner]))
        waiting = held + waiting


def references(field: Schema) -> list[str]:
    """Return the names of the objects that a field holds."""
    items = field.get("items") if isinstance(field.get("items"), dict) else None
    within = [field, *field.get("anyOf", []), *([items, *items.get("oneOf", [])] if items else [])]
    return [part["$ref"].rpartition("/")[2] for part in within if "$ref" in part]


def is_list(field: Schema) -> bool:
    """Return whether a field holds several values."""
    return field.get("type") == "array"


def row(name: str, key: str, field: Schema, found: Schema, speak: Speaker) -> tuple[str, ...]:
    """Return the cells of a key: key, name with what it means, values, and what holds without it."""
    meaning = one_line(field.get("description", "")).replace("``", "`")
    called = name_of(name, key, speak)
    if not called and not meaning:
        raise KeyError(f"nothing says what {name}.{key} is")
    text = f"*{called}*" + (f": {meaning}" if meaning else "") if called else meaning
    return f"`{key}`", text, values(field, speak), without(key, field, found, speak)


def name_of(name: str, key: str, speak: Speaker) -> str:
    """Return what people call a key of a class, nothing if it has no name."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    names = (f"keys.{kind}.{key}", f"key_page.names.{kind}.{key}", f"keys.any.{key}", f"key_page.names.any.{key}")
    return next((speak(one) for one in names if one in speak), "")


def without(key: str, field: Schema, found: Schema, speak: Speaker) -> str:
    """Return what holds where the key is left out."""
    if key in found.get("required", ()):
        return speak("key_page.needed")
    default = field.get("default")
    if default is None or default in ([], {}) or isinstance(default, dict):
        return ""
    return f"`{json.dumps(default, ensure_ascii=False).strip(chr(34))}`"


def values(field: Schema, speak: Speaker) -> str:
    """Return the values that a field takes, in words."""
    options = [option for part in alternatives(field) for option in alternatives(part)]
    known = [one for one in options if set(one.get("properties", ())) not in UNKNOWN]
    said = speak.either(dict.fromkeys(value(one, speak) for one in known if one.get("type") != "null"))
    return said if len(known) == len(options) else speak("key_page.value.or_unknown", value=said)


def alternatives(field: Schema) -> list[Schema]:
    """Return the forms of which a value has one."""
    if "properties" in field or field.get("type") == "object":
        return [field]
    return field.get("anyOf") or field.get("oneOf") or [field]


def value(form: Schema, speak: Speaker) -> str:
    """Return one form of a value, in words."""

    def say(name: str, **places: str) -> str:
        return speak(f"key_page.value.{name}", **places)

    match form:
        case {"const": const}:
            return f"`{const}`"
        case {"enum": names} if len(names) > MANY:
            return say("many", number=str(len(names)), first=str(names[0]))
        case {"enum": names}:
            return speak.either(f"`{name}`" for name in names)
        case {"$ref": reference}:
            return say("label" if reference.endswith("/Label") else "group")
        case {"type": "array", "items": {"$ref": _} | {"oneOf": _}}:
            return say("groups")
        case {"type": "array", "items": items} if items:
            return say("list", value=values(items, speak))
        case {"type": "array"}:
            return say("any_list")
        case {"type": "boolean"}:
            return say("flag")
        case {"type": "integer" | "number" as type_}:
            return say(type_) + span(form, speak)
        case {"type": "string", "pattern": pattern}:
            return say("month" if pattern.startswith(MONTH) else "source" if pattern.startswith(SOURCE) else "id")
        case {"type": "string"}:
            return say("text")
        case {"type": "object"}:
            return say("mapping")
    return say("any")


def span(form: Schema, speak: Speaker) -> str:
    """Return the ends of the numbers that are allowed, behind a space, as a file has them in every language."""
    low, high = form.get("minimum", form.get("exclusiveMinimum")), form.get("maximum")
    if low is None:
        return ""
    if high is None:
        return " " + speak("key_page.value.from", low=f"{low:.12g}")
    return " " + speak.span(f"{low:.12g}", f"{high:.12g}")
