"""The experiments with their answers: runs them, a few minutes small or at full size, and writes figures and the page.

    python -m evidence.answers            small, everything under results/experiments
    python -m evidence.answers --full     at the size of the files; also writes experiments/answers and docs

Each study has a folder of its own and goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence.answers.answer import ANSWERS, ORDER, Answer, answer_of, answer_text, read_answers
from evidence.answers.figure import answer_figure
from evidence.answers.page import PAGES, answer_sentences, answers_page, figure_path
from evidence.words import speaker
from qsim.commands.group import exit_code
from qsim.commands.output import progress_of
from qsim.commands.words import say
from qsim.files.messages import InputError
from qsim.present.figures.frame import svg_bytes
from qsim.present.words.languages import LANGUAGES, chosen_language
from qsim.runs.runner import RunError, UnfinishedError
from qsim.sweep.study import Study

SMALL = 16
"""Replications of a small run."""

TOP = Path(__file__).parents[2]


def main() -> None:
    """Run the experiments that are named, all of them without a name, and write what came out."""
    chosen = _arguments()
    size = "full" if chosen.full else "small"
    base = chosen.out / size
    records = (TOP / "experiments" if chosen.full else base) / ANSWERS
    docs = TOP / "docs" if chosen.full else base
    replications = chosen.replications or (None if chosen.full else SMALL)
    for name in chosen.names or ORDER:
        answer = _answer(name, base / name, replications, chosen.jobs, chosen.quiet)
        records.mkdir(parents=True, exist_ok=True)
        (records / f"{name}.json").write_text(answer_text(answer), encoding="utf-8")
        _write_figures(answer, docs)
        print(f"{answer['label'][chosen.lang]}: {answer_sentences(answer, speaker(chosen.lang))}\n", flush=True)
    answers = read_answers(records)
    for language in LANGUAGES:
        (docs / PAGES[language]).write_text(answers_page(answers, speaker(language)), encoding="utf-8")
    say(f"{docs / PAGES[chosen.lang]}")


def _answer(name: str, out: Path, replications: int | None, jobs: int | None, quiet: bool) -> Answer:
    study = Study.load(name, replications=replications)
    assert study.experiment is not None
    with progress_of(study.experiment.runs, name, quiet) as progress:
        done = study.run(out, workers=jobs, progress=progress)
    return answer_of(study.experiment, done.runs)


def _write_figures(answer: Answer, docs: Path) -> None:
    for language in LANGUAGES:
        path = docs / figure_path(answer, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(svg_bytes(answer_figure(answer, speaker(language))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="EXPERIMENT", help="experiments; default: all")
    parser.add_argument(
        "--full", action="store_true", help="at the size of the files; writes experiments/answers and docs"
    )
    parser.add_argument("--replications", type=int, metavar="N", help=f"not those of the file, nor {SMALL} when small")
    parser.add_argument(
        "--out", type=Path, default=Path("results/experiments"), metavar="FOLDER", help="folder of the studies"
    )
    parser.add_argument("-j", "--jobs", type=int, metavar="N", help="threads; default: all processors")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of what is printed")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    chosen = parser.parse_args()
    chosen.lang = chosen_language(chosen.lang)
    return chosen


if __name__ == "__main__":
    try:
        main()
    except (InputError, RunError, UnfinishedError, OSError, KeyboardInterrupt) as error:
        sys.exit(exit_code(error))
