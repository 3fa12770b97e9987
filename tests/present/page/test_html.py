"""The page as HTML: every block, in order, safe from what labels hold, with nothing from elsewhere."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page_worlds import sections_of
from qsim.comparison import verdict
from qsim.present.figures.frame import framed, svg_bytes
from qsim.present.page.blocks import (
    Bullets,
    Card,
    Cards,
    Chart,
    Code,
    Details,
    Dots,
    Download,
    Group,
    Section,
    Table,
    Text,
    Verdict,
)
from qsim.present.page.html import address, dot_paths, page_html, picture
from qsim.present.page.template import FONTS
from qsim.present.words.speaker import Speaker, legible

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(1)">" \' & $x$ {{ 7 * 7 }} {% raw %} \\'
EMPTY = {"meta", "img", "source", "path", "circle", "br"}


class Tree(HTMLParser):
    """Elements with their attributes and texts, in order; what is open must be closed in order."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.open = [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"an attribute stands twice in {tag}"
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def section(word, id="part"):
    def draw(frame):
        page = frame.page(1.5)
        page.text(0, 0.5, word)
        return page.figure

    table = Table(word, (word, word, word), ((word, word, word),), note=word)
    card = Card(word, ((word, word), (word, word)), word, word, word, (Dots(7, word),))
    return Section(
        id,
        word,
        (
            *(Text(word, kind) for kind in ("plain", "lead", "note")),
            Bullets((word,), ((word, word),)),
            table,
            Chart(f"{id}-chart", word, word, draw, table, word),
            Cards((card,)),
            *(Verdict(kind, word, word, (Dots(100, word),)) for kind in get_args(verdict.Verdict)),
            Code(word, word),
            Download(word, word, word),
            Details(word, (Text(word),)),
            Group(word, (Text(word), Group(word, (Cards((card,)),)))),
        ),
    )  # fmt: skip


def page(word="Wort", **changes):
    given = {"kicker": word, "footer": section(word, "end")} | changes
    return page_html(word, word, [section(word)], Speaker("de"), json.dumps({"word": word}), **given)


def test_what_labels_hold_is_shown_as_text_and_nothing_else():
    plain, hostile = Tree(page()), Tree(page(HOSTILE))
    assert [tag for tag, _ in plain.elements] == [tag for tag, _ in hostile.elements]
    for (_, one), (_, other) in zip(plain.elements, hostile.elements, strict=True):
        assert one.keys() == other.keys()
    words = [text for tag, text in hostile.texts if HOSTILE in text and tag not in ("script", "style")]
    assert len(words) > 40
    assert any(attributes.get("alt") == HOSTILE for attributes in hostile.all("img"))


@settings(max_examples=30)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20))
def test_any_text_leaves_the_elements_as_they_are(word):
    made = page_html(word, word, [Section("a", word, (Text(word), Bullets((word,), ((word, word),)), Code(word, word)))],
                     Speaker("en"), json.dumps(word))  # fmt: skip
    assert [tag for tag, _ in Tree(made).elements] == [
        tag for tag, _ in Tree(page_html("a", "a", [Section("a", "a", (Text("a"), Bullets(("a",), (("a", "a"),)),
                                                                         Code("a", "a")))], Speaker("en"), '"a"')).elements
    ]  # fmt: skip


@settings(max_examples=30)
@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_the_manifest_is_carried_as_it_is(content):
    made = page_html("a", "", [], Speaker("en"), json.dumps(content))
    held = re.search(r'<script type="application/json" id="qsim-manifest">(.*?)</script>', made, re.DOTALL)
    assert json.loads(held[1]) == content
    assert not set(held[1]) & set("<>&")


def test_a_page_needs_nothing_from_elsewhere():
    tree = Tree(page(HOSTILE))
    assert len(tree.all("script")) == 1
    assert tree.all("script")[0]["type"] == "application/json"
    assert not tree.all("link") + tree.all("iframe") + tree.all("object") + tree.all("form")
    addresses = [
        attributes.get(name, "") for _, attributes in tree.elements for name in ("src", "srcset", "href", "data")
    ]
    assert all(found.startswith(("#", "data:")) for found in addresses if found)
    (policy,) = [meta["content"] for meta in tree.all("meta") if "http-equiv" in meta]
    style = next(text for tag, text in tree.texts if tag == "style")
    own = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{own}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style
    assert not [name for _, attributes in tree.elements for name in attributes if name.startswith("on")]


