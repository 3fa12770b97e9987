"""Whatever an address or a file says, the live page tells it in a line, shows it as text, and goes on."""

import json

import pytest

from trial_explore import page_of
from trial_live import DONE, LOOKS, POSTS, SHORT, WAIT, answered, control, set_number, text, until
from worlds import load_as

MARKUP = "</script><img src=x onerror=alert(1)>"
NONE = (
    "Der Teil der Adresse nach „#“ ist unvollständig oder gehört zu einer anderen Seite. "
    "Gezeigt wird der heutige Stand ohne Änderungen."
)
LEFT = "Die Adresse enthält Angaben, die hier nicht möglich sind; sie wurden weggelassen: "
UNKNOWN = f"{LEFT}Angaben, die es hier nicht gibt."
ODD = {"toString": 1, "valueOf": 1}


def state(**more):
    return "#" + json.dumps({"scenario": "small", **more})


ADDRESSES = {
    "cut": ("#%E0%A4%A", NONE),
    "letters": ("#" + "x" * 100_000, NONE),
    "nothing": ("#null", NONE),
    "list": ("#[]", NONE),
    "deep": ("#" + "[" * 100_000, NONE),
    "other": ('#{"scenario":"__proto__"}', NONE),
    "markup": (f"#{MARKUP}", NONE),
    "huge": (state(changes={POSTS: 1e308}), f"{LEFT}Zahl der Stellen."),
    "negative": (state(changes={POSTS: -1}), f"{LEFT}Zahl der Stellen."),
    "text": (state(changes={POSTS: "2"}), f"{LEFT}Zahl der Stellen."),
    "unknown": (state(changes={"no.such": 1, MARKUP: 2}), UNKNOWN),
    "prototype": (f'{state()[:-1]}, "changes": {{"__proto__": {{"a": 1}}}}}}', UNKNOWN),
    "many": (state(changes={f"key{i}": i for i in range(5000)}), UNKNOWN),
    "long": (state(changes={"k" * 50_000: 1}), UNKNOWN),
    "numbers": (state(changes=[1e308]), UNKNOWN),
    "name": (state(plans={"A": {"name": ODD, "changes": ODD}, "Z": ODD}), UNKNOWN),
}


def test_an_address_of_any_kind_is_told_in_a_line(live):
    found = live()
    found.run("globalThis.same = true")
    for kind, (address, told) in ADDRESSES.items():
        found.run("(address) => { location.hash = address; }", address)
        until(found, "address", told)
        assert found.run("Object.keys(qsim.state.now.changes)") == [], kind
    set_number(found, POSTS, "2")
    answered(found)
    assert found.run("globalThis.same"), "the page was loaded again"
    assert "der heutige Stand" in text(found, "sentence")
    assert found.page.locator("img").count() == 0
    assert (found.complaints, found.dialogs) == ([], [])


@pytest.mark.parametrize("kind", ["cut", "deep", "name", "huge"])
def test_a_page_opens_at_any_address(live, kind):
    address, told = ADDRESSES[kind]
    found = live(fragment=address)
    assert text(found, "address") == told
    assert text(found, "count") == "keine Änderung"
    assert (found.complaints, found.dialogs) == ([], [])


def test_what_is_right_in_an_address_is_taken(live):
    plans = {"A": {"name": MARKUP, "changes": {POSTS: "x"}}, "Z": {}}
    found = live(fragment=state(changes={POSTS: 1e9, "administration.workload": 1.1}, plans=plans))
    assert text(found, "count") == "1 Änderung"
    assert text(found, "address") == f"{LEFT}Zahl der Stellen."
    assert MARKUP in text(found, "plans")
    assert found.page.locator("img").count() == 0
    assert (found.complaints, found.dialogs) == ([], [])


FILES = {
    "large": (lambda _: "x" * 10_000_000, "Die Datei ist zu groß (mehr als ein Megabyte). "),
    "bytes": (lambda _: b"\xff\xfe<script>".decode("latin-1"), "unreadable"),
    "page": (lambda _: f"<html>{MARKUP}</html>", "unreadable"),
    "empty": (lambda _: "", "In der Datei steht kein Szenario. "),
    "deep": (lambda _: "".join(f"{' ' * i}a:\n" for i in range(1000)), "unreadable"),
    "lists": (lambda _: "- " * 400_000, "unreadable"),
    "json": (lambda _: "a: " + "[" * 400_000, "unreadable"),
    "bomb": (lambda _: "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(9)), "unreadable"),
    "version": (lambda said: said.replace("schema_version: 1", "schema_version: 99"),
                "Die Datei wurde mit einer anderen Ausgabe dieser Seite gespeichert"),
    "tasks": (lambda said: said.replace("tasks:", "tasks: {map: 5}\nothers:", 1), "unreadable"),
    "null": (lambda said: said.replace("commissioners:", "commissioners: [null]\nothers:", 1), "unreadable"),
    "huge": (lambda said: said.replace("posts: 1\n", "posts: 1e308\n"),
             "Zahl der Stellen: „1e+308“."),
    "endless": (lambda said: said.replace("posts: 1\n", "posts: 1e999\n"),
                "Zahl der Stellen: „Infinity“."),
    "negative": (lambda said: said.replace("posts: 1\n", "posts: -3\n"),
                 "Zahl der Stellen: „-3“."),
    "nan": (lambda said: said.replace("posts: 1\n", "posts: NaN\n"), "unreadable"),
    "markup": (lambda said: said.replace("posts: 1\n", f"posts: {json.dumps(MARKUP)}\n"),
               f"Zahl der Stellen: „{MARKUP}“."),
    "list": (lambda said: said.replace("departments: 8", f"departments: [{', '.join('1' * 300_000)}]"),
             "übernommen hat: Verwaltung."),
    "key": (lambda said: f"{said}{'k' * 400_000}: 1\n", "übernommen hat: Angaben, die es hier nicht gibt."),
}  # fmt: skip
UNREADABLE = "Die Datei lässt sich nicht lesen. "


def test_a_file_of_any_kind_is_told_in_a_line(live, tmp_path):
    found = live()
    said = found.run("qsim.files.text()")
    assert "posts: 1\n" in said
    for kind, (spoilt, told) in FILES.items():
        path = tmp_path / f"{kind}.yaml"
        path.write_text(spoilt(said), encoding="utf-8")
        assert spoilt(said) != said
        found.run("document.getElementById('file-told').textContent = ''")
        found.page.set_input_files("#file", path)
        found.page.wait_for_function("() => document.getElementById('file-told').textContent", timeout=WAIT)
        shown = text(found, "file-told")
        assert (UNREADABLE if told == "unreadable" else told) in shown, (kind, shown)
        assert len(shown) < 400, kind
        assert found.run("qsim.state.now.changes") == {}, kind
    set_number(found, POSTS, "2")
    answered(found)
    assert control(found, POSTS).locator("input").input_value() == "2"
    assert found.page.locator("img").count() == 0
    assert (found.complaints, found.dialogs) == ([], [])


def test_names_are_shown_as_text(opened, tmp_path):
    scenario = load_as("small", *SHORT)
    label = scenario.label.model_copy(update={"de": MARKUP})
    path = tmp_path / "hostile.html"
    path.write_text(page_of([scenario.model_copy(update={"label": label})], "de", LOOKS), encoding="utf-8")
    found = opened(path)
    found.page.wait_for_selector(DONE, timeout=WAIT)
    assert MARKUP in found.page.locator("h1").inner_text()
    assert found.page.locator("img").count() == 0
    assert found.dialogs == []
