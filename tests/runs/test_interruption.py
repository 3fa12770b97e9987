"""An interruption that a library swallows on the way still ends the work."""

from __future__ import annotations

import signal
import threading

import pytest

from qsim.runs.interruption import noted_interruption


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