def test_headings_are_in_order_and_named():
    tree = Tree(page())
    levels = [int(tag[1]) for tag, _ in tree.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    anchors = {attributes["id"] for _, attributes in tree.elements if "id" in attributes}
    assert all(attributes["href"][1:] in anchors for attributes in tree.all("a") if attributes["href"].startswith("#"))
    named = [attributes["aria-labelledby"] for _, attributes in tree.elements if "aria-labelledby" in attributes]
    assert set(named) <= anchors
    assert tree.all("html")[0]["lang"] == "de"
    assert len(tree.all("main")) == 1


def test_tables_have_captions_and_heads():
    tree = Tree(page())
    assert len(tree.all("caption")) == len(tree.all("table")) == 4
    assert {attributes.get("scope") for attributes in tree.all("th")} == {"col", "row"}


def test_ids_that_stand_twice_are_refused():
    with pytest.raises(ValueError, match="two of part"):
        page_html("a", "", [section("a"), section("a")], Speaker("de"), "{}")


def test_what_is_no_manifest_is_refused():
    with pytest.raises(ValueError, match="Expecting"):
        page_html("a", "", [], Speaker("de"), "<manifest>")


@given(st.integers(0, 100))
def test_dots_are_a_hundred(filled):
    full, empty = dot_paths(filled)
    assert full.count("M") == filled
    assert full.count("M") + empty.count("M") == len(set(re.findall(r"M(\d+ \d+)", full + empty))) == 100


@pytest.mark.parametrize("filled", [-1, 101])
def test_dots_beyond_a_hundred_are_refused(filled):
    with pytest.raises(ValueError, match="hundred"):
        dot_paths(filled)


def test_a_file_is_carried_with_its_kind():
    assert address(Download("runs.csv", "", "a,b")) == "data:text/csv;charset=utf-8;base64,YSxi"


def test_a_real_page_is_small():
    made = page_html("a", "", sections_of("pair", "de"), Speaker("de"), "{}")
    assert len(made) < 1_000_000
    assert len(re.sub(r'"data:image[^"]*"', "", made)) < 100_000


SVG = "{http://www.w3.org/2000/svg}"


def figure_of(label, frame=None):
    page = (frame or framed(("b", ""), "d\ne", "c", Speaker("de"), 3.0, margin=0.0)).page(2.0)
    axes = page.axes(0.5, 0.5, 2.0, 1.0)
    axes.plot([1, 2, 3], [1 / 3, 2 / 3, 1 / 7])
    axes.fill_between([1, 2, 3], [0, 1, 0], hatch="//")
    page.text(0.1, 1.8, label)
    return page.figure


def drawn(label):
    chart = Chart("a", "b", "c", lambda frame: figure_of(label, frame), Table("", ("",), ()), "d")
    address = picture(chart, 3.0, "e", Speaker("de"))
    assert address.startswith("data:image/svg+xml;base64,")
    return b64decode(address.split(",")[1]).decode()


def test_a_picture_is_smaller_and_shows_the_same():
    whole, small = svg_bytes(figure_of("Wissen")).decode(), drawn("Wissen")
    assert len(small) < 0.6 * len(whole)
    one, other = ElementTree.fromstring(whole), ElementTree.fromstring(small)
    for tag in ("path", "use", "text", "clipPath", "pattern"):
        assert len(one.findall(f".//{SVG}{tag}")) == len(other.findall(f".//{SVG}{tag}"))
    for before, after in zip(one.findall(f".//{SVG}path"), other.findall(f".//{SVG}path"), strict=True):
        numbers = [[float(number) for number in re.findall(r"-?\d+\.?\d*", path.get("d"))] for path in (before, after)]
        assert all(abs(a - b) <= 0.006 for a, b in zip(*numbers, strict=True))
    assert one.get("viewBox") == other.get("viewBox")


def test_all_that_is_referred_to_is_there():
    small = drawn("Wissen")
    ids = set(re.findall(r' id="([^"]+)"', small))
    referred = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', small))
    assert referred
    assert {one or other for one, other in referred} <= ids


def test_the_readers_letters_are_used():
    assert FONTS in drawn("Wissen")
    assert "DejaVu" not in drawn("Wissen")


def test_the_same_chart_gives_the_same_picture():
    assert drawn("Wissen") == drawn("Wissen")


@settings(max_examples=25)
@given(st.text(alphabet=st.characters(exclude_characters="\n\r"), min_size=1, max_size=12))
def test_any_label_is_written_as_it_is(label):
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(drawn(label)).iter(f"{SVG}text")]
    wanted = legible(label)
    # white space at the ends and between words collapses where SVG is shown
    assert " ".join(wanted.split()) in [" ".join(text.split()) for text in texts] or not wanted.strip()


def test_a_page_holds_no_control_characters():
    made = page("Ruß\0\x1b]0;x\a\x9b 🌍")
    assert "Ruß]0;x 🌍" in made
    assert legible(made) == made


def test_a_picture_explains_itself_and_can_be_saved():
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(drawn("Wissen")).iter(f"{SVG}text")]
    assert {"b", "d", "e", "Wissen"} <= {line for text in texts for line in text.split("\n")}
    tree = Tree(page(source="Quelle"))
    saved = [link for link in tree.all("a") if link.get("download", "").endswith(".svg")]
    shown = [image["src"] for image in tree.all("img") if image["class"] == "wide"]
    assert [link["href"] for link in saved] == shown
    assert all("Quelle" in b64decode(address.split(",")[1]).decode() for address in shown)


def test_topic_and_day_stand_above_and_in_the_tab():
    made = Tree(page(topic="Klima", day="29. November 2026"))
    assert ("title", "Wort – Klima – 29. November 2026") in made.texts
    assert ("p", "Klima · Wort") in made.texts
    assert ("p", "Stand: 29. November 2026") in made.texts


def test_a_label_is_no_formula():
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(drawn("$a_b$ <b>")).iter(f"{SVG}text")]
    assert "$a_b$ <b>" in texts
