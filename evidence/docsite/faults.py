"""What is wrong with a folder of pages: links that lead nowhere, and what would be loaded from elsewhere."""

from __future__ import annotations

import re
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

LOADED = ("src", "srcset", "poster", "data", "action", "background")
"""Attributes whose address a browser follows by itself."""
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"(?:url\(\s*|@import\s+)['\"]?((?:[a-z]+:)?//[^)'\"\s]+)", re.IGNORECASE)
NO_LOADING = ("canonical", "alternate", "prev", "next", "license", "author")
"""Kinds of links in a head that a browser only knows of."""


class Page(HTMLParser):
    """Where a page leads, what it loads, and which anchors it has."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag says."""
        said = {name: value or "" for name, value in attrs}
        self.anchors |= {said[name] for name in ("id", "name") if said.get(name)}
        self.loads += [said[name] for name in LOADED if said.get(name)]
        if "href" in said:
            known = tag != "link" or said.get("rel") in NO_LOADING
            (self.links if known else self.loads).append(said["href"])

    @cached_property
    def outside(self) -> list[str]:
        """Addresses elsewhere that it loads, its styles included."""
        return [one for one in (*self.loads, *outside_in_style(self.text)) if ELSEWHERE.match(one)]


def outside_in_style(text: str) -> list[str]:
    """Return the addresses elsewhere that a style loads."""
    return IN_STYLE.findall(text)


def faults(folder: Path) -> list[str]:
    """Return a line for each dead link of the pages of a folder, and each thing that is loaded from elsewhere."""
    pages = {path.resolve(): Page(path) for path in sorted(folder.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(folder.resolve()).as_posix()
        found += [f"{name}: loads {one}" for one in page.outside]
        found += [
            f"{name}: leads to {link}" for link in (*page.links, *page.loads) if is_dead(link, path, pages, folder)
        ]
    for path in sorted(folder.rglob("*.css")):
        found += [
            f"{path.relative_to(folder).as_posix()}: loads {one}" for one in outside_in_style(path.read_text("utf-8"))
        ]
    return found


def is_dead(link: str, path: Path, pages: dict[Path, Page], folder: Path) -> bool:
    """Return whether a link leads out of the folder of pages, to a file or to an anchor that there is not."""
    if re.match(r"(?:https?|mailto|data):", link):
        return False
    file, _, anchor = unquote(link).partition("#")
    target = (path.parent / file.partition("?")[0]).resolve() if file else path
    if not target.is_relative_to(folder.resolve()) or not target.is_file():
        return True
    return bool(anchor) and target in pages and anchor not in pages[target].anchors | {"top", "__top"}
