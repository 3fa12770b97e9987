"""The runner: order, failures, how far it is ahead, and that no interruption is forgotten."""

from __future__ import annotations

import errno
import signal
import threading
import time

import pytest

from qsim.present.words.messages import in_words
from qsim.runs.runner import AHEAD, RunError, failure_text, noted_interruption, run_pieces, workers_of


def test_a_swallowed_interruption_is_not_forgotten():
    before = signal.getsignal(signal.SIGINT)
    with noted_interruption() as check:
        check()
        with pytest.raises(KeyboardInterrupt):  # swallowed here
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            check()
    assert signal.getsignal(signal.SIGINT) is before


def test_elsewhere_than_in_the_main_thread_nothing_is_noted():
    done = []

    def work():
        with noted_interruption() as check:
            check()
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.parametrize("workers", [1, 3])
def test_pieces_come_in_order_or_as_they_are_done_and_failures_stand_apart(workers):
    begun = []

    def work(piece):
        begun.append(piece)
        if piece == 4:
            raise ValueError("four")
        return piece**2

    with workers_of(workers) as pool:
        done = [
            (piece, future.exception() or future.result()) for piece, future in run_pieces(pool, work, iter(range(9)))
        ]
        assert [piece for piece, _ in done] == list(range(9))
        assert [value for piece, value in done if piece != 4] == [piece**2 for piece in range(9) if piece != 4]
        assert isinstance(done[4][1], ValueError)
        assert sorted(piece for piece, _ in run_pieces(pool, work, range(9), in_order=False)) == list(range(9))
    assert sorted(begun) == sorted([*range(9)] * 2)


def test_few_pieces_are_ahead_and_none_is_begun_once_somebody_wants_to_stop():
    begun, taken = [], []
    with workers_of(1) as pool:
        for piece, _ in run_pieces(pool, begun.append, range(100), stopping=lambda: len(taken) >= 3):
            taken.append(piece)
            assert len(begun) <= len(taken) + AHEAD
    assert taken == list(range(len(begun)))
    assert len(taken) <= 3 + AHEAD


def test_whoever_fails_waits_for_no_more_than_what_is_in_flight():
    begun = []

    def work(piece):
        begun.append(piece)
        time.sleep(0.02)

    def take():
        with workers_of(1) as pool:
            for piece, _ in run_pieces(pool, work, range(100)):
                1 // piece

    with pytest.raises(ZeroDivisionError):
        take()
    assert len(begun) <= 2


def test_whoever_takes_no_more_cancels_what_has_not_begun():
    begun = []
    with workers_of(1) as pool:
        pieces = run_pieces(pool, begun.append, range(100))
        next(pieces)
        pieces.close()
    assert len(begun) <= 1 + AHEAD


class KilledWorker(Exception):
    """As Dask calls it, with the words of many lines that it has."""


@pytest.mark.parametrize(("error", "said", "german"), [
    (RunError("city: 1 is\n not right"), "city: 1 is not right", None),
    (MemoryError("Unable to allocate 3 GiB"), "there is not enough memory", "der Arbeitsspeicher reicht nicht"),
    (OSError(errno.ENOSPC, "Full"), "no space left on device", "kein Platz mehr auf dem Datenträger"),
    (KilledWorker("Attempted to run task"), "the process that ran it died, several times; it may have lacked memory",
     "der Prozess, der es rechnete, ist mehrmals gestorben; vielleicht fehlte ihm Arbeitsspeicher"),
    (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero", "ZeroDivisionError: by zero"),
])  # fmt: skip
def test_why_work_failed_is_told_in_plain_words_in_both_languages(error, said, german):
    assert failure_text(error) == said
    whole = in_words(f"runs 0 to 3 failed: {said}", "de")
    assert german is None or whole == f"die Läufe 0 bis 3 sind gescheitert: {german}"
