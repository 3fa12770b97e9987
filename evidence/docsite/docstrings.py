"""The extension by which the generator reads docstrings as they are written here."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from evidence.docsite.docstrings_text import with_fences

EARLY = 100
"""Before anything else reads the lines."""


class Docstrings(Preprocessor):  # type: ignore[misc]  # the library has no types where types are checked
    """Changes the lines."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as they are read on."""
        return with_fences(lines)


class DocstringExtension(Extension):  # type: ignore[misc]  # as above
    """The extension as the generator loads it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library calls it by this name
        """Register what is above."""
        md.preprocessors.register(Docstrings(md), "docstrings", EARLY)


def makeExtension() -> DocstringExtension:  # noqa: N802 - the library calls it by this name
    """Return the extension."""
    return DocstringExtension()
