"""A population of municipalities: shares that have it on paper, would say so, consider, do, and do jointly."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NoReturn

import pandas as pd

from evidence.population.figure import population_figure
from evidence.population.page import FIGURES, population_page
from evidence.population.population import MUNICIPALITIES, draw_population, size_classes
from evidence.population.shares import records
from evidence.population.tables import levels_table, readings_table, sizes_table, text_table
from evidence.words import speaker
from qsim.commands.group import WRONG_INPUT, exit_code
from qsim.commands.output import progress_of
from qsim.commands.words import say
from qsim.engine.seeds import LARGEST_SEED
from qsim.files.messages import InputError
from qsim.present.figures.frame import save, svg_bytes
from qsim.present.words.languages import LANGUAGES, chosen_language
from qsim.runs.csv_files import csv_bytes, dialect_of
from qsim.scenario.values import month_number, month_text


def main() -> None:
    """Draw the population and print its tables, or write the page with its figures."""
    chosen = _arguments()
    classes = size_classes()
    last = min(entry.scenario.start + entry.scenario.months - 1 for entry in classes)
    date = last if chosen.date is None else chosen.date

    def drawn(plausible: bool) -> pd.DataFrame:
        with progress_of(MUNICIPALITIES, "municipalities", chosen.quiet) as progress:
            return draw_population(classes, chosen.seed, date, plausible, progress)

    if chosen.docs is not None:
        _write_page(chosen.docs, drawn(True), drawn(False), date, chosen.seed)
        return
    population = drawn(not chosen.fixed)
    if chosen.out is not None:
        save(population_figure(population, date, speaker(chosen.lang)), chosen.out, "population")
        (chosen.out / "municipalities.csv").write_bytes(csv_bytes(population, dialect_of(chosen.lang)))
    if chosen.json:
        head = {"date": month_text(date), "seed": chosen.seed, "plausible": not chosen.fixed}
        print(json.dumps(head | records(population), ensure_ascii=False, indent=2))
        return
    speak = speaker(chosen.lang)
    when = speak.month(month_text(date), full=True)
    titles = (
        speak("population.levels_title", number=str(len(population)), date=when),
        speak("population.readings_title"),
        speak("population.sizes_title"),
    )
    tables = [make(population, speak) for make in (levels_table, readings_table, sizes_table)]
    print("\n\n".join(f"{title}\n{text_table(*rows)}" for title, rows in zip(titles, tables, strict=True)))


class _Arguments(argparse.ArgumentParser):
    """Tells of wrong arguments in one line, as ``qsim`` does."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave."""
        say(f"{self.prog}: {message}")
        sys.exit(WRONG_INPUT)


def _arguments() -> argparse.Namespace:
    parser = _Arguments(description=__doc__)
    parser.add_argument("--seed", type=_seed, default=1, metavar="N", help="the seed of all random draws")
    parser.add_argument("--date", type=_month, metavar="YYYY-MM", help="the month that is told; default: the last")
    parser.add_argument("--fixed", action="store_true", help="keep the parameters of the rules, the central setting")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of tables and figure")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write the figure and all municipalities there")
    parser.add_argument(
        "--docs", type=Path, metavar="FOLDER", help="write the page with its figures there, nothing else"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")
    chosen = parser.parse_args()
    chosen.lang = chosen_language(chosen.lang)
    return chosen


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) > LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to {LARGEST_SEED}")
    return int(text)


def _month(text: str) -> int:
    try:
        return month_number(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _write_page(folder: Path, drawn: pd.DataFrame, fixed: pd.DataFrame, date: int, seed: int) -> None:
    """Write the page and the figure in both languages into a folder of documents."""
    for language in LANGUAGES:
        path = folder / FIGURES[language]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(svg_bytes(population_figure(drawn, date, speaker(language))))
    (folder / "population.md").write_text(population_page(drawn, fixed, date, seed), encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except (InputError, OSError, KeyboardInterrupt) as error:
        sys.exit(exit_code(error))
