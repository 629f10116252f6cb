"""Whom the claims of a source are about."""

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
        for number, actor in enumerate(told):
            slug = self._cast.by_id.get(actor, actor)
            if first.get(actor, "") in self._there or slug in found or actor not in first:
                continue
            where = self._bench.where(item.line)
            if actor in self._cast.by_id:
                found.insert(number, slug)
                self._bench.losses.changed("target whose first mention is gone", where, actor)
            else:
                self._bench.losses.lost("target that is gone", where, actor)
        return list(dict.fromkeys(found))
