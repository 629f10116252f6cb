"""Clusters: the mentions of one actor, and ways to find the cluster a mention belongs to."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from .aliases import Name, initials, may_be_one


@dataclass
class Cluster:
    """The mentions of one actor so far, as indices in order; `gender` is f, m or empty.

    `first` is the mention that began it, which need not stand before the others.
    """

    kind: str
    first: int
    members: list[int] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    gender: str = ""

    def may_have(self, gender: str) -> bool:
        """Whether nothing that is known speaks against a gender; none at all fits every one."""
        return not gender or self.gender in ("", gender)


class Clusters:
    """The clusters of one text so far, by mention, name and noun."""

    def __init__(self) -> None:
        self.found: list[Cluster] = []
        self.of: dict[int, Cluster] = {}
        self._by_edge: dict[str, dict[int, Cluster]] = defaultdict(dict)
        self._by_initials: dict[str, dict[int, Cluster]] = defaultdict(dict)
        self._by_noun: dict[tuple[str, str], dict[int, Cluster]] = defaultdict(dict)

    def put(self, index: int, cluster: Cluster | None, kind: str) -> Cluster:
        """Add a mention to a cluster, to a new one if there is none."""
        if cluster is None:
            cluster = Cluster(kind, index)
            self.found.append(cluster)
        insort(cluster.members, index)
        self.of[index] = cluster
        return cluster

    def call(self, cluster: Cluster, name: Name) -> None:
        """A cluster has a name; one of several words also says what it is: "the commission"."""
        if name not in cluster.names:
            cluster.names.append(name)
            for token in (name[0], name[-1]):
                self._by_edge[token][cluster.first] = cluster
            self._by_initials[initials(name)][cluster.first] = cluster
            self.describe(cluster, name if len(name) > 1 else ())

    def describe(self, cluster: Cluster, nouns: Iterable[str]) -> None:
        """Nouns stand for a cluster."""
        for noun in nouns:
            self._by_noun[cluster.kind, noun][cluster.first] = cluster

    def called(self, name: Name) -> list[Cluster]:
        """The clusters of which one name is just this one."""
        return [cluster for cluster in self._alike(name) if name in cluster.names]

    def maybe_called(self, name: Name, kind: str) -> list[Cluster]:
        """The clusters of which one name may be another form of this one."""
        return [
            cluster
            for cluster in self._alike(name)
            if any(may_be_one(name, other, kind) for other in cluster.names)
        ]

    def described(self, kind: str, noun: str) -> Collection[Cluster]:
        """The clusters that a noun stands for."""
        return self._by_noun.get((kind, noun), {}).values()

    def _alike(self, name: Name) -> Iterator[Cluster]:
        """The clusters whose names may be forms of a name, and a few more, each once.

        Two names of one actor share the first or the last token, or one is the other's initials.
        """
        found: dict[int, Cluster] = {}
        for token in (name[0], name[-1], initials(name)):
            found |= self._by_edge.get(token, {})
        if len(name) == 1:
            found |= self._by_initials.get(name[0], {})
        return iter(found.values())


def nearest(index: int, among: Iterable[Cluster]) -> Cluster | None:
    """The cluster whose last mention before this one is nearest, else the first after it."""

    def distance(cluster: Cluster) -> tuple[bool, int]:
        before = bisect_left(cluster.members, index)
        if before:
            return False, index - cluster.members[before - 1]
        return True, cluster.members[0]

    return min(among, key=distance, default=None)
