"""What is wrong with a folder of pages is noticed: dead links, dead anchors, and whatever is loaded from elsewhere."""

import pytest

from evidence.docsite.faults import faults

HEAD = '<link rel="stylesheet" href="style.css"><link rel="canonical" href="other.html">'


@pytest.fixture
def written(tmp_path):
    """Writes a page beside another one, and returns what is wrong."""

    def write(text, style="a{color:red}"):
        (tmp_path / "style.css").write_text(style, encoding="utf-8")
        (tmp_path / "other.html").write_text('<p id="there">x</p>', encoding="utf-8")
        (tmp_path / "page.html").write_text(HEAD + text, encoding="utf-8")
        return faults(tmp_path)

    return write


@pytest.mark.parametrize(
    "text",
    ['<a href="other.html#there">a</a>', '<a href="#top">a</a>', '<a href="https://example.org">a</a>', '<img src="data:,x">',
     '<a href="style.css?1">a</a>', '<p id="h"></p><a href="page.html#h">a</a>', "<style>a{background:url(data:,x)}</style>"],
)  # fmt: skip
def test_what_is_right_is_passed(written, text):
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a href="none.html">a</a>', ["leads to none.html"]),
        ('<a href="other.html#nowhere">a</a>', ["leads to other.html#nowhere"]),
        ('<a href="../x.html">a</a>', ["leads to ../x.html"]),
        ('<a href=".">a</a>', ["leads to ."]),
        ('<img src="none.png">', ["leads to none.png"]),
        ('<script src="https://example.org/a.js"></script>', ["loads https://example.org/a.js"]),
        ('<img src="//example.org/a.png">', ["loads //example.org/a.png", "leads to //example.org/a.png"]),
        ('<link rel="preconnect" href="https://example.org">', ["loads https://example.org"]),
        ("<style>@import 'https://example.org/a.css'</style>", ["loads https://example.org/a.css"]),
        ("<p style=\"background:url('http://example.org/a')\">", ["loads http://example.org/a"]),
    ],
)
def test_what_is_wrong_is_told(written, text, found):
    assert written(text) == [f"page.html: {one}" for one in found]


def test_a_style_that_loads_from_elsewhere_is_told(written):
    style = "@font-face{src:url(https://example.org/f.woff)}"
    assert written("", style) == ["style.css: loads https://example.org/f.woff"]
