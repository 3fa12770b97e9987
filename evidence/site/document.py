"""A document in Markdown as a page: its parts as sections, its tables and pictures as those of all pages."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from evidence.site.page import START, page_name, sister
from qsim.present.page.blocks import Block, Link, Picture, Prose, Section, Table, Text
from qsim.present.page.html import page_html
from qsim.present.words.speaker import Speaker

SVG = "{http://www.w3.org/2000/svg}"
COMMENT = re.compile(r"<!--(?:(?!-->).)*-->\s*", re.DOTALL)
NUMBER = re.compile(r"[+−-]?\d")
MARKDOWN = MarkdownIt("commonmark").enable("table")


def document_page(path: Path, name: str, pages: Mapping[str, str], speak: Speaker) -> str:
    """Return a document as the page of a ``name`` in HTML; ``pages`` are the addresses of documents by their names."""
    text = path.read_text(encoding="utf-8")
    title, sections = sections_of(text, path.parent, speak(f"site.{name}.first"), pages)
    note = Text(speak(f"site.{name}.elsewhere"), "note")
    sections[0] = replace(sections[0], blocks=(*sections[0].blocks, note))
    ways = Link(page_name(START, speak.language), speak("site.home")), sister(name, speak)
    return page_html(title, "", sections, speak, json.dumps({"document": path.name}), kicker=speak(f"site.{name}.kicker"),
                     ways=ways)  # fmt: skip


def sections_of(text: str, folder: Path, first: str, pages: Mapping[str, str]) -> tuple[str, list[Section]]:
    """Return the title of a document and its sections; what stands before the first heading is a section called ``first``.

    ``pages`` are the addresses of documents; a link to anything else is shown as text, and a paragraph that is nothing but a
    link is left out. Pictures are read from ``folder``. Raise ValueError for what a page cannot show.
    """
    title, parts = "", [(first, list[SyntaxTreeNode]())]
    for node in SyntaxTreeNode(MARKDOWN.parse(text)).children:
        if node.type == "heading" and node.tag == "h1":
            title = _plain(node)
        elif node.type == "heading" and node.tag == "h2":
            parts.append((_plain(node), []))
        elif not (COMMENT.fullmatch(node.content) or _only(node, "link")):
            parts[-1][1].append(node)
    sections = (
        Section(f"part-{place}", name, tuple(_blocks(name, nodes, folder, pages)))
        for place, (name, nodes) in enumerate(parts)
    )
    return title, [section for section in sections if section.blocks]


def _blocks(name: str, nodes: Iterable[SyntaxTreeNode], folder: Path, pages: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks of a section; the paragraph before a table is its caption."""
    for node in nodes:
        if node.type == "table":
            yield _table(node, name)
        elif image := _only(node, "image"):
            svg = (folder / str(image.attrs["src"])).read_text(encoding="utf-8")
            told = ElementTree.fromstring(svg).findtext(f"{SVG}desc")
            yield Picture(image.content, told or image.content, svg)
        elif node.type not in ("paragraph", "bullet_list"):
            raise ValueError(f"{name}: a page cannot show {node.type}")
        elif not _is_caption(node):
            yield Prose(_markup(node, pages))


def _is_caption(node: SyntaxTreeNode) -> bool:
    following = node.next_sibling if node.type == "paragraph" else None
    return following is not None and following.type == "table"


def _only(node: SyntaxTreeNode, kind: str) -> SyntaxTreeNode | None:
    """Return the one thing that a paragraph consists of, if it is of a kind; a full stop may follow it."""
    if node.type != "paragraph":
        return None
    first, *rest = node.children[0].children
    return first if first.type == kind and all(one.content == "." for one in rest) else None


def _table(node: SyntaxTreeNode, name: str) -> Table:
    before = node.previous_sibling
    caption = _plain(before).removesuffix(":") if before is not None and _is_caption(before) else name
    (heads,), rows = ([[_plain(cell) for cell in row.children] for row in part.children] for part in node.children)
    words = next((place for place, cell in enumerate(rows[0]) if place and NUMBER.match(cell)), len(heads))
    return Table(caption, tuple(heads), tuple(map(tuple, rows)), words)


def _plain(node: SyntaxTreeNode) -> str:
    """Return the text of a node without what emphasises it."""
    return "".join(one.content for one in node.walk() if one.type in ("text", "code_inline"))


def _markup(node: SyntaxTreeNode, pages: Mapping[str, str]) -> Markup:
    """Return a paragraph or list as HTML, in which only links to pages are left."""
    tokens = node.to_tokens()
    for token in tokens:
        kept: list[Any] = []
        left: list[bool] = []
        for one in token.children or ():
            if one.type == "link_open":
                left.append(str(one.attrs["href"]) in pages)
                one.attrs["href"] = pages.get(str(one.attrs["href"]), "")
            stays = left[-1] if one.type == "link_open" else left.pop() if one.type == "link_close" else True
            if one.type in ("html_inline", "image"):
                raise ValueError(f"a page cannot show {one.content!r} within a paragraph")
            kept += [one] if stays else []
        if token.children is not None:
            token.children = kept
    return Markup(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))  # markdown-it escapes all texts
