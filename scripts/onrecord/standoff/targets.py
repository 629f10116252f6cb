"""The actors whom claims are about, however they are linked."""

from collections.abc import Iterable, Iterator

from .before import Before
from .cast import Cast
from .items import Item, Items, Links
from .place import Bench


class Targets:
    """The actors whom claims are about.

    Exports link a claim to the first mention of a target, but mean the actor: it stays the target
    where that mention is deleted, or is now of another.
    """

    def __init__(self, bench: Bench, known: Items, led: Links, cast: Cast, before: Before) -> None:
        self._bench, self._led, self._cast, self._before = bench, led, cast, before
        self._names = {key: item.fields.get("id", "") for key, item in known.items()}
        self._there = set(self._names.values())

    def of(self, item: Item) -> list[str]:
        """Ids of the actors."""
        told = self._before.targets(item)
        first = {actor: self._before.chains[actor][0] for actor in told
                 if actor in self._before.chains}  # fmt: skip
        meant = {name: actor for actor, name in first.items()}
        found = [
            self._cast.by_id.get(meant.get(self._names[key], "")) or self._cast.slug(key)
            for key in self._led.get("target", {}).get(item.key, ())
        ]
        gone = [actor for actor, name in first.items() if name not in self._there]
        found += self._kept(item, [actor for actor in gone if self._called(actor) not in found])
        places = {self._called(actor): number for number, actor in enumerate(told)}
        return sorted(dict.fromkeys(found), key=lambda slug: places.get(slug, len(told)))

    def _kept(self, item: Item, gone: Iterable[str]) -> Iterator[str]:
        """Those of some actors who are still there, though the mention that was linked is not."""
        for actor in gone:
            if actor in self._cast.by_id:
                yield self._called(actor)
                self._bench.changed("target whose first mention is gone", item.line, actor)
            else:
                self._bench.lost("target that is gone", item.line, actor)

    def _called(self, actor: str) -> str:
        return self._cast.by_id.get(actor, actor)
