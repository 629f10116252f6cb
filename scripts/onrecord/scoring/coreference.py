"""Coreference: how well predicted clusters of mentions show who is who.

The measures that the field reports, as the reference scorer (Pradhan et al. 2014) and CoVal compute
them: mentions that only one side has stay as they are, singletons count, and the tallies of
documents can be summed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from math import comb, fsum

from ..model import Article, Mention
from ..problem import MissingExtraError
from .tally import Tally

Clusters = Sequence[Set[Hashable]]
"""What one side says: each set holds the identities of all mentions of one actor.

No set is empty, and a mention stands in only one of them.
"""


def muc(gold: Clusters, predicted: Clusters) -> Tally:
    """Links: how many of those that hold a cluster together are left on the other side.

    A cluster of n mentions has n - 1 links, and one fewer for each further part it is cut into; a
    mention the other side lacks is a part of its own. Singletons have no link, so that sides of
    nothing but singletons have no figure.

    Source: Vilain et al. (1995), A model-theoretic coreference scoring scheme.
    """
    return _tally(gold, predicted, _links)


def b_cubed(gold: Clusters, predicted: Clusters) -> Tally:
    """Mentions: what share of the mentions clustered with each of them should be.

    A mention that the other side lacks earns nothing and counts in the denominator of its side.

    Source: Bagga and Baldwin (1998), Algorithms for scoring coreference chains, with equal weights;
    for predicted mentions Pradhan et al. (2014), Scoring coreference partitions of predicted
    mentions.
    """
    return _tally(gold, predicted, _mentions)


def ceaf_e(gold: Clusters, predicted: Clusters) -> Tally:
    """Entities: how alike the clusters are, each paired with at most one, as well as can be.

    Two clusters are alike by the Dice coefficient of their mentions; a cluster is one entity,
    however large.

    Source: Luo (2005), On coreference resolution performance metrics, there phi 4; for predicted
    mentions Pradhan et al. (2014).

    Raises:
        MissingExtraError: scipy is not installed.
    """

    def dice(common: int, one: int, other: int) -> float:
        return 2 * common / (one + other)

    total = _aligned(gold, predicted, dice)
    return Tally(total, len(predicted), total, len(gold))


def ceaf_m(gold: Clusters, predicted: Clusters) -> Tally:
    """Mentions: how many clusters have in common that are paired one to one, as well as can be.

    Source: Luo (2005), there phi 3; for predicted mentions Pradhan et al. (2014).

    Raises:
        MissingExtraError: scipy is not installed.
    """
    total = _aligned(gold, predicted, lambda common, _one, _other: common)
    return Tally(total, sum(map(len, predicted)), total, sum(map(len, gold)))


def lea(gold: Clusters, predicted: Clusters) -> Tally:
    """Entities weighted by their mentions: what share of the links in each the other side has.

    Any two mentions of a cluster are linked; a singleton is linked to itself, and the other side
    has that link only where the mention is a singleton there too.

    Source: Moosavi and Strube (2016), Which coreference evaluation metric do you trust?
    """
    return _tally(gold, predicted, _entities)


def shared_clusters(
    gold: Article, predicted: Article, pairs: Iterable[tuple[Mention, Mention]]
) -> tuple[Clusters, Clusters]:
    """The actors of two annotations of one text as clusters, in the order of their first mentions.

    A gold and a predicted mention that make a pair share an identity, every other mention has its
    own. An actor without a mention is no cluster, and one with `members` is a cluster like others.
    """
    twins = {other.id: one.id for one, other in pairs}
    known = [(m.actor, ("gold", m.id)) for m in gold.mentions]
    found = [
        (m.actor, ("gold", twins[m.id]) if m.id in twins else ("predicted", m.id))
        for m in predicted.mentions
    ]
    return _clusters(known), _clusters(found)


def _clusters(mentions: Iterable[tuple[str, Hashable]]) -> Clusters:
    clusters: dict[str, set[Hashable]] = defaultdict(set)
    for actor, identity in mentions:
        clusters[actor].add(identity)
    return list(clusters.values())


Credit = tuple[float, float]
"""What one side earns, and the most it could."""


def _tally(
    gold: Clusters, predicted: Clusters, credit: Callable[[Clusters, Clusters], Credit]
) -> Tally:
    """Precision and recall of a measure that treats both sides alike."""
    return Tally(*credit(predicted, gold), *credit(gold, predicted))


def _aligned(gold: Clusters, predicted: Clusters, alike: Callable[[int, int, int], float]) -> float:
    """How alike clusters are in the best one-to-one pairing.

    `alike` is given the size of what two clusters have in common, and of both.
    """
    try:
        import numpy as np
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise MissingExtraError("CEAF needs scipy: pip install 'onrecord[score]'") from None

    found = np.zeros((len(gold), len(predicted)))
    for i, common in enumerate(_common(gold, predicted)):
        for j, count in common.items():
            found[i, j] = alike(count, len(gold[i]), len(predicted[j]))
    return fsum(found[linear_sum_assignment(found, maximize=True)])


def _links(clusters: Clusters, others: Clusters) -> Credit:
    kept = sum(common.total() - len(common) for common in _common(clusters, others))
    return kept, sum(len(cluster) - 1 for cluster in clusters)


def _mentions(clusters: Clusters, others: Clusters) -> Credit:
    earned = (
        sum(count**2 for count in common.values()) / len(cluster)
        for cluster, common in zip(clusters, _common(clusters, others), strict=True)
    )
    return fsum(earned), sum(map(len, clusters))


def _entities(clusters: Clusters, others: Clusters) -> Credit:
    earned = (
        len(cluster) * _resolution(cluster, common, others)
        for cluster, common in zip(clusters, _common(clusters, others), strict=True)
    )
    return fsum(earned), sum(map(len, clusters))


def _resolution(cluster: Set[Hashable], common: Counter[int], others: Clusters) -> float:
    """The share of the links of a cluster that the others have."""
    if len(cluster) == 1:
        return float(any(len(others[at]) == 1 for at in common))
    return sum(comb(count, 2) for count in common.values()) / comb(len(cluster), 2)


def _common(clusters: Clusters, others: Clusters) -> list[Counter[int]]:
    """For each cluster how many mentions it has in common with which of the others.

    The others are named by their places; those without a common mention are left out.
    """
    places = {mention: at for at, other in enumerate(others) for mention in other}
    return [Counter(places[m] for m in cluster if m in places) for cluster in clusters]
