"""Texts that nearly repeat each other, found by locality-sensitive hashing with `datasketch`."""

from functools import cache
from hashlib import blake2b
from typing import Any

from ..model import Document

SHINGLE = 5
"""Words in a row that are compared as one."""
PERMUTATIONS = 128
SIMILAR = 0.7
"""Share of common shingles (Jaccard index) from which two texts nearly repeat each other."""


def signature(document: Document) -> bytes:
    """The MinHash of a text's shingles, after Broder (1997)."""
    from datasketch import LeanMinHash, MinHash

    words = document.text.lower().split()
    shingles = {
        " ".join(words[start : start + SHINGLE]).encode()
        for start in range(max(1, len(words) - SHINGLE + 1))
    }
    minhash = MinHash(num_perm=PERMUTATIONS)
    minhash.update_batch(shingles)
    lean = LeanMinHash(minhash)
    data = bytearray(lean.bytesize())
    lean.serialize(data)
    return bytes(data)


def bands(signature: bytes) -> bytes:
    """The keys of 64 bits under which the index finds a text; texts that share one nearly repeat.

    A key is a hash of a band of the signature and of the band's number.
    """
    from datasketch import LeanMinHash

    values = LeanMinHash.deserialize(signature).hashvalues
    rows = (values[start:end].tobytes() for start, end in _bands())
    return b"".join(
        blake2b(row, digest_size=8, salt=str(number).encode()).digest()
        for number, row in enumerate(rows)
    )


def empty_index() -> Any:
    """An index to which signatures are added, and which finds those that nearly repeat one."""
    from datasketch import MinHashLSH

    return MinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS)


@cache
def _bands() -> tuple[tuple[int, int], ...]:
    """Where the bands of a signature start and end."""
    return tuple(empty_index().hashranges)
