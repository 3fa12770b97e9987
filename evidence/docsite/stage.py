"""Documents laid out for the generator: a page for each file of Markdown, links between them, a menu."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import qsim
from evidence.docsite.menu import API, DECISIONS, MENUS, READERS, Entry
from qsim.present.words.languages import FALLBACK, LANGUAGES, Language

FENCES = re.compile(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
"""A block of code, in which nothing is changed."""
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
OUTSIDE = re.compile(r"[a-z]+:|#")
"""How a link begins that leads out of the documents, or within its own."""
BRACKETS = re.compile(r"\](?=\([^()\s]*\s|\s?\[)")
"""Brackets of an equation, which the generator would take for a link."""
ITEM = re.compile(r"(?:[-*] |\d+\. )")
GERMAN = ".de.md"
READ_BY = re.compile(r"# .+\n(?:.*\n){0,6}?\*?(?:For|Für) (?:whoever|researchers|advisors|everyone|the methods|alle)")
"""How a page begins that says by itself for whom it is."""


@dataclass(frozen=True)
class Site:
    """The documents of a checkout, and where each stands in the site of its language."""

    top: Path

    def documents(self, language: Language) -> dict[str, str]:
        """Return the page of each document of a language, by its path in the checkout; pages end in ``.md``."""
        found = [self.top / name for name in ("README.md", "README.de.md", "CONTRIBUTING.md", "CHANGELOG.md")]
        found += sorted((self.top / "docs").rglob("*.md"))
        names = [path.relative_to(self.top).as_posix() for path in found]
        return {name: _page(name) for name in names if name.endswith(GERMAN) == (language == "de")}

    def lay(self, language: Language, folder: Path) -> list[Entry]:
        """Write all pages of a language into a folder, with pictures and schemas; return the menu."""
        for name, page in self.documents(language).items():
            text = (self.top / name).read_text(encoding="utf-8")
            _write(folder / page, with_readers(readable(self.linked(text, name, language)), page, language))
        for kind in ("images", "schema"):
            shutil.copytree(self.top / "docs" / kind, folder / kind)
        if language == FALLBACK:
            _write(folder / API, with_readers(api_page(), API, language))
            _write(folder / DECISIONS, with_readers(self._decisions(), DECISIONS, language))
        shutil.copytree(Path(__file__).parent / "theme" / "assets", folder / "assets")
        return self._menu(language)

    def linked(self, text: str, name: str, language: Language) -> str:
        """Return a document whose links lead to pages of the site; what has none there is shown as text."""
        here = posixpath.dirname(self.documents(language)[name])

        def led(found: re.Match[str]) -> str:
            picture, words, target = found.groups()
            if OUTSIDE.match(target):
                return found[0]
            path, mark, anchor = target.partition("#")
            place = self._place(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)), language)
            if place is None:
                return words if not picture else found[0]
            return f"{picture}[{words}]({posixpath.relpath(place, here or '.')}{mark}{anchor})"

        return _outside_code(text, lambda part: LINK.sub(led, part))

    def _place(self, path: str, language: Language) -> str | None:
        """Return where a file of the checkout stands, seen from the root of a language, nothing where it does not."""
        own, (other,) = self.documents(language), [one for one in LANGUAGES if one != language]
        if path in own:
            return own[path]
        if (page := self.documents(other).get(path)) is not None:
            page = f"{page.removesuffix('.md')}.html"
            return f"../{page}" if language == "de" else f"de/{page}"
        if path == "docs/decisions":
            return "../decisions/index.html" if language == "de" else DECISIONS
        file = path.removeprefix("docs/")
        return file if file.startswith(("images/", "schema/")) and (self.top / path).is_file() else None

    def _decisions(self) -> str:
        titles = {path.name: title_of(path) for path in sorted((self.top / "docs" / "decisions").glob("*.md"))}
        return "# Decisions\n\n" + "".join(f"- [{title}]({name})\n" for name, title in titles.items())

    def _menu(self, language: Language) -> list[Entry]:
        """Return the menu; documents that it does not name stand at its end."""
        pages = {page: name for name, page in self.documents(language).items()}
        named = {page for section in MENUS[language].values() for page in section}
        menu: dict[str, list[str]] = {
            title: [page for page in section if page in pages or page in (API, DECISIONS)]
            for title, section in MENUS[language].items()
        }
        last = list(menu)[-1]
        menu[last] += [page for page in pages if page not in named and not page.startswith("decisions/")]
        home, *sections = menu.items()
        entries: list[Entry] = [{home[0]: home[1][0]}]
        entries += [
            {title: [{title_of(self.top / pages[page]): page} if page in pages else page for page in section]}
            for title, section in sections
            if section
        ]
        return entries


def _page(name: str) -> str:
    """Return the page of a document: README is the first one of its language."""
    plain = name.removesuffix(GERMAN).removesuffix(".md").removeprefix("docs/")
    return "index.md" if plain == "README" else f"{plain.lower() if '/' not in name else plain}.md"


def with_readers(text: str, page: str, language: Language) -> str:
    """Return a page that says below its heading for whom it is, by its place in the menu, unless it does so already."""
    sections = MENUS[language]
    place = next((title for title, pages in sections.items() if page in pages), list(sections)[-1])
    readers = READERS[language].get(place)
    if readers is None or READ_BY.match(text) or page.startswith("tutorials/"):
        return text
    return re.sub(r"^(# .+)$", rf"\1\n\n*{readers}*", text, count=1, flags=re.MULTILINE)


def title_of(path: Path) -> str:
    """Return the heading of a document, without marks."""
    found = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return re.sub(r"[`*]", "", found[1]) if found else path.stem


def readable(text: str) -> str:
    """Return Markdown as the generator reads it: a blank line before lists and tables, deeper lists by four blanks."""
    return _outside_code(text, lambda part: "\n".join(_lines(BRACKETS.sub(r"\\]", part).split("\n"))))


def _lines(lines: list[str]) -> Iterator[str]:
    before, listed = "", False
    for line in lines:
        deeper = re.match(r"(?:  )+(?=[-*] |\d+\. )", line)
        item, row = ITEM.match(line) is not None, line.startswith("|")
        if before and ((item and not listed) or (row and not before.startswith("|"))):
            yield ""
        listed = item or (listed and line != "")
        yield (deeper[0] + line if deeper and len(deeper[0]) < 4 else line)
        before = line


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    parts = FENCES.split(text)
    return "".join(part if place % 2 else change(part) for place, part in enumerate(parts))


def api_page() -> str:
    """Return the page of the public names of the package, filled from their docstrings by the generator."""
    parts = [
        "# Python",
        "What `import qsim` offers. Parameters, results and errors are told by the docstrings of the code.",
    ]
    for name in qsim.__all__:
        if name != "__version__":
            module = getattr(qsim, name).__module__
            parts += [f"::: {module}.{name}\n    options:\n      heading_level: 2"]
    return "\n\n".join(parts) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
