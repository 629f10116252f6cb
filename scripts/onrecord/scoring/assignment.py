"""One-to-one pairings with the greatest total weight."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ..problem import MissingExtraError

Edges = Mapping[tuple[int, int], float]
"""The weight of each pair that may be made, by the indices of its two members."""


def assign(edges: Edges) -> list[tuple[int, int]]:
    """The one-to-one pairing with the greatest total weight; weights are above 0.

    The assignment problem, solved for each connected part by itself, after Jonker and Volgenant
    (1987). Of pairings of equal weight always the same one is chosen, whatever the order of edges.
    """
    found = []
    for part in _parts(sorted(edges)):
        found += part if len(part) == 1 else _solved(part, edges)
    return sorted(found)


def _parts(edges: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """The edges by connected part; both lists are in order."""
    left, right = Counter(i for i, _ in edges), Counter(j for _, j in edges)
    single = [[edge] for edge in edges if left[edge[0]] == 1 and right[edge[1]] == 1]
    tangled = [edge for edge in edges if left[edge[0]] > 1 or right[edge[1]] > 1]
    return [*single, *_connected(tangled)] if tangled else single


def _connected(edges: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """The edges by connected part, found by merging (Tarjan 1975)."""
    parent: dict[tuple[bool, int], tuple[bool, int]] = {}

    def root(node: tuple[bool, int]) -> tuple[bool, int]:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = above
        return node

    for i, j in edges:
        parent[root((True, j))] = root((False, i))
    parts: dict[tuple[bool, int], list[tuple[int, int]]] = {}
    for i, j in edges:
        parts.setdefault(root((False, i)), []).append((i, j))
    return parts.values()


def _solved(part: list[tuple[int, int]], edges: Edges) -> list[tuple[int, int]]:
    try:
        import numpy as np
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise MissingExtraError("comparing needs scipy: pip install 'onrecord[score]'") from None

    rows, columns = (sorted({edge[side] for edge in part}) for side in (0, 1))
    weights = np.zeros((len(rows), len(columns)))
    row, column = ({name: at for at, name in enumerate(names)} for names in (rows, columns))
    for i, j in part:
        weights[row[i], column[j]] = edges[i, j]
    solved = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [(rows[r], columns[c]) for r, c in solved if weights[r, c] > 0]
