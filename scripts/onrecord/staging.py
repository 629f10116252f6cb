"""Where documents are got ready before they go into a corpus, on the same file system."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .paths import Corpus

_PREFIX = ".onrecord-import-"
_OLD = 24 * 3600
"""Seconds after which a folder is of no import that still runs, but of one that was killed."""


@contextmanager
def staging(corpus: Corpus) -> Iterator[Corpus]:
    """A corpus of its own on the same file system as the real one; it goes away at the end.

    So do folders that were made for it and are empty then, and what killed runs left long ago.
    """
    missing = [f for f in (corpus.root, *corpus.root.parents) if not f.exists()]
    corpus.root.mkdir(parents=True, exist_ok=True)
    _sweep(corpus.root)
    try:
        with tempfile.TemporaryDirectory(dir=corpus.root, prefix=_PREFIX) as folder:
            yield Corpus(Path(folder) / "corpus")
    finally:
        with suppress(OSError):
            for made in missing:
                made.rmdir()


def _sweep(root: Path) -> None:
    for left in root.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if not left.is_symlink() and time.time() - left.stat().st_mtime > _OLD:
                shutil.rmtree(left)
