"""The page of keys: every key of every kind of file stands there, in both languages, with words that say what it is."""

import re

import pytest

from evidence.documents.keys import PAGES, alternatives, keys_document, objects, row, schemas, values
from evidence.words import speaker
from sentences import english_in

LANGUAGES = tuple(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_every_object_has_a_line(language):
    page = keys_document(language)
    for kind, schema in schemas(language).items():
        definitions = schema.get("$defs", {})
        found = list(objects(kind, schema.get("else", schema), definitions))
        partial = {name for name in definitions if name.startswith("Partial")}
        assert {name for _, name, _ in found} == {kind, *definitions} - partial - {"Label"}
        for path, _, each in found:
            part = page.partition(
                f"\n### {path}\n" if path else f"\n## {speaker(language)(f'key_page.kinds.{kind}')}\n"
            )[2]
            assert re.findall(r"^\| `(\w+)` \|", part.partition("\n#")[0], re.MULTILINE) == list(each["properties"]), (
                path
            )


def test_the_german_page_is_german():
    page = keys_document("de")
    plain = re.sub(r"`[^`]*`|\([^)]*\.md\)|<!--.*?-->", "", page)
    cells = [cell for line in plain.splitlines() for cell in line.split("|")]
    assert [cell for cell in cells if english_in(cell)] == []


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 1200}, "whole number 1 to 1200"),
        ({"type": "number", "exclusiveMinimum": 0}, "number from 0"),
        ({"enum": ["a", "b"]}, "`a` or `b`"),
        ({"enum": [str(one) for one in range(13)]}, "one of 13 names, such as `0`"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text"),
        ({"type": "array", "items": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}}, "list: id (small letters, digits, `_`)"),
        ({"type": "array", "items": {"$ref": "#/$defs/Task"}}, "list of entries, see below"),
        ({"$ref": "#/$defs/Label"}, "name in both languages"),
        ({"type": "boolean"}, "`true` or `false`"),
    ],
)  # fmt: skip
def test_values_are_said_in_words(field, said):
    assert values(field, speaker("en")) == said


def test_what_may_be_unknown_is_said():
    within = {"type": "object", "properties": {"between": {}, "reason": {}}}
    unknown = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, within]}
    assert values(unknown, speaker("en")) == "number 0 to 1; may be unknown"
    other = {"type": "object", "properties": {"between": {}, "colour": {}}}
    assert "unknown" not in values({"anyOf": [{"type": "number"}, other]}, speaker("en"))
    assert alternatives(within) == [within]


def test_a_key_that_nobody_has_named_is_refused():
    bare = {"type": "string"}
    with pytest.raises(KeyError, match=r"scenario\.colour"):
        row("scenario", "colour", bare, {}, speaker("en"))
    assert row("scenario", "colour", {**bare, "description": "Its ``hue``."}, {"required": ["colour"]}, speaker("en")) == (
        "`colour`", "Its `hue`.", "text", "*needed*"
    )  # fmt: skip
    assert row("scenario", "start", {**bare, "default": "x"}, {}, speaker("en"))[3] == "`x`"
