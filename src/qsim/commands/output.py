"""What commands say and save: progress and notes on standard error, results as text or JSON, tables and figures in a folder."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import typer

from qsim.commands.words import SPOKEN, say, tell

if TYPE_CHECKING:
    from rich.console import RenderableType

    from qsim.engine.result import Result
    from qsim.files.kinds import Kind
    from qsim.present.words.speaker import Speaker
    from qsim.runs.manifest import Manifest
    from qsim.runs.store import Store
    from qsim.scenario.labels import Label
    from qsim.sweep.part_work import Effort

LONGEST_STEM = 80
WIDTH_ELSEWHERE = 100
"""Columns of text that goes to a file or another program."""

Progress = Callable[[int], None]
"""Called with the number of runs that are done since the last call."""


def show(*parts: RenderableType) -> None:
    """Print tables and paragraphs to standard output, with an empty line between them."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH_ELSEWHERE
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for position, part in enumerate(parts):
        if position:
            console.print()
        console.print(part)


def show_json(content: Any, kind: Any = None) -> None:
    """Print something, declared as a ``kind`` (by default its type), as JSON; what is missing becomes null."""
    from qsim.runs.to_json import to_json

    text = json.dumps(to_json(content, kind), ensure_ascii=False, indent=2)
    tell("\n".join(line if line.isprintable() else _plain_json(line) for line in text.split("\n")))


def _plain_json(line: str) -> str:
    """Return a line of JSON in which letters that cannot be printed are written as JSON has them."""
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in line)


def show_listed(kind: Kind[Any], speak: Speaker, json: bool, explained: bool = False) -> None:
    """Print the files of a kind that can be named, each with its label or what explains it; as JSON with all of it."""
    from qsim.files.kinds import file_name
    from qsim.scenario.loading import listed
    from qsim.scenario.schema import SCENARIO

    entries = listed(kind)
    if json:
        show_json([
            {"id": entry.id, "label": speak.label(entry.label),
             kind.explained_by: speak.label(entry.explanation) if entry.explanation else None,
             "file": file_name(entry.path, SCENARIO)} for entry in entries
        ])  # fmt: skip
        return
    width = max((len(entry.id) for entry in entries), default=0)
    for entry in entries:
        label = entry.explanation if explained and entry.explanation else entry.label
        tell(f"{entry.id:<{width}}  {speak.label(label)}")


def show_effort(
    effort: Effort, label: Label, head: dict[str, Any], jobs: int | None, json: bool, speak: Speaker
) -> None:
    """Print what a study will take with so many threads; as JSON behind ``head``, which says what it is of."""
    from dataclasses import asdict

    from qsim.present.text.study_text import estimate_lines
    from qsim.runs.runner import worker_count

    workers = worker_count(jobs)
    if json:
        show_json({**head, **asdict(effort), "workers": workers, "wall": effort.wall(workers)})
        return
    for line in estimate_lines(label, effort, workers, speak):
        tell(line)


def store_in(out: Path | None, manifest: Manifest | None, csv: bool) -> AbstractContextManager[Store | None]:
    """Return the store of a folder, or of nothing if there is none."""
    if out is None or manifest is None:
        return nullcontext(None)
    from qsim.runs.csv_files import dialect_of
    from qsim.runs.store import Store

    return Store(out, manifest, dialect_of(SPOKEN.get()) if csv else None)


FIGURES = {"paper_to_joint_practice": "paper", "gap_over_time": "gap", "binding_constraint": "constraint"}
"""The figures that show results side by side, by the name of their file: the module ``<name>`` with a ``<name>_figure``."""


