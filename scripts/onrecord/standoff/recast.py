"""Of whom the mentions of an edited document are: by links first, and by what stood there before.

A mention that was there stays with its actor through its links, whatever id of an actor it has,
for tools show links and hide ids. One that is new, or whose id of an actor was changed, is of the
actor that the id names. Where a link between two mentions that stay was taken away, they part; a
mention that lost both its links leaves the others together, as one that was deleted does.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ..model import Mention
from .before import Before
from .cast import grouped
from .items import Item
from .maps import OF_ACTOR
from .place import Bench
from .scheme import of_actor

Pair = tuple[str, str]

_UNKNOWN = "unspecified"


def recast(
    bench: Bench, mentions: Sequence[Item], pairs: Sequence[Pair], before: Before
) -> tuple[list[Item], list[Pair]]:
    """The mentions with what is now known of their actors, and the pairs of one actor each.

    What is known of an actor does not go with the mention that has it, and an actor's id stays with
    most of its mentions.
    """
    if not before:
        return list(mentions), list(pairs)
    scene = _Scene(mentions, before)
    kept = [*scene.links(pairs), *scene.bridges(pairs), *scene.named()]
    groups = [
        [scene.items[key] for key in keys] for keys in grouped((m.key for m in mentions), kept)
    ]
    owners = scene.owners(groups)
    for name in before.actors.keys() - owners.keys():
        bench.lost("actor that is no longer mentioned", 0, name)
    made = {
        item.key: item
        for number, group in enumerate(groups)
        for item in scene.settled(bench, group, number, owners)
    }
    return [made[item.key] for item in mentions], kept


class _Scene:
    """The mentions now, `known` those that stood there before with the actor they still name."""

    def __init__(self, mentions: Sequence[Item], before: Before) -> None:
        self.items = {item.key: item for item in mentions}
        self._before = before
        self._were: dict[str, Mention] = {
            item.key: before.mentions[name]
            for item in mentions
            if (name := item.fields.get("id", "")) in before.mentions
        }
        self._held = {
            were.id: key
            for key, were in self._were.items()
            if self.items[key].actor.get("id", were.actor) == were.actor
        }

    def links(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """The links but those to where a mention was before its actor was named anew."""
        for one, other in pairs:
            ends = [self._were.get(one), self._were.get(other)]
            same = ends[0] and ends[1] and ends[0].actor == ends[1].actor
            if not same or all(end and end.id in self._held for end in ends):
                yield one, other

    def bridges(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """Mentions of one actor between which there was another; all, where nothing is linked."""
        linked = {frozenset(pair) for pair in pairs}
        for chain in self._before.chains.values():
            keys = [self._held.get(name, "") for name in chain]
            there = [n for n, key in enumerate(keys) if key]
            if linked:
                there = [n for n in there if not _is_out(keys, n, linked)]
            for one, other in pairwise(there):
                if not linked or other > one + 1:
                    yield keys[one], keys[other]

    def named(self) -> Iterator[Pair]:
        """New mentions, and those whose actor was named anew, with one of that actor."""
        first = {
            actor: next((self._held[name] for name in chain if name in self._held), "")
            for actor, chain in self._before.chains.items()
        }
        held = set(self._held.values())
        for key, item in self.items.items():
            if key not in held and "id" in item.actor:
                first[item.actor["id"]] = first.get(item.actor["id"]) or key
                yield key, first[item.actor["id"]]

    def owners(self, groups: Sequence[Sequence[Item]]) -> dict[str, int]:
        """The number of the group that each actor is: the one with most of its mentions."""
        best: dict[str, tuple[int, int, int]] = {}
        for number, group in enumerate(groups):
            for name, count in Counter(filter(None, map(self._named, group))).items():
                best[name] = max(best.get(name, (0, 0, 0)), (count, count - len(group), -number))
        return {name: -number for name, (_, _, number) in best.items()}

    def settled(
        self, bench: Bench, group: Sequence[Item], number: int, owners: Mapping[str, int]
    ) -> list[Item]:
        """The mentions of a group with what is known of its actor."""
        own = [name for name in map(self._named, group) if name and owners[name] == number]
        parted = [item for item in group if self._named(item) and not own]
        if parted:
            name = self._named(parted[0])
            bench.changed("mention parted from its actor", parted[0].line, name)
        made = [self._bare(item, number, owners) for item in group]
        return self._informed(bench, made, own[0]) if own else made

    def _named(self, item: Item) -> str:
        """The actor that a mention names, or was of if it names none."""
        were = self._were.get(item.key)
        return item.actor.get("id") or (were.actor if were else "")

    def _bare(self, item: Item, number: int, owners: Mapping[str, int]) -> Item:
        """A mention without what it tells of an actor that it is no longer of."""
        were, told = self._were.get(item.key), dict(item.actor)
        name = self._named(item)
        if name and owners[name] == number:
            told["id"] = name
        else:
            told.pop("id", None)
        if were and owners.get(were.actor, number) != number:
            facts = self._facts(were.actor)
            told = {k: value for k, value in told.items() if facts.get(k) != value}
        return replace(item, actor=told)

    def _informed(self, bench: Bench, group: list[Item], name: str) -> list[Item]:
        """The mentions of an actor that was there, one of them with what is known of it."""
        if name not in self._before.actors:
            return group
        of = [n for n, item in enumerate(group) if item.actor.get("id") == name]
        if not any("name" in group[n].actor for n in of):
            known = {**self._facts(name), **group[of[0]].actor}
            group[of[0]] = replace(group[of[0]], actor=known)
        kind = self._kind(bench, group, name)
        return [
            replace(item, actor={**item.actor, "kind": kind}) if "kind" in item.actor else item
            for item in group
        ]

    def _kind(self, bench: Bench, group: Sequence[Item], name: str) -> str:
        """The kind of an actor: what one of its mentions was changed to, else what it was."""
        was = self._before.actors[name].kind
        told = [(item, item.actor.get("kind", _UNKNOWN)) for item in group]
        changed = [
            kind
            for item, kind in told
            if kind not in (was, _UNKNOWN) and item.key in self._were and self._is_of(item, name)
        ]
        made = changed[0] if changed else was
        odd = [item for item, kind in told if kind not in (made, _UNKNOWN)]
        if odd:
            found = " ".join(span.exact for span in odd[0].spans)
            kind = "label of a mention, now the kind of its actor"
            bench.changed(kind, odd[0].line, f"{found}: {made}")
        return made

    def _is_of(self, item: Item, name: str) -> bool:
        return self._were[item.key].actor == name

    def _facts(self, name: str) -> dict[str, str]:
        known = of_actor(self._before.actors[name]).items()
        return {attribute.removeprefix(OF_ACTOR): value for attribute, value in known}


def _is_out(keys: Sequence[str], at: int, linked: set[frozenset[str]]) -> bool:
    """Whether a mention between two others has no link to either any more."""
    around = (keys[at - 1 : at] or [""])[0], (keys[at + 1 : at + 2] or [""])[0]
    return all(around) and not any(frozenset((keys[at], key)) in linked for key in around)
