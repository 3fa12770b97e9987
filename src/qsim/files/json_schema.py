"""The JSON Schema of a kind of files, with which editors complete, explain and check them."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from textwrap import dedent
from typing import Any

from pydantic import BaseModel

from qsim.files.kinds import Kind, parts

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXTENDS = {
    "type": "string",
    "description": "The file this one inherits from: a file beside it, or the name of a scenario.",
}
REMOVE = {"const": True, "description": "Removes the entry of this id that the other file has."}
PARTIAL = "Partial"


def json_schema(kind: Kind[Any]) -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) of the files of a kind.

    A file that extends another need not repeat what it inherits; for it each group of keys has a second form without
    required keys.
    """
    _document(kind.model)
    schema = kind.model.model_json_schema(mode="validation")
    title = f"qsim {kind.name}"
    if not kind.extends:
        return {"$schema": DIALECT, **schema, "title": title}
    definitions: dict[str, Any] = schema.pop("$defs")
    schema["properties"].pop(kind.id_field, None)
    partial: dict[str, Any] = {}
    inheriting = _partial(schema, definitions, partial, required=("kind", "schema_version"))
    inheriting["properties"]["extends"] = EXTENDS
    return {
        "$schema": DIALECT,
        "title": title,
        "description": schema["description"],
        "type": "object",
        "if": {"required": ["extends"]},
        "then": inheriting,
        "else": schema,
        "$defs": definitions | partial,
    }


def _document(model: type[BaseModel]) -> None:
    """Let the docstring of each field be its description, in a class and in all it holds.

    This is done here, as reading the sources takes longer than loading a file, which needs no descriptions.
    """
    for part in _classes(model):
        for base in (base for base in part.__mro__ if issubclass(base, BaseModel) and base is not BaseModel):
            (definition,) = ast.parse(dedent(inspect.getsource(base))).body
            assert isinstance(definition, ast.ClassDef)
            for statements in pairwise(definition.body):
                match statements:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                        part.model_fields[name].description = inspect.cleandoc(text)
        part.model_rebuild(force=True)


def _classes(part: type[BaseModel]) -> dict[type[BaseModel], None]:
    """Return the classes of objects that a class holds, each after those that it holds itself, and the class."""
    found: dict[type[BaseModel], None] = {}
    for field in part.model_fields.values():
        for inner in parts(field.annotation):
            found |= _classes(inner)
    return {**found, part: None}


def _partial(
    schema: dict[str, Any], definitions: dict[str, Any], partial: dict[str, Any], required: tuple[str, ...] = ("id",)
) -> dict[str, Any]:
    """Return the form of an object whose other keys are inherited; forms of objects in it are added to ``partial``."""
    properties = {name: _inherited(field, definitions, partial) for name, field in schema.get("properties", {}).items()}
    form = {**schema, "properties": properties, "required": [name for name in required if name in properties]}
    if "id" in properties:
        properties["remove"] = REMOVE
    return form


def _inherited(field: dict[str, Any], definitions: dict[str, Any], partial: dict[str, Any]) -> dict[str, Any]:
    """Return the form of a field whose value is merged with the inherited one: a group of keys, or a list with ids."""
    if "anyOf" in field and any("$ref" in option for option in field["anyOf"]):
        return {**field, "anyOf": [_inherited(option, definitions, partial) for option in field["anyOf"]]}
    if "$ref" in field:
        return {**field, "$ref": _partial_reference(field["$ref"], definitions, partial)}
    items = field.get("items", {})
    kinds = [option["$ref"] for option in items.get("oneOf", [items]) if "$ref" in option]
    if field.get("type") != "array" or not kinds:
        return field
    if any("id" not in definitions[_name(kind)]["properties"] for kind in kinds):
        return field
    merged = {key: value for key, value in field.items() if key not in ("minItems", "maxItems")}
    forms = [{"$ref": _partial_reference(kind, definitions, partial)} for kind in kinds]
    named = "oneOf" not in items and all("id" in definitions[_name(kind)].get("required", ()) for kind in kinds)
    return {**merged, "items": forms[0] if named else {"anyOf": [items, *forms]}}


def _partial_reference(reference: str, definitions: dict[str, Any], partial: dict[str, Any]) -> str:
    name = _name(reference)
    form = f"{PARTIAL}{name}"
    if form not in partial:
        partial[form] = {}  # an object that holds its own kind would otherwise never end
        partial[form] = _partial(definitions[name], definitions, partial)
    return f"#/$defs/{form}"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
