"""What is said of studies: what one will take, how far it is, and whether its numbers came out again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qsim.present.text.numbers import decimal
from qsim.present.words.language import Language
from qsim.present.words.wording import Wording, texts
from qsim.scenario.values import Label

if TYPE_CHECKING:
    from qsim.sweep.folder import Status
    from qsim.sweep.pilot import Effort
    from qsim.sweep.plan import Note
    from qsim.sweep.reproduce import Reproduction

STUDY = Wording(
    texts(
        size=(
            "{label}: {runs} Läufe ({scenarios} × {points} × {replications}) in {parts}",
            "{label}: {runs} runs ({scenarios} × {points} × {replications}) in {parts}",
        ),
        points__one=("{number} Punkt", "{number} point"),
        points__other=("{number} Punkte", "{number} points"),
        parts__one=("{number} Teil", "{number} part"),
        parts__other=("{number} Teilen", "{number} parts"),
        replications__one=("{number} Wiederholung", "{number} replication"),
        replications__other=("{number} Wiederholungen", "{number} replications"),
        scenarios__one=("{number} Szenario", "{number} scenario"),
        scenarios__other=("{number} Szenarien", "{number} scenarios"),
        takes=(
            "Auf der Platte etwa {size}; mit {workers} etwa {time} (nach einigen Probeläufen)",
            "About {size} on disk; with {workers} about {time} (from a few pilot runs)",
        ),
        workers__one=("{number} Thread", "{number} thread"),
        workers__other=("{number} Threads", "{number} threads"),
        seconds__one=("{number} Sekunde", "{number} second"),
        seconds__other=("{number} Sekunden", "{number} seconds"),
        minutes__one=("{number} Minute", "{number} minute"),
        minutes__other=("{number} Minuten", "{number} minutes"),
        hours__one=("{number} Stunde", "{number} hour"),
        hours__other=("{number} Stunden", "{number} hours"),
        days__one=("{number} Tag", "{number} day"),
        days__other=("{number} Tage", "{number} days"),
        written=("Es wurde nichts geschrieben.", "Nothing was written."),
        done=("{experiment}: fertig, {runs} Läufe", "{experiment}: done, {runs} runs"),
        partly=(
            "{experiment}: {done} von {runs} Läufen ({parts_done} von {parts} Teilen)",
            "{experiment}: {done} of {runs} runs ({parts_done} of {parts} parts)",
        ),
        running=("Daran wird gerade gearbeitet.", "It is being worked on right now."),
        failed=(
            "Teil {part} ist gescheitert (Zeilen {first} bis {last}): {error}",
            "part {part} failed (rows {first} to {last}): {error}",
        ),
        other_rules=(
            "qsim derselben Fassung, aber mit anderen Regeln",
            "qsim of the same version, but with other rules",
        ),
        there_and_here=("{thing} {there} dort und {here} hier", "{thing} {there} there and {here} here"),
        all_may_differ=(
            "{what}: Jede Zahl kann abweichen; in CHANGELOG.md steht unter „Changes results“, was sich geändert hat.",
            '{what}: every number may differ; CHANGELOG.md says under "Changes results" what changed',
        ),
        last_digits=(
            "{what}: Zahlen können in den letzten Stellen abweichen (relativ 1e-9).",
            "{what}: numbers may differ in their last digits (1e-9 relative)",
        ),
        aside__one=(
            "{number} unlesbare Datei liegt in corrupt/.",
            "{number} file that could not be read is in corrupt/.",
        ),
        aside__other=(
            "{number} unlesbare Dateien liegen in corrupt/.",
            "{number} files that could not be read are in corrupt/.",
        ),
        go_on=("Weiter geht es mit: {command}", "to go on: {command}"),
        finishing=(
            "Begonnene Teile werden beendet; noch einmal Strg-C lässt sie liegen.",
            "finishing the parts in flight; Ctrl-C again leaves them",
        ),
        resumed=("{done} von {parts} Teilen sind schon da.", "{done} of {parts} parts are there already"),
        set_aside=(
            "{file} ist nicht lesbar; liegt nun in corrupt/ und wird neu gerechnet.",
            "{file} cannot be read; it is now in corrupt/ and will be done again",
        ),
        agrees=(
            "{runs} von {of} Läufen noch einmal gerechnet: Die Zahlen stimmen überein (größte relative Abweichung {largest}).",
            "{runs} of {of} runs done again: the numbers agree (largest relative difference {largest})",
        ),
        disagrees=(
            "{runs} von {of} Läufen noch einmal gerechnet: Die Zahlen weichen ab, um bis zu {largest} in {where}.",
            "{runs} of {of} runs done again: the numbers differ, by up to {largest} in {where}",
        ),
        other_rows=(
            "{runs} von {of} Läufen noch einmal gerechnet: Die Tabellen passen nicht zusammen: {where}.",
            "{runs} of {of} runs done again: the tables do not fit together: {where}",
        ),
    )
)

SECONDS = (("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0), ("seconds", 1.0))
BYTES = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))


def estimate_lines(label: Label, found: Effort, workers: int, language: Language) -> Iterator[str]:
    """Yield what a study will take, with so many threads."""
    yield STUDY(
        "size",
        language,
        label=label.in_language(language),
        runs=decimal(found.runs, language, 0),
        scenarios=STUDY.counted("scenarios", found.scenarios, language),
        points=STUDY.counted("points", found.points, language),
        replications=STUDY.counted("replications", found.replications, language),
        parts=STUDY.counted("parts", found.parts, language),
    )
    time = duration(found.wall(workers), language)
    threads = STUDY.counted("workers", workers, language)
    yield STUDY("takes", language, size=size(found.size, language), workers=threads, time=time)
    yield STUDY("written", language)


def duration(seconds: float, language: Language) -> str:
    """Return a time in the unit in which it is a small number."""
    name, unit = next((pair for pair in SECONDS if seconds >= 2 * pair[1]), SECONDS[-1])
    return STUDY.counted(name, max(round(seconds / unit), 1), language)


def size(count: int, language: Language) -> str:
    """Return a number of bytes in the unit in which it is a small number."""
    name, unit = next((pair for pair in BYTES if count >= pair[1]), BYTES[-1])
    return f"{decimal(count / unit, language, 1 if count < 10 * unit else 0)} {name}"


def status_lines(status: Status, language: Language, brief: bool = False) -> Iterator[str]:
    """Yield how far a study is; ``brief`` leaves out failures and the command, which have been told."""
    runs = decimal(status.runs, language, 0)
    if status.finished:
        yield STUDY("done", language, experiment=status.experiment, runs=runs)
    else:
        done, parts = decimal(status.runs_done, language, 0), str(status.parts)
        yield STUDY("partly", language, experiment=status.experiment, done=done, runs=runs,
                    parts_done=str(status.parts_done), parts=parts)  # fmt: skip
    if brief:
        return
    yield from (failure_line(one, language) for one in status.failed)
    if status.set_aside:
        yield STUDY.counted("aside", status.set_aside, language)
    if status.running:
        yield STUDY("running", language)
    elif not status.finished:
        yield STUDY("go_on", language, command=status.command)


def failure_line(failure: Mapping[str, Any], language: Language) -> str:
    """Return a part that failed, by ``part``, ``first_row``, ``last_row`` and ``error``, in one line."""
    rows = {"first": str(failure.get("first_row")), "last": str(failure.get("last_row"))}
    return STUDY("failed", language, part=str(failure.get("part")), error=str(failure.get("error")), **rows)


def note_line(note: Note, language: Language) -> str:
    """Return what was otherwise when a study was begun, with what may differ for it, in one line."""
    pairs = (
        STUDY("there_and_here", language, thing=name, there=there, here=here) for name, there, here in note.differing
    )
    what = STUDY("other_rules", language) if note.what == "rules" else ", ".join(pairs)
    return STUDY("all_may_differ" if note.of_qsim else "last_digits", language, what=what)


def reproduction_lines(found: Reproduction, language: Language) -> Iterator[str]:
    """Yield whether the numbers came out again."""
    runs, of = decimal(found.runs, language, 0), decimal(found.of, language, 0)
    name = "agrees" if found.agrees else "disagrees" if found.largest < float("inf") else "other_rows"
    values = {"runs": runs, "of": of, "largest": f"{found.largest:.2g}", "where": found.where}
    yield STUDY(name, language, **values)
