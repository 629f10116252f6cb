"""Git checkouts with a small corpus, for tests of what is published."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT

DOCUMENTS = {"train": "oriel-hazand", "test": "the-framework-leaked"}


def make_checkout(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout at `root` with two articles, version 1.10 and one commit.

    Git is told who commits, and takes nothing from the settings of the machine.
    """
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Åsa")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "asa@example.org")
    for name in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", os.devnull)
    for split, document in DOCUMENTS.items():
        put(root, split, document)
    shutil.copy(ROOT / "LICENSE", root)
    git(root, "init", "--quiet")
    set_version(root, "1.10")
    return root


def put(checkout: Path, split: str, document: str) -> None:
    """Take one article of the repository's corpus into the checkout."""
    (found,) = (ROOT / "corpus").glob(f"t[er]*/{document}")
    shutil.copytree(found, checkout / "corpus" / split / document)
    (checkout / "seeds").mkdir(exist_ok=True)
    shutil.copy(ROOT / "seeds" / f"{document}.txt", checkout / "seeds")


def set_version(checkout: Path, version: str) -> None:
    """Give the corpus a version, and commit everything."""
    (checkout / "CITATION.cff").write_text(f"title: Harbour news\nversion: {version}\n")
    commit(checkout)


def commit(checkout: Path) -> None:
    """Commit everything."""
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "more")


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
