"""The actors of a source: which mentions are of the same one, and what is told of each."""

from collections.abc import Iterable, Mapping, Sequence

from ..ids import slug, unused
from ..schema import Json
from .items import Item
from .place import Bench

_UNKNOWN = "unspecified"


class Cast:
    """Actors by the keys of their mentions.

    Two mentions are of one actor if both name it by the same id, or links of coreference lead from
    one to the other. What is told of an actor first is taken; who has no name told is called by
    its first mention that is a name, else by its first mention. `by_id` has the id of each actor by
    what the source calls it.
    """

    def __init__(
        self, bench: Bench, mentions: Sequence[Item], pairs: Iterable[tuple[str, str]]
    ) -> None:
        """`mentions` in the order of the text; `pairs` of keys of mentions of one actor each."""
        self._bench = bench
        self._groups = _grouped(mentions, pairs)
        self._slugs: dict[str, str] = {}
        self.by_id: dict[str, str] = {}
        self.records = self._records()

    def slug(self, key: str) -> str:
        """The id of the actor of a mention."""
        return self._slugs[key]

    def _records(self) -> list[Json]:
        told = [(group, self._told(group)) for group in self._groups]
        given = {
            fields["id"] for _, fields in told if slug(fields.get("id", "")) == fields.get("id")
        }
        taken = set(given)
        numbers: dict[str, int] = {}
        for group, fields in told:
            name = fields.get("id", "")
            if name not in given:
                name = unused(name or _called(group), taken, after=numbers)
            given.discard(name)
            taken.add(name)
            self.by_id |= {item.actor["id"]: name for item in group if "id" in item.actor}
            self._slugs |= {item.key: name for item in group}
            fields["id"] = name
        return [self._record(group, fields) for group, fields in told]

    def _record(self, group: Sequence[Item], fields: Mapping[str, str]) -> Json:
        called = {"name": fields.get("name") or _called(group), "kind": _UNKNOWN}
        return {**called, **fields, "members": self._members(group, fields.get("members", ""))}

    def _members(self, group: Sequence[Item], told: str) -> list[str]:
        """The actors that a list of ids names."""
        names = [name.strip() for name in told.split(",") if name.strip()]
        for name in names:
            if name not in self.by_id:
                self._bench.lost("member that is no actor", group[0].line, name)
        return list(dict.fromkeys(self.by_id[name] for name in names if name in self.by_id))

    def _told(self, group: Sequence[Item]) -> dict[str, str]:
        """The fields told first; what differs is counted."""
        found: dict[str, str] = {}
        for item in group:
            for name, value in item.actor.items():
                if found.get(name, _UNKNOWN) == _UNKNOWN:
                    found[name] = value
                elif value not in (found[name], _UNKNOWN):
                    self._bench.changed(f"second {name} of an actor", item.line, value)
        return found


def grouped(keys: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The keys in groups that pairs hold together, each group in order, by their first keys."""
    heads = {key: key for key in keys}

    def head(key: str) -> str:
        while heads[key] != key:
            heads[key] = key = heads[heads[key]]
        return key

    for one, other in pairs:
        heads[head(one)] = head(other)
    groups: dict[str, list[str]] = {}
    for key in heads:
        groups.setdefault(head(key), []).append(key)
    return list(groups.values())


def _grouped(mentions: Sequence[Item], pairs: Iterable[tuple[str, str]]) -> list[list[Item]]:
    """The mentions of each actor."""
    items = {item.key: item for item in mentions}
    first: dict[str, str] = {}
    same = [(item.key, first.setdefault(item.actor["id"], item.key))
            for item in mentions if "id" in item.actor]  # fmt: skip
    return [[items[key] for key in keys] for keys in grouped(items, [*same, *pairs])]


def _called(group: Sequence[Item]) -> str:
    """The words by which an actor without a name told is called."""
    placed = [item for item in group if item.spans]
    named = [item for item in placed if item.fields.get("form") == "name"]
    words = [item.spans[0].exact for item in (*named, *placed)]
    return " ".join(words[0].split()) if words else _UNKNOWN
