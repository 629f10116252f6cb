"""Cut the bundles of a split into groups that stay as they are when other bundles change."""

import hashlib
from collections.abc import Iterable, Iterator

_WHOLE = 1 << 64


def groups(bundles: Iterable[tuple[str, int]], size: int) -> Iterator[list[str]]:
    """Runs of bundles, given as name and number of documents, of about `size` documents each.

    Where a group ends depends on the names near its end alone, as in content-defined chunking: a
    bundle that is added, removed or renamed changes its own group and at most the next few. A
    group has half of `size` to twice `size` documents, more only if a single bundle has more,
    fewer only at the end or before such a bundle.
    """
    group: list[str] = []
    held = 0
    for name, documents in bundles:
        if group and held + documents > 2 * size:
            yield group
            group, held = [], 0
        group.append(name)
        held += documents
        if 2 * held >= size and _ends(name, documents, size):
            yield group
            group, held = [], 0
    if group:
        yield group


def _ends(name: str, documents: int, size: int) -> bool:
    """Whether a group that is large enough ends after this bundle: two of `size` documents do."""
    drawn = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    return drawn * size < 2 * documents * _WHOLE
