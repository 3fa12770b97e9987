"""The one runner of studies: work done piece by piece on any executor, few pieces ahead, and ended in good order by Ctrl-C."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, TypeVar

from qsim.engine.seeds import whole_number
from qsim.files.messages import InputError

Piece = TypeVar("Piece")
Value = TypeVar("Value")

LOCAL = "local"
"""In place of an address: a cluster of processes on this machine, started for the study and ended with it."""

NO_PAGES: dict[str, Any] = {f"distributed.{who}.http.routes": [] for who in ("scheduler", "worker")}
"""Nobody asked for Dask's pages, which would tell whoever asks what is run."""

WAIT_SECONDS = 10
LOOK_SECONDS = 0.5
"""How often it is looked whether somebody wants to stop."""

AHEAD = 2
"""Pieces that wait for each worker, so that none is idle."""


class RunError(Exception):
    """Some runs failed; the text says which and why, in one line."""


def failure_text(error: BaseException) -> str:
    """Return why work failed, in one line: as the project says it, in plain words where those of libraries have none.

    What nobody foresaw stays as Python tells it.
    """
    text = " ".join(str(error).split())
    if isinstance(error, RunError):
        return text
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if type(error).__name__ == "KilledWorker":  # Dask's, which need not be there
        return "the process that ran it died, several times; it may have lacked memory"
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno).lower()
    return f"{type(error).__name__}: {text}"


class UnfinishedError(Exception):
    """A study had to stop and can go on; the text says why, in one line, and what is done stays."""


@dataclass(frozen=True)
class Workers:
    """An executor, and a function that says how many pieces it may have at once; more workers may join."""

    executor: Executor
    window: Callable[[], int]


MOST_WORKERS = 1024


def worker_count(wanted: int | None) -> int:
    """Return how many threads work, by default as many as processors; raise TypeError or ValueError for no such number."""
    return os.cpu_count() or 1 if wanted is None else whole_number(wanted, "workers", MOST_WORKERS, least=1)


@contextmanager
def workers_of(jobs: int | None = None, scheduler: str | None = None) -> Iterator[Workers]:
    """Give threads, by default as many as processors, or with a ``scheduler`` (address or ``local``) a cluster's workers.

    Threads do, as the compiled run lets others run meanwhile. Raise InputError, in one line, if Dask is not installed or
    the scheduler cannot be reached.
    """
    count = worker_count(jobs)
    if scheduler is None:
        pool = ThreadPoolExecutor(count)
        try:
            yield Workers(pool, lambda: AHEAD * count)
        finally:
            pool.shutdown(cancel_futures=True)
        return
    with _client(scheduler, count) as client:
        yield Workers(client.get_executor(), lambda: AHEAD * max(sum(client.nthreads().values()), 1))


def run_pieces(
    workers: Workers,
    work: Callable[[Piece], Value],
    pieces: Iterable[Piece],
    in_order: bool = True,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Piece, Future[Value]]]:
    """Yield pieces with their futures, which are done: what a piece gave, or why it failed, kept apart from the others.

    They come in order, or as they are done. Memory does not grow with their number: so many are begun as the workers may
    have at once. Once ``stopping`` says so nothing new is begun, and what is in flight is yielded; whoever takes no more
    cancels what has not begun.
    """
    coming = iter(pieces)
    waiting: dict[Future[Value], Piece] = {}
    try:
        while True:
            while not stopping() and len(waiting) < workers.window():
                piece = next(coming, None)
                if piece is None:
                    break
                waiting[workers.executor.submit(work, piece)] = piece
            if not waiting:
                return
            wanted = list(waiting)[:1] if in_order else list(waiting)
            done, _ = wait(wanted, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for future in [future for future in wanted if future in done]:
                yield waiting.pop(future), future
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def _client(scheduler: str, count: int) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        text = "--scheduler needs Dask; install it with qsim's extra: pip install 'qsim[cluster]'"
        raise InputError.about("", text) from None
    if scheduler == LOCAL:
        with (
            dask.config.set(NO_PAGES),
            LocalCluster(n_workers=count, threads_per_worker=1, silence_logs=50, dashboard_address="127.0.0.1:0",
                         scheduler_kwargs={"dashboard": False}) as cluster,
            Client(cluster) as client,
        ):  # fmt: skip
            client.forward_logging("qsim")  # notes are said here, in the language that is spoken
            yield client
        return
    client, reason = _reached(scheduler)
    if client is None:
        gc.collect()  # one that reached nobody ends now: later, while another one starts, both would wait for one lock
        text = (
            f"cannot reach the scheduler {scheduler}; expected the address of one that runs, such as tcp://host:8786; "
            f'Dask says "{reason}"'
        )
        raise InputError.about("", text)
    with client:
        yield client


def _reached(scheduler: str) -> tuple[Any, str]:
    """Return a client of the scheduler at an address, or None and why there is none."""
    from distributed import Client

    try:
        return Client(scheduler, timeout=WAIT_SECONDS), ""
    except (OSError, TimeoutError, ValueError, TypeError, ImportError) as error:
        return None, " ".join(str(error).split()).replace('"', "'") or type(error).__name__


@contextmanager
def noted_interruption() -> Iterator[Callable[[], None]]:
    """Give a function that raises KeyboardInterrupt if Ctrl-C came since; call it wherever work may end.

    Ctrl-C raises at once as always, but a library on the way may swallow that. Outside the main thread, where no signal
    arrives, the function does nothing.
    """
    came = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        came.set()
        raise KeyboardInterrupt

    def check() -> None:
        if came.is_set():
            raise KeyboardInterrupt

    with _interruptions(note):
        yield check


@contextmanager
def asked_to_stop(told: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Give a function that says whether Ctrl-C came, so that work in flight can be finished; ``told`` is called then.

    A second Ctrl-C raises KeyboardInterrupt. Outside the main thread, where no signal arrives, it never came.
    """
    came = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        if came.is_set():
            raise KeyboardInterrupt
        came.set()
        told()

    with _interruptions(note):
        yield came.is_set


@contextmanager
def _interruptions(note: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Call a function at each Ctrl-C, if this is the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
