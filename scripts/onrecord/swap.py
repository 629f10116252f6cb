"""Make a folder anew so that at every moment the old or the new one is whole under its name."""

import ctypes
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .problem import OccupiedError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new, empty folder beside `target` that takes its place when the block ends well.

    What an interrupted run left behind is repaired first: the new folder is dropped, and an old
    one that was moved aside is moved back. Nothing changes if the block raises.

    Raises:
        OccupiedError: another process is replacing `target`, or it is no folder.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OccupiedError(f"{str(target)!r} is not a folder")
    if not os.access(target.parent, os.W_OK):
        raise OccupiedError(f"{str(target.parent)!r} cannot be written to")
    new, old = _beside(target, "new"), _beside(target, "old")
    with _locked(target):
        _repair(target, new, old)
        new.mkdir()
        try:
            yield new
            _take_place(new, target, old)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def at_rest(target: Path) -> bool:
    """Whether nothing is left of a run that was interrupted."""
    return not any(_beside(target, suffix).exists() for suffix in ("new", "old"))


def move_all(moves: Iterable[tuple[Path, Path]]) -> None:
    """Give each first path the name that is second; if one cannot have it, none has.

    What has that name already takes the first one, so that it can be taken back or thrown away.
    Folders that are missing are made. All must lie on one file system.
    """
    done: list[tuple[Path, Path]] = []
    try:
        for new, there in moves:
            there.parent.mkdir(parents=True, exist_ok=True)
            _trade(new, there)
            done.append((new, there))
    except BaseException:
        for new, there in reversed(done):
            _trade(there, new)
        raise


def _trade(one: Path, other: Path) -> None:
    """Give `one` the name `other`, and what had that name, if anything had, the first."""
    if not os.path.lexists(other):
        one.rename(other)
    elif not exchange(one, other):
        spare = one.with_name(f".{one.name}.spare")
        other.rename(spare)
        one.rename(other)
        spare.rename(one)


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f".{target.name}.{suffix}")


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    # The lock file stays: to delete it would let a third process lock a file of the same name.
    lock = FileLock(_beside(target, "lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise OccupiedError(f"another process is writing {str(target)!r}") from None
    try:
        yield
    finally:
        lock.release()


def _repair(target: Path, new: Path, old: Path) -> None:
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)
    if new.exists():
        shutil.rmtree(new)


def _take_place(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        # Not one step, but _repair knows the way back.
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or its file system cannot.

    See renameat2(2), Linux 3.15 and later.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    status: int = renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    return status == 0
