"""Whom the mentions of LitBank are of: on the words of each lies a second annotation, its cluster.

A cluster is labelled with a name and a number (`Mr__Bennet-6`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...ids import slug
from ...standoff.format import Source
from ...standoff.graph import Edge, Node, Stretch

CLUSTER, NAME = "cluster", "name"
"""Attributes of mentions: whose they are, after the name of the document, and what that is called.
"""

_MENTION = re.compile(r"(PROP|NOM|PRON)_[A-Z]+")
_PREDICATE = "cop"

_Spans = tuple[Stretch, ...]


def clustered(
    name: str, nodes: Iterable[Node], edges: Iterable[Edge], source: Source
) -> tuple[list[Node], list[Edge]]:
    """The mentions, each with its cluster, and the links between them.

    `name` keeps the clusters of one document apart from those of others. What is only predicated
    of someone (`cop`) is no mention and is left out.
    """
    mentions, clusters = _parted(nodes)
    at = {node.spans: node.key for node in reversed(mentions)}
    of = dict(_labels(clusters, at, source))
    same = {node.key: at[node.spans] for node in clusters if node.spans in at}
    links = [_moved(edge, same) for edge in edges]
    said = {link.source for link in links if link.label == _PREDICATE}
    predicates = [node for node in mentions if node.key in said and node.spans not in of]
    for node in predicates:
        source.lost("predicate", node.line, " ".join(node.exact))
    gone = {node.key for node in predicates}
    kept = [node for node in mentions if node.key not in gone]
    links = [link for link in links if not {link.source, link.target} & gone]
    return list(_named(name, kept, of)), links


def _parted(nodes: Iterable[Node]) -> tuple[list[Node], list[Node]]:
    """The mentions, and the clusters."""
    found: tuple[list[Node], list[Node]] = [], []
    for node in nodes:
        found[not _MENTION.fullmatch(node.label)].append(node)
    return found


def _labels(
    clusters: Iterable[Node], at: Mapping[_Spans, str], source: Source
) -> Iterator[tuple[_Spans, str]]:
    """The cluster of each place where a mention is; the first, if there are several."""
    seen: set[_Spans] = set()
    for node in clusters:
        if node.spans in at and node.spans not in seen:
            yield node.spans, node.label
        else:
            source.lost("cluster without mention", node.line, node.label)
        seen.add(node.spans)


def _moved(edge: Edge, same: Mapping[str, str]) -> Edge:
    """The edge between mentions, though it may lead from or to a cluster on the same words."""
    source, target = (same.get(key, key) for key in (edge.source, edge.target))
    return replace(edge, source=source, target=target)


def _named(name: str, mentions: Sequence[Node], of: Mapping[_Spans, str]) -> Iterator[Node]:
    called = _called(mentions, of)
    for node in mentions:
        label = of.get(node.spans)
        own = {CLUSTER: f"{name} {label}", NAME: called[label]} if label else {}
        yield replace(node, attributes=own)


def _called(mentions: Iterable[Node], of: Mapping[_Spans, str]) -> dict[str, str]:
    """What each cluster is called: the words of the mention that its label was made of.

    Where there is none such, the label without its number.
    """
    bare = {label: re.sub(r"-[0-9]+$", "", label) for label in of.values()}
    called = {label: " ".join(name.replace("_", " ").split()) for label, name in bare.items()}
    for node in reversed(list(mentions)):
        label, words = of.get(node.spans), " ".join(" ".join(node.exact).split())
        if label and slug(words) == slug(bare[label]):
            called[label] = words
    return {label: name or label for label, name in called.items()}
