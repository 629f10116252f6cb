"""What the splits of a corpus share with `train`, and what they alone hold.

A model that was fitted on `train` has met some of the actors of `test` and not others. An actor is
the same in two documents where its id is the same and both have a name for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .markdown import table as markdown_table
from .model import Actor, Article
from .paths import SPLITS, Place
from .phenomena.view import View
from .stats import by_split

TRAIN = SPLITS[0]

_KINDS: dict[str, Callable[[Actor], bool]] = {
    "people": lambda actor: actor.kind == "person",
    "outlets": lambda actor: actor.kind == "organization" and actor.sector == "JRN",
    "other organizations": lambda actor: actor.kind == "organization" and actor.sector != "JRN",
    "states and places": lambda actor: actor.kind == "gpe",
}


@dataclass(slots=True)
class Held:
    """What one split holds: its stories, its named actors by kind, how many scare quotes.

    `countries` are those of the named actors, as codes.
    """

    stories: set[str] = field(default_factory=set)
    actors: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in _KINDS})
    countries: set[str] = field(default_factory=set)
    scare_quotes: int = 0

    def add(self, view: View) -> None:
        """Take in one more article."""
        article = view.article
        if article.document.story:
            self.stories.add(article.document.story)
        if view.has_layer("quotes"):
            self.scare_quotes += len(view.scare_quotes)
        for actor in _named(article):
            if actor.country:
                self.countries.add(actor.country)
            for kind, holds in _KINDS.items():
                if holds(actor):
                    self.actors[kind].add(actor.id)

    def kinds(self) -> dict[str, set[str]]:
        """What can be compared between splits, by what it is called."""
        return {**self.actors, "countries": self.countries}


def hold(places: Iterable[Place]) -> dict[str, Held]:
    """What every split holds that has documents, in the order of the splits."""
    return by_split(places, Held)


def markdown(held: Mapping[str, Held]) -> str:
    """A Markdown table: stories, scare quotes, named actors, and which of them `train` names."""
    rows: list[list[object]] = [
        ["stories", *(len(h.stories) for h in held.values())],
        ["scare quotes", *(h.scare_quotes for h in held.values())],
    ]
    for kind in Held().kinds():
        rows.append([f"named {kind}", *(len(h.kinds()[kind]) for h in held.values())])
        if TRAIN in held:
            pairs = [_compared(held, split, kind) for split in held]
            rows.append(["- in train too", *(p and p[0] for p in pairs)])
            rows.append(["- not in train", *(p and p[1] for p in pairs)])
    return markdown_table(["", *held], rows)


def as_json(held: Mapping[str, Held]) -> dict[str, Any]:
    """The same for a program to read; what `train` names is compared in the other splits."""
    return {split: _plain(held, split) for split in held}


def _plain(held: Mapping[str, Held], split: str) -> dict[str, Any]:
    found = held[split]
    named: dict[str, dict[str, int]] = {}
    for kind, ids in found.kinds().items():
        named[kind] = {"all": len(ids)}
        if pair := _compared(held, split, kind):
            named[kind] |= {"in_train": pair[0], "not_in_train": pair[1]}
    return {
        "stories": len(found.stories),
        "scare_quotes": found.scare_quotes,
        "named": named,
    }


def _compared(held: Mapping[str, Held], split: str, kind: str) -> tuple[int, int] | None:
    """How many of a kind `train` names and does not name; nothing for `train` itself."""
    if split == TRAIN or TRAIN not in held:
        return None
    ids, known = held[split].kinds()[kind], held[TRAIN].kinds()[kind]
    return len(ids & known), len(ids - known)


def _named(article: Article) -> Iterator[Actor]:
    names = {mention.actor for mention in article.mentions if mention.form == "name"}
    return (actor for actor in article.actors if actor.id in names)
