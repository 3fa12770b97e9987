"""A document in Markdown as sections of a page: what it may hold, what becomes of links, and what is refused."""

import re

import pytest

from evidence.site.document import sections_of
from qsim.present.page.blocks import Picture, Prose, Section, Table

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>T</title><desc>A line &amp; a band.</desc></svg>'

TEXT = """\
# Questions & answers

<!-- made by hand -->

[The other page](other.md).

Read *this* in [more](other.md) or in [elsewhere](../far.md), where 1 < 2.

## One

![The picture](images/one.svg)

Level of each:

| Place | Kind | 2 | 4 |
| --- | --- | --- | --- |
| 40 | **a** | +0.5 % | − |

- first **line**
- second `line`

## Two

| Only |
| --- |
| words |
"""


@pytest.fixture
def sections(tmp_path):
    """Returns title and sections of a text."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "one.svg").write_text(SVG, encoding="utf-8")
    return lambda text: sections_of(text, tmp_path, "First", {"other.md": "other_en.html"})


def test_a_document_becomes_sections(sections):
    title, found = sections(TEXT)
    assert title == "Questions & answers"
    first, one, two = found
    assert (first.id, first.title) == ("part-0", "First")
    assert first.blocks == (
        Prose('<p>Read <em>this</em> in <a href="other_en.html">more</a> or in elsewhere, where 1 &lt; 2.</p>\n'),
    )
    assert one == Section(
        "part-1",
        "One",
        (
            Picture("The picture", "A line & a band.", SVG),
            Table("Level of each", ("Place", "Kind", "2", "4"), (("40", "a", "+0.5 %", "−"),), 2),
            Prose("<ul>\n<li>first <strong>line</strong></li>\n<li>second <code>line</code></li>\n</ul>\n"),
        ),
    )
    assert two == Section("part-2", "Two", (Table("Two", ("Only",), (("words",),), 1),))


def test_an_empty_part_is_left_out(sections):
    assert [section.title for section in sections("# T\n\n## A\n\n## B\n\ntext\n")[1]] == ["B"]


@pytest.mark.parametrize(
    "text",
    [
        "### Deeper\n",
        "1. one\n",
        "> quoted\n",
        "    code\n",
        "text and ![a picture](images/one.svg) in it\n",
        "<script>alert(1)</script>\n",
        'text <img src=x onerror="alert(1)">\n',
        "<!-- a --> <p>b</p>\n",
    ],
)
def test_what_a_page_cannot_show_is_refused(sections, text):
    with pytest.raises(ValueError, match="a page cannot show"):
        sections(f"# T\n\n{text}")


def test_nothing_of_a_text_becomes_a_tag(sections):
    (section,) = sections("text\n\n[a](javascript:alert(1)) &lt;b&gt; [a](other.md'\"b) 1<2>1 `<i>`\n")[1]
    markup = "".join(block.markup for block in section.blocks)
    assert set(re.findall(r"</?[^>]*>", markup)) == {"<p>", "</p>", "<code>", "</code>"}
