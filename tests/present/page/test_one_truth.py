"""A finished page agrees with itself: every number is read with its meaning, and those that mean the same are the same."""

import base64
import csv
import io
import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest

from qsim.measures.catalogue import OUTCOMES
from qsim.present.text.names import STAGES, scenario_names
from qsim.present.text.units import heading
from qsim.present.words.speaker import Speaker, capital

DE = Speaker("de")
LABELS = {DE.label(measure.label): measure.name for measure in OUTCOMES}
HEADINGS = {heading(measure, DE): measure.name for measure in OUTCOMES}
STAGE_NAMES = {capital(DE(f"terms.stage.{stage}")): stage for stage in STAGES}
NUMBER = re.compile(r"[+−-]?\d[\d.]*(?:,\d+)?")


class Read(HTMLParser):
    """Reads the tables (caption, heads, rows), cards, downloads and plain texts of a page."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.tables, self.cards, self.files, self.texts = [], [], {}, []
        self._open, self._card = None, 0
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "table":
            self.tables.append({"caption": "", "heads": [], "rows": []})
        elif tag == "tr" and self.tables:
            self.tables[-1]["rows"].append([])
        elif tag == "a" and "download" in found:
            head, _, data = found["href"].partition(",")
            text = base64.b64decode(data).decode("utf-8-sig") if head.endswith(";base64") else data
            self.files[found["download"]] = text
        if tag == "div":
            self._card += 1 if self._card else found.get("class") == "card"
            if found.get("class") == "card":
                self.cards.append([])
        if tag in ("caption", "th", "td", "dt", "dd", "p", "h2", "h3", "h4", "h5", "figcaption"):
            self._open = (tag, found.get("scope"), [])

    def handle_endtag(self, tag):
        if tag == "div" and self._card:
            self._card -= 1
        if self._open is None or self._open[0] != tag:
            return
        _, scope, pieces = self._open
        text = " ".join("".join(pieces).replace("\N{SOFT HYPHEN}", "").split())
        self._open = None
        self.texts.append(text)
        if self._card:
            self.cards[-1].append(text)
        if tag == "caption":
            self.tables[-1]["caption"] = text
        elif tag == "th" and scope == "col":
            self.tables[-1]["heads"].append(text)
        elif tag in ("th", "td"):
            self.tables[-1]["rows"][-1].append(text)

    def handle_data(self, data):
        if self._open is not None:
            self._open[2].append(data)


def number(text):
    """Return the first number of a German text and how many decimals it has."""
    found = NUMBER.search(text)
    assert found, text
    plain = found[0].replace("−", "-").replace(".", "").replace(",", ".")
    return float(plain), len(plain.partition(".")[2])


def table_of(page, caption):
    """Return the rows of the tables with a caption as dictionaries by head."""
    return [
        dict(zip(table["heads"], row, strict=True))
        for table in page.tables
        if table["caption"] == caption
        for row in table["rows"]
        if row
    ]


def levels_told(page, names):
    """Yield outcome, scenario, place and text of each level that the page tells."""
    for row in table_of(page, DE("stages.caption")):
        yield STAGE_NAMES[row["Stufe"]], row["Szenario"], "stages", row["Mittel"]
    for name, *told in page.cards:
        for scenario, value in zip(told[::2], told[1::2], strict=False):
            if scenario in names and NUMBER.search(value) and name in LABELS:
                yield LABELS[name], scenario, "card", value
    for row in table_of(page, DE("verdict_section.ranking")):
        level = next(value for head, value in row.items() if head.startswith("Gemeinsam umgesetzt"))
        yield "joint_practice", row["Szenario"], "ranking", level
    for text in page.texts:
        if found := re.search(r"Gemeinsam umgesetzt ist am Anfang .*, in den letzten zwölf Monaten (.*?%)", text):
            yield "joint_practice", names[0], "curve", found[1]
        if found := re.search(
            r"Vorn liegt „(.*)“ \(.*\): Gemeinsam umgesetzt sind dort (.*?%), in „(.*)“ (.*?%)", text
        ):
            yield "joint_practice", found[1], "title", found[2]
            yield "joint_practice", found[3], "title", found[4]


def differences_told(page, names):
    """Yield outcome, second scenario, place and text of each difference to the first one."""
    for name, *told in page.cards:
        signed = [text for text in told if re.match(r"Unterschied [+−]\d", text)]
        if name in LABELS and len(names) == 2 and signed:
            yield LABELS[name], names[1], "card", signed[0]
        for scenario, value in zip(told[::2], told[1::2], strict=False):
            if len(names) > 2 and name in LABELS and scenario in names and "(" in value:
                yield LABELS[name], scenario, "card", value.partition("(")[2]
    for row in table_of(page, DE("stages.details_caption", first=names[0])):
        yield HEADINGS[row["Ergebnis"]], row["Szenario"], "table", row["Unterschied"]
    for text in page.texts:
        pair = re.match(r"„(.*?)“ (?:ist|und|liegt)|Ob „(.*?)“ oder „(.*?)“ besser|Zielkonflikt: „(.*?)“", text)
        amount = re.search(r"Gemeinsam umgesetzt (?:in „(.*?)“ gegenüber „.*?“ )?([+−][\d,]+) Prozentpunkte \(", text)
        if pair and amount:
            better = next(name for name in pair.groups() if name)
            yield "joint_practice", amount[1] or better, "verdict", amount[2]


def checked(told, truth):
    """Return how many places tell each number; all must be the true one, rounded to the digits they show."""
    places = defaultdict(set)
    for outcome, scenario, place, text in told:
        shown, digits = number(text)
        assert shown == pytest.approx(truth(outcome, scenario), abs=0.5000001 * 10.0**-digits), (
            outcome,
            scenario,
            place,
            text,
        )
        places[outcome, scenario].add(place)
    return places


@pytest.mark.parametrize("kind", ["pair", "three", "one"])
def test_numbers_that_mean_the_same_are_the_same(page_files, report, kind):
    made = report(kind)
    names = scenario_names(made.scenarios, DE)
    page = Read(page_files(kind, "de").read_text(encoding="utf-8"))
    dialect = csv.DictReader(io.StringIO(page.files["outcomes.csv"]), delimiter=";")
    table = {row["outcome"]: {key: value.replace(",", ".") for key, value in row.items()} for row in dialect}
    ids = dict(zip(names, (scenario.id for scenario in made.scenarios), strict=True))
    factor = {measure.name: 100.0 if "share" in measure.unit else 1.0 for measure in OUTCOMES}

    def level(outcome, scenario):
        own = next(one for one in made.results if one.scenario.id == ids[scenario])
        value = float(own.runs[outcome].mean())
        assert float(table[outcome][ids[scenario]]) == pytest.approx(value, rel=1e-9)
        return factor[outcome] * value

    def difference(outcome, scenario):
        column = f"{ids[scenario]}_minus_{ids[names[0]]}_difference"
        value = float(table[outcome][column])
        assert value == pytest.approx(
            (level(outcome, scenario) - level(outcome, names[0])) / factor[outcome], rel=1e-8, abs=1e-9
        )
        return factor[outcome] * value

    levels = checked(levels_told(page, names), level)
    assert all(len(levels["joint_practice", name]) >= 2 for name in names)
    if len(names) > 1:
        differences = checked(differences_told(page, names), difference)
        assert all(len(differences["joint_practice", name]) >= 2 for name in names[1:])


@pytest.mark.parametrize("kind", ["pair", "one"])
def test_a_case_meets_what_the_table_of_departments_has(report, kind):
    made = report(kind)
    for result, cases in zip(made.results, made.cases, strict=True):
        _, mean = cases
        assert mean.runs == len(result.rows)
        last = result.departments[result.departments["month"] == result.departments["month"].max()]
        known = last[last["task"] == mean.task].set_index("department")["practice"]
        for step in mean.steps:
            assert step.practice == pytest.approx(known[step.department], abs=1e-12)
