"""Who does the work: threads of this process, or the workers of a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from qsim.files.messages import InputError, Message

LOCAL = "local"
"""In place of an address: a cluster of processes on this machine, started for the study and ended with it."""

WAIT_SECONDS = 10
AHEAD = 2
"""Parts that wait for each worker, so that none is idle."""


@dataclass(frozen=True)
class Workers:
    """An executor, and a function that says how many parts it may have at once; more workers may join."""

    executor: Executor
    window: Callable[[], int]


@contextmanager
def workers_of(jobs: int | None = None, scheduler: str | None = None) -> Iterator[Workers]:
    """Give threads, by default as many as processors, or with a ``scheduler`` (address or ``local``) a cluster's workers.

    Raise InputError, in one line, if Dask is not installed or the scheduler cannot be reached.
    """
    count = jobs or os.cpu_count() or 1
    if scheduler is None:
        with ThreadPoolExecutor(count) as pool:
            yield Workers(pool, lambda: AHEAD * count)
        return
    with _client(scheduler, count) as client:
        yield Workers(client.get_executor(), lambda: AHEAD * max(sum(client.nthreads().values()), 1))


@contextmanager
def _client(scheduler: str, count: int) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        text = "--scheduler needs Dask; install it with qsim's extra: pip install 'qsim[cluster]'"
        raise InputError([Message("", None, None, "", text)]) from None
    if scheduler == LOCAL:
        with (
            LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=WAIT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError([Message("", None, None, "", f"cannot reach the scheduler {scheduler}: {reason}")]) from None
    with client:
        yield client
