"""What is said of studies: what one will take, how far it is, and whether its numbers came out again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qsim.present.words.messages import in_words
from qsim.present.words.speaker import Speaker
from qsim.scenario.labels import Label

if TYPE_CHECKING:
    from qsim.sweep.part_work import Effort
    from qsim.sweep.plan import Note
    from qsim.sweep.reproduce import Reproduction
    from qsim.sweep.status import Status

SECONDS = (("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0), ("seconds", 1.0))
LONGEST_QUOTED = 200
BYTES = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))


def estimate_lines(label: Label, found: Effort, workers: int, speak: Speaker) -> Iterator[str]:
    """Yield what a study will take, with so many threads."""
    yield speak(
        "study.size",
        label=speak.label(label),
        runs=speak.decimal(found.runs, 0),
        scenarios=speak.counted("study.scenarios", found.scenarios),
        points=speak.counted("study.points", found.points),
        replications=speak.counted("study.replications", found.replications),
        parts=speak.counted("study.parts", found.parts),
    )
    time = duration(found.wall(workers), speak)
    threads = speak.counted("study.workers", workers)
    yield speak("study.takes", size=size(found.size, speak), workers=threads, time=time)
    yield speak("study.written")


def duration(seconds: float, speak: Speaker) -> str:
    """Return a time in the unit in which it is a small number."""
    name, unit = next((pair for pair in SECONDS if seconds >= 2 * pair[1]), SECONDS[-1])
    return speak.counted(f"study.{name}", max(round(seconds / unit), 1))


def size(count: int, speak: Speaker) -> str:
    """Return a number of bytes in the unit in which it is a small number."""
    name, unit = next((pair for pair in BYTES if count >= pair[1]), BYTES[-1])
    return f"{speak.decimal(count / unit, 1 if count < 10 * unit else 0)} {name}"


def status_lines(status: Status, speak: Speaker, brief: bool = False) -> Iterator[str]:
    """Yield how far a study is; ``brief`` leaves out failures and the command, which have been told."""
    runs = speak.decimal(status.runs, 0)
    if not status.parts:
        name = "results_done" if status.finished else "results_partly"
        yield speak(f"study.{name}", study=status.study, experiment=status.experiment)
    elif status.finished:
        yield speak("study.done", experiment=status.experiment, runs=runs)
    else:
        done, parts = speak.decimal(status.runs_done, 0), str(status.parts)
        yield speak("study.partly", experiment=status.experiment, done=done, runs=runs,
                    parts_done=str(status.parts_done), parts=parts)  # fmt: skip
    if brief:
        return
    yield from (failure_line(one, speak) for one in status.failed)
    for name, files in (("damaged", status.damaged), ("missing", status.missing), ("foreign", status.foreign)):
        for file in files:
            yield speak(f"study.{name}", file=file)
    if status.set_aside:
        yield speak.counted("study.aside", status.set_aside)
    if status.running:
        yield speak("study.running")
    elif not status.finished and status.command:
        yield speak("study.go_on", command=status.command)


def failure_line(failure: Mapping[str, Any], speak: Speaker) -> str:
    """Return a part that failed, by ``part``, ``first_row``, ``last_row`` and ``error``, in one line."""
    rows = {"first": str(failure.get("first_row")), "last": str(failure.get("last_row"))}
    return speak(
        "study.failed", part=str(failure.get("part")), error=in_words(str(failure.get("error")), speak.language), **rows
    )


def note_line(note: Note, speak: Speaker) -> str:
    """Return what was otherwise when a study was begun, with what may differ for it, in one line."""
    pairs = (speak("study.there_and_here", thing=name, there=there, here=here) for name, there, here in note.differing)
    what = speak("study.other_rules") if note.what == "rules" else ", ".join(pairs)
    if note.of_charts:
        return speak("study.drawn_otherwise", what=what)
    return speak("study.all_may_differ" if note.of_qsim else "study.last_digits", what=what)


def reproduction_lines(found: Reproduction, speak: Speaker) -> Iterator[str]:
    """Yield whether the numbers came out again."""
    runs, of = speak.decimal(found.runs, 0), speak.decimal(found.of, 0)
    numbers = "agrees" if found.numbers_agree else "disagrees" if found.largest < float("inf") else "other_rows"
    yield speak(
        f"study.{numbers}",
        runs=runs,
        of=of,
        largest=speak.two_digits(found.largest),
        where=in_words(found.where, speak.language),
    )
    for name, pair in (("other_text", found.texts), ("other_rest", found.rest)):
        if pair is not None:
            there, here = (
                speak("study.quoted", text=_short(text)) if text else speak("study.nothing") for text in pair
            )
            yield speak(f"study.{name}", there=there, here=here)
    if found.compared:
        yield speak("study.compared", parts=_parts(found.compared, speak))
    if found.left_out:
        name = "page_left_out" if "page" in found.left_out else "left_out"
        yield speak(f"study.{name}", parts=_parts(found.left_out, speak))


def _parts(names: Sequence[str], speak: Speaker) -> str:
    words = {"numbers": speak("study.numbers"), "text": speak("study.text"), "page": speak("study.page")}
    return ", ".join(words.get(name, name) for name in names)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]} ..."
