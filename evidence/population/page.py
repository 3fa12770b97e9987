"""The page of the population of municipalities: how it is made, its tables, and how to read them."""

from __future__ import annotations

import pandas as pd

from evidence.documents.markdown import table
from evidence.population.population import CLASSES, MUNICIPALITIES, SELF_REPORT
from evidence.population.tables import levels_table, readings_table, sizes_table
from evidence.words import ENGLISH
from qsim.scenario.values import month_text

FIGURES = {"en": "images/population_en.svg", "de": "images/population_de.svg"}
"""Where the figure stands beside the page, by language."""

NOTE = "<!-- Written by `make population`; nothing is changed by hand. -->"


def population_page(drawn: pd.DataFrame, fixed: pd.DataFrame, date: int, seed: int) -> str:
    """Return the page of two populations: each municipality in another possible setting, and all in the central one."""
    when = ENGLISH.month(month_text(date), full=True)
    survey = ENGLISH.percent(SELF_REPORT, 1)
    parts = [
        "# A population of municipalities",
        NOTE,
        f"In a survey of {MUNICIPALITIES} municipalities, {survey} said that they treat integration as a cross-cutting task "
        "(Gesemann et al. 2012, in report 1.1). What would that be in the model? Here are "
        f"{len(drawn)} invented municipalities in {when}: what they have on paper, what they "
        "would say of themselves by several readings, and what they consider, do, and do jointly.",
        _making(seed),
        f"![What share of municipalities reaches which level]({FIGURES['en']})",
        f"[The same in German]({FIGURES['de']}).",
        "## Levels",
        "Share of municipalities that reach a level, with its 95% interval (Wilson), and the level that as many reach as "
        f"said yes in the survey, with the interval between order statistics. A dash: fewer than {survey} have any.",
        table(*levels_table(drawn, ENGLISH)),
        "The same with the parameters of the rules in all municipalities as in the central setting:",
        table(*levels_table(fixed, ENGLISH)),
        "## Readings of the self-report",
        "Nobody knows what those who answered meant. Each line is one reading; none was chosen for its share, and none is "
        "preferred. Beside each: what is done in the mean where the answer would be yes, and where it would be no.",
        table(*readings_table(drawn, ENGLISH)),
        "A format across departments is one that settles, drafts or ties, not a training. The mean belief of the top and "
        "what the majority of departments consider, in the tables above, are further readings, with a level.",
        "## By size",
        "Shares and means, for those who suppose another mix of sizes.",
        table(*sizes_table(drawn, ENGLISH)),
        "## How to read this",
        _reading(survey),
    ]
    return "\n\n".join(parts) + "\n"


def _making(seed: int) -> str:
    classes = ", ".join(f"{count} from `{name}`" for name, count in CLASSES.items())
    return (
        f"Each municipality is a setting of a scenario in which everything that differs between municipalities is unknown: "
        f"{classes} (seed {seed}). Size, staff and posts go together through these three; all else is drawn independently. "
        "Each has another of the [possible settings](settings.md) of the rules, too. What stands in for the mix of sizes "
        "in the survey, a third each, is an assumption. Ranges and their sources are in "
        "[scenarios/municipality.yaml](../scenarios/municipality.yaml); some municipalities have no commissioner, no "
        "concept or no format."
    )


def _reading(survey: str) -> str:
    return (
        "A self-report is not practice. That a concept exists in about half of the municipalities is put in, from the same "
        "survey (53.1%); that posts and formats exist is put in as an assumption. So the shares of these readings are no "
        "findings, and a reading that comes near the survey's share proves nothing. What the model adds is what stands "
        "behind a yes: whether more is done there than behind a no, and how soon the curves of what is done fall below that "
        "of what is promised. Levels are no forecasts: the report gives no effect sizes, nobody has measured practice, and "
        "a level of practice means nothing outside the model. What can be compared are the curves with each other: where "
        "one lies below another, fewer municipalities come as far. The intervals hold what a draw of so few municipalities "
        "leaves open; what is not known of the ranges themselves is wider and not in them. The level at "
        f"{survey} is no calibration and nothing was fitted to it."
    )
