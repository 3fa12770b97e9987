"""Names as people read them, in German and English."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints, model_validator

from qsim.files.messages import shown
from qsim.scenario.values import Part, refused


def _one_language(schema: dict[str, Any]) -> None:
    """Let the JSON Schema of a label ask for one language."""
    for field in schema["properties"].values():
        field.pop("default")
    schema["minProperties"] = 1


class Label(Part):
    """A name as people read it, in German, English or both; a language that is left out takes the other's."""

    model_config = ConfigDict(json_schema_extra=_one_language)

    de: Annotated[str, StringConstraints(min_length=1)] = ""
    en: Annotated[str, StringConstraints(min_length=1)] = ""

    @model_validator(mode="before")
    @classmethod
    def _is_group(cls, raw: Any) -> Any:
        if not isinstance(raw, (dict, Label)):
            raise refused(f"found {shown(raw)}; expected a label such as {{de: ..., en: ...}}")
        return raw

    @model_validator(mode="after")
    def _both(self) -> Label:
        if not (self.de or self.en):
            raise refused('missing key "de" or "en"')
        object.__setattr__(self, "de", self.de or self.en)
        object.__setattr__(self, "en", self.en or self.de)
        return self

    @classmethod
    def of_id(cls, name: str) -> Label:
        """Return the words of an id, for what has no label of its own."""
        words = name.replace("_", " ").capitalize()
        return cls(de=words, en=words)

    def in_language(self, language: str) -> str:
        """Return the name in ``de`` or ``en``."""
        return self.de if language == "de" else self.en
