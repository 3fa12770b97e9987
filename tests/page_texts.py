"""All texts of a page that people read or hear, without commands, keys, files, data and what is marked as another language."""

import base64
import re
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

SPOKEN = ("alt", "title", "aria-label", "aria-description", "placeholder")
"""Attributes whose text is read out or shown."""

LEFT_OUT = {"script", "style", "code", "pre", "kbd", "samp", "template", "metadata"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TOGETHER = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup", "tspan", "wbr"}
"""Elements that do not part a sentence."""


class _Texts(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = [""]
        self.left_out = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        elsewhere = "lang" in attributes and tag not in ("html", "svg")
        if self.left_out or tag in LEFT_OUT or attributes.get("translate") == "no" or elsewhere:
            if tag not in EMPTY:
                self.left_out.append(tag)
            return
        if tag not in TOGETHER:
            self.found.append("")
        if tag == "meta" and attributes.get("name") == "description":
            self.found += [attributes["content"], ""]
        for name in SPOKEN:
            if attributes.get(name):
                self.found[-1:-1] = [attributes[name]]
        for source in (attributes.get("src") or "", attributes.get("srcset") or ""):
            if source.startswith("data:image/svg+xml"):
                self.found[-1:-1] = texts_of(embedded(source))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if self.left_out and tag not in EMPTY:
            self.left_out.pop()

    def handle_endtag(self, tag):
        if self.left_out:
            if tag in self.left_out:
                while self.left_out.pop() != tag:
                    pass
        elif tag not in TOGETHER:
            self.found.append("")

    def handle_data(self, data):
        if not self.left_out:
            self.found[-1] += data


def embedded(address):
    """Return the text behind an address that carries its data."""
    head, data = address.split(",", 1)
    raw = base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    return raw.decode("utf-8")


def texts_of(source):
    """Return the texts of HTML or SVG in order, each in one line."""
    parser = _Texts()
    parser.feed(source)
    parser.close()
    lines = (re.sub(r"\s+", " ", text.replace("\N{SOFT HYPHEN}", "")).strip() for text in parser.found)
    return [line for line in lines if line]


def sentences(texts):
    """Return sentences: a text ends one, and so does a full stop before a capital."""
    return [part for text in texts for part in re.split(r"(?<=[.!?:;])\s+(?=[A-ZÄÖÜ])", text)]


def words(text):
    """Return the words of a text in small letters, without keys such as ``joint_practice``."""
    plain = re.sub(r"\S*[_=/\\]\S*", " ", text)
    return {word.casefold() for word in re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)?", plain)}
