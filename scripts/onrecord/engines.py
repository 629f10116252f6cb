"""Where the work of a build is done: in this process, in several, or on a Ray cluster.

An engine runs a function on each task and gives the results in any order.
"""

import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from .problem import MissingExtraError, OnrecordError

Task = TypeVar("Task")
Result = TypeVar("Result")


class Engine(Protocol):
    """Runs a function on tasks; both, and the results, can be pickled."""

    def __call__(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """The results, in any order."""


class Progress(Protocol):
    """Passes results on and shows how many of `total` there are."""

    def __call__(self, items: Iterable[Result], total: int, /) -> Iterable[Result]:
        """The same results."""


def quietly(items: Iterable[Result], total: int, /) -> Iterable[Result]:
    """Show nothing."""
    return items


class WorkerError(OnrecordError):
    """A process of an engine died, or its cluster cannot be reached."""


def serial(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """One task after the other, in this process."""
    return map(work, tasks)


def pool(jobs: int) -> Engine:
    """So many processes on this machine.

    They are started anew rather than forked: Arrow has threads, which a fork does not carry over.
    """

    def run(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        with ProcessPoolExecutor(
            min(jobs, len(tasks)) or 1, mp_context=get_context("spawn")
        ) as workers:
            try:
                for future in as_completed([workers.submit(work, task) for task in tasks]):
                    yield future.result()
            except BrokenProcessPool:
                raise WorkerError("a worker process died; was memory short?") from None
            finally:
                workers.shutdown(wait=True, cancel_futures=True)

    return run


def ray_cluster(address: str | None) -> Engine:
    """Ray Core tasks on the cluster at `address`, or on one started on this machine.

    The nodes share the file system with this process. A task whose worker dies is run again
    elsewhere.

    Raises:
        MissingExtraError: Ray is not installed.
    """
    try:
        ray: Any = import_module("ray")
    except ModuleNotFoundError:
        raise MissingExtraError("the engine 'ray' needs Ray; pip install 'onrecord[ray]'") from None

    def run(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        owned = not ray.is_initialized()
        if owned:
            _connect(ray, address)
        try:
            remote = ray.remote(max_retries=_RETRIES)(work)
            running = [remote.remote(task) for task in tasks]
            while running:
                done, running = ray.wait(running)
                yield from ray.get(done)
        except ray.exceptions.RayError as error:
            raise WorkerError(f"ray: {str(error).splitlines()[0]}") from None
        finally:
            if owned:
                ray.shutdown()

    return run


def _connect(ray: Any, address: str | None) -> None:
    try:
        _require_listener(address)
        ray.init(address=address, log_to_driver=False, configure_logging=False)
    except (OSError, RuntimeError, ValueError) as error:
        raise WorkerError(f"ray at {address!r}: {str(error).splitlines()[0]}") from None


def _require_listener(address: str | None) -> None:
    """Nothing, if someone listens at an address like `host:port`; Ray would wait without end.

    Raises:
        OSError: nobody does.
    """
    host, _, port = (address or "").rpartition(":")
    if host and port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()


_PATIENCE = 10
"""Seconds."""
_RETRIES = 5