def save_figures(store: Store, results: Sequence[Result], speak: Speaker) -> None:
    """Draw the figures of one result or of several side by side into the folder ``figures`` of a store."""
    from qsim.present.figures.departments import departments_figure
    from qsim.present.figures.frame import save
    from qsim.present.text.names import scenario_names

    folder = store.file("figures")
    for file, module in FIGURES.items():
        drawn = getattr(import_module(f"qsim.present.figures.{module}"), f"{module}_figure")
        save(drawn(results, speak), folder, file)
    names = scenario_names([result.scenario for result in results], speak)
    for result, name in zip(results, names, strict=True):
        for task in result.scenario.tasks:
            parts = ["departments", *([_file_stem(result.scenario.id)] if len(results) > 1 else [])]
            parts += [task.id] if len(result.scenario.tasks) > 1 else []
            save(departments_figure(result, speak, name, task.id), folder, "_".join(parts))


def _file_stem(name: str) -> str:
    """Return an id, which may hold changes, as a part of the name of a file."""
    return re.sub(r"[^a-z0-9_]+", "_", name)[:LONGEST_STEM].strip("_")


def check_page(path: Path | None, option: str = "--report") -> None:
    """Raise BadParameter unless a page can be written there: in a folder that exists, over nothing but a page of qsim."""
    if path is None:
        return
    from qsim.comparison.record import ENDINGS

    if path.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f"{option} takes a file that ends in .html, not {path.name or path}")
    if path.exists() and not _is_page(path):
        raise typer.BadParameter(f"{option}: {path} is there and is no page of qsim; name another file")
    check_folder(path, option)


def check_folder(path: Path, option: str) -> None:
    """Raise BadParameter unless a file can be written beside where ``path`` is to be."""
    import tempfile

    if not path.parent.is_dir():
        raise typer.BadParameter(f"{option}: there is no folder {path.parent}")
    try:
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError:
        raise typer.BadParameter(f"{option}: nothing can be written in the folder {path.parent}") from None


def _is_page(path: Path) -> bool:
    """Return whether a file is a page of qsim that can be read."""
    from qsim.comparison.record import page_manifest
    from qsim.files.messages import InputError

    try:
        return page_manifest(path) is not None
    except InputError:
        return False


def page_options(path: Path | None, speak: Speaker) -> dict[str, str]:
    """Return the options that make the page again, in whatever folder; none if there is no page."""
    return {} if path is None else {"report": path.name, "lang": speak.language}


def write_page(path: Path, page: str) -> None:
    """Write a page under a temporary name and rename it, so that a file of this name is always whole."""
    from qsim.files.writing import write_whole

    write_whole(path, page.encode())


def told(out: Path | None, quiet: bool, runs: int = 0) -> None:
    """Say where results were saved, and what the figures over time show if that is not all ``runs``."""
    from qsim.runs.execution import KEPT

    if out is not None and not quiet:
        part = f"; the figures over time show the first {KEPT} runs, the tables hold all" if runs > KEPT else ""
        say(f"saved: {out}{part}")


def told_page(path: Path | None, quiet: bool) -> None:
    """Say where the page is."""
    if path is not None and not quiet:
        say(f"page: {path}")


@contextmanager
def progress_of(total: int, words: str, quiet: bool) -> Iterator[Progress]:
    """Show a bar for ``total`` runs with rate and time left; nothing where standard error is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        """Runs a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda done: bar.advance(task, done)


def compile_rules(quiet: bool) -> None:
    """Compile the rules if that has not been done yet, and say so unless ``quiet``; raise KeyboardInterrupt on Ctrl-C.

    The compiler swallows an interruption that comes while it is called back, and then fails in its own words. So the
    interruption is noted, and whatever follows from it is told as one.
    """
    from qsim.engine.warm import warm_up

    interrupted = False
    report = sys.unraisablehook

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        raise KeyboardInterrupt

    def report_others(swallowed: Any) -> None:
        if swallowed.exc_type is not KeyboardInterrupt:
            report(swallowed)

    before = signal.signal(signal.SIGINT, note)
    sys.unraisablehook = report_others
    try:
        warm_up(announce=None if quiet else say)
    except Exception:
        if interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        sys.unraisablehook = report
        signal.signal(signal.SIGINT, before)
    if interrupted:
        raise KeyboardInterrupt
