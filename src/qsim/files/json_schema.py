"""The JSON Schema of a kind of files, with which editors complete, explain and check them."""

from __future__ import annotations

from typing import Any

from qsim.files.kinds import Kind

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
    return {**merged, "items": forms[0] if "oneOf" not in items else {"anyOf": [items, *forms]}}


def _partial_reference(reference: str, definitions: dict[str, Any], partial: dict[str, Any]) -> str:
    name = _name(reference)
    form = f"{PARTIAL}{name}"
    if form not in partial:
        partial[form] = {}  # an object that holds its own kind would otherwise never end
        partial[form] = _partial(definitions[name], definitions, partial)
    return f"#/$defs/{form}"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
