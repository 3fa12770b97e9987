"""The tables, the figure and the page of a population of municipalities."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evidence.population.figure import population_figure
from evidence.population.page import FIGURES, population_page
from evidence.population.population import CLASSES, GRADED, READINGS
from evidence.population.tables import levels_table, readings_table, sizes_table, text_table
from evidence.words import speaker
from present.figures.test_figures import faults
from qsim.present.figures.frame import svg_bytes
from qsim.present.words.languages import LANGUAGES
from qsim.scenario.values import month_number

DOCS = Path(__file__).parents[3] / "docs"
DATE = month_number("2011-12")
NUMBER = re.compile(r"\d[\d.,]*(?:%| %)?(?: \(\d[\d.,]* to \d[\d.,]*%\))?|–")


def made_up(number=228):
    values = np.arange(number) / number
    table = dict.fromkeys(GRADED, values) | {"practice": 0.8 * values, "joint_practice": 0.5 * values}
    sizes = np.repeat(list(CLASSES), number // len(CLASSES))
    return pd.DataFrame(table | dict.fromkeys(READINGS, values < 0.5) | {"scenario": sizes})


def without_numbers(text):
    return NUMBER.sub("#", text)


def test_the_page_says_what_the_code_says():
    """Numbers are those of the last `make population`; all else must be as the code writes it now."""
    written = (DOCS / "population.md").read_text(encoding="utf-8")
    page = population_page(made_up(), made_up(), DATE, 1)
    assert without_numbers(written) == without_numbers(page), "docs/population.md is stale; run `make population`"
    assert "Written by `make population`" in page
    assert all((DOCS / name).is_file() for name in FIGURES.values())


def test_without_numbers_keeps_all_else():
    assert without_numbers("done | 19% (14 to 24%) | – | 2012") == "done | # | # | #"
    assert without_numbers("nineteen (more)") == "nineteen (more)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_as_many_cells_in_every_row(language):
    for make, rows in ((levels_table, len(GRADED)), (readings_table, len(READINGS)), (sizes_table, len(CLASSES))):
        heads, cells = make(made_up(), speaker(language))
        assert [len(row) for row in cells] == [len(heads)] * rows
        assert len(text_table(heads, cells).splitlines()) == rows + 1


def test_cells_as_people_read_them():
    heads, rows = levels_table(made_up(), speaker("de"))
    assert heads[-1].replace("\xa0", " ") == "Niveau bei 56,8 %"
    done = next(row for row in rows if row[0] == "umgesetzt")
    assert done[1].replace("\xa0", " ") == "75 % (69 bis 80 %)"
    nobody = made_up().assign(practice=0.0)
    assert next(row for row in levels_table(nobody, speaker("en"))[1] if row[0] == "done")[-1] == "–"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_draws_the_shares_and_no_text_over_another(language):
    figure = population_figure(made_up(), DATE, speaker(language))
    assert faults(figure) == []
    axes = figure.axes[0]
    *curves, survey = axes.lines
    assert len(curves) == 4
    np.testing.assert_allclose(survey.get_ydata(), 0.568)
    for curve, factor in zip(curves, (1.0, 1.0, 0.8, 0.5), strict=True):
        at = int(np.argmin(np.abs(curve.get_xdata() - 0.3)))
        expected = 1 - curve.get_xdata()[at] / factor
        assert curve.get_ydata()[at] == pytest.approx(expected, abs=0.006)
    assert len({(line.get_linestyle(), line.get_linewidth(), line.get_color()) for line in curves}) == 4
    assert len({(str(line.get_linestyle()), str(line._dash_pattern), line.get_linewidth()) for line in curves}) == 4


def test_the_figure_is_told_in_words_to_who_cannot_see_it():
    text = svg_bytes(population_figure(made_up(), DATE, speaker("de"))).decode().replace("\xa0", " ")
    assert 'lang="de"' in text
    assert "56,8 % sagten es von sich; im Modell setzen 62 % der Kommunen 30 % der Aufgabe um, 40 % gemeinsam" in text
    assert "Gemeinsam umgesetzt: ab 20 % 60 %, ab 30 % 40 %" in text
    assert "Dezember 2011" in text
