"""Tutorials say for whom they are, in both languages where there are both; what does not do what its page says is noticed."""

import re

import pytest

from evidence.docsite.menu import LADDER
from evidence.docsite.tutorial import BLOCK, FOLDER, Tutorial, TutorialError, checked

PAGES = sorted(path for path in FOLDER.glob("*.md") if not path.name.startswith("index"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_says_for_whom_it_is_and_how_long_it_takes(page):
    text = page.read_text(encoding="utf-8")
    index = (FOLDER / ("index.de.md" if page.name.endswith(".de.md") else "index.md")).read_text(encoding="utf-8")
    said = re.search(r"\A# .+\n\n\*(?:For|Für) [^*]+?(\d+) (?:minutes|Minuten)\.", text)
    assert said, "the second line says for whom"
    assert f"]({page.name})" in index
    assert f"| {said[1]} |" in index
    fences = re.findall(r"^```(\w+)$", text, re.MULTILINE)
    assert len(fences) == sum(2 if found[3] is not None else 1 for found in BLOCK.finditer(text)), "a block is not run"
    assert page.name.partition(".")[0] in LADDER


@pytest.fixture
def page(tmp_path):
    """Writes a page."""

    def write(text):
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8")
        return path

    return write


WHOLE = """\
# T

```yaml
# folder/a.yaml
x: 1
```

```sh
cat folder/a.yaml; ls
```

```text
# folder/a.yaml
x: 1
folder
```

```python
from pathlib import Path

y = 2
```

```python
print(y + 1, Path("folder/a.yaml").read_text().split()[-1])
```

```text
3 1
```
"""


def test_a_page_that_is_right_passes(page):
    assert checked(page(WHOLE), write=False) == []


def test_what_is_shown_wrongly_is_told_and_written(page):
    path = page(WHOLE.replace("3 1", "4 1"))
    (line,) = checked(path, write=False)
    assert line.startswith("page.md: line 29: ")
    assert checked(path, write=True) == []
    assert path.read_text(encoding="utf-8") == WHOLE


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("```sh\necho no >&2; exit 3\n```\n", "page.md: line 1: exit code 3: no"),
        ("x\n\n```sh\nfalse | cat\n```\n", "page.md: line 3: exit code 1: "),
        ("```python\nassert 1 == 2, 'why'\n```\n", "page.md: line 1: AssertionError: why"),
        ("```yaml\nx: 1\n```\n", "page.md: line 1: the first line names no file"),
    ],
)
def test_what_fails_is_told_with_its_place(page, tmp_path, text, error):
    with pytest.raises(TutorialError) as caught:
        Tutorial(page(text)).run(tmp_path)
    assert str(caught.value) == error
