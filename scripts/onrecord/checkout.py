"""The git checkout around a folder, and the commit that it is at."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .problem import UncommittedError


@dataclass(frozen=True, slots=True)
class Checkout:
    """A working tree: its topmost folder, and the full hash of the commit it is at."""

    top: Path
    commit: str


def clean_checkout(corpus: Path, *, apart: Path) -> Checkout:
    """The checkout that the folder `corpus` lies in, if it holds what its commit holds.

    Only `apart`, a folder that is made from the rest, may differ, and the hidden files beside it
    that bear its name.

    Raises:
        UncommittedError: there is no checkout, no commit, a change, or a table that git ignores.
    """
    try:
        top = Path(_git(corpus, "rev-parse", "--show-toplevel").removesuffix("\n"))
        commit = _git(corpus, "rev-parse", "--verify", "HEAD^{commit}").strip()
        differing = [path for path in _differing(top, corpus) if not _belongs(path, apart)]
    except FileNotFoundError:
        raise UncommittedError("git is not installed, and only a commit is published") from None
    if differing:
        more = f", as do {len(differing) - 1} more" if len(differing) > 1 else ""
        raise UncommittedError(f"{str(differing[0])!r} differs from the commit{more}; commit first")
    return Checkout(top, commit)


def _differing(top: Path, corpus: Path) -> Iterator[Path]:
    """Files that are changed or unknown to git, then tables of the corpus that it ignores."""
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    for entry in _git(top, "status", *options).split("\0"):
        if entry:
            yield top / entry[3:]
    ignored = ("--others", "--ignored", "--exclude-standard")
    for name in _git(corpus, "ls-files", "-z", *ignored, "--", "*.jsonl").split("\0"):
        if name:
            yield corpus / name


def _belongs(path: Path, apart: Path) -> bool:
    """Whether `path` is `apart`, or hidden beside it under its name, or lies in either."""
    return any(
        way == apart or (way.parent == apart.parent and way.name.startswith(f".{apart.name}."))
        for way in (path, *path.parents)
    )


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "--no-optional-locks", "-C", str(folder), *arguments],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        reason = os.fsdecode(done.stderr).strip().splitlines() or [f"exit code {done.returncode}"]
        raise UncommittedError(f"{str(folder)!r} is not at a commit of git: {reason[0]}")
    return os.fsdecode(done.stdout)
