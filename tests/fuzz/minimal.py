"""Tries inputs, and keeps those that fail, made smaller as long as they fail in the same way."""

from __future__ import annotations

import resource
import shutil
import time
from dataclasses import replace
from pathlib import Path

from tests.fuzz.inputs import Input, make
from tests.fuzz.trial import lay_out, tried

KEPT = Path(__file__).parents[2] / "results" / "fuzz"
MEMORY = 6 * 2**30
"""Bytes that a process may take."""

SECONDS = 15
"""For one input."""


def kind_of_problem(problem: str) -> str:
    """Return what two problems have in common that are the same."""
    said = problem.rpartition("': ")[2] or problem
    return " ".join(said.split()[:2])


def smallest(one: Input, problem: str) -> tuple[Input, str]:
    """Return the input with as few lines of its spoilt file as still give the problem."""
    if not one.spoilt or not one.spoilt.endswith((".yaml", ".csv")):
        return one, problem
    until, kept = time.monotonic() + SECONDS, problem
    lines = one.files[one.spoilt].splitlines(keepends=True)
    size = max(len(lines) // 2, 1)
    while size:
        start = 0
        while start < len(lines) and time.monotonic() < until:
            fewer = lines[:start] + lines[start + size :]
            smaller = replace(one, files={**one.files, one.spoilt: b"".join(fewer)})
            again = tried(smaller)[1]
            if again and kind_of_problem(again) == kind_of_problem(problem):
                one, lines, kept = smaller, fewer, again
            else:
                start += size
        size = 0 if size == 1 or time.monotonic() >= until else size // 2
    return one, kept


def tried_and_kept(numbers: list[int], seed: int, kinds: tuple[str, ...]) -> list[tuple[int, str, str, str]]:
    """Try inputs by their numbers; return of each its number, kind, ending and problem, and keep those that fail."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found = []
    for number in numbers:
        one = make(seed, number, kinds)
        ending, problem = tried(one)
        if problem:
            one, problem = smallest(one, problem)
            folder = KEPT / f"{seed}-{number}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            lay_out(one, folder)
            (folder / "PROBLEM").write_text(
                f"{problem}\n{one.commands!a} {one.environment!a} {one.closed} {one.signal}\n"
            )
        found.append((number, one.kind, ending if not problem else "failed", problem))
    return found
