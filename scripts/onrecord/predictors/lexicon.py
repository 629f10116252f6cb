"""Words that tell actors, speakers and labels, by language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

Words = frozenset[str]

_NONE: Words = frozenset()


@dataclass(frozen=True)
class Lexicon:
    """The word lists of a language, by table and name; all are empty where there are none.

    `adjectives` leads from adjectives of nationality to the names of states, `generic` from a
    kind of actor to the nouns that take up any actor of that kind ("the company").
    """

    lists: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    generic: Mapping[str, Words] = field(default_factory=dict)

    def __call__(self, table: str, name: str) -> Words:
        """One list of words, in lower case."""
        return self.lists.get(table, {}).get(name, _NONE)


@cache
def lexicon(language: str) -> Lexicon:
    """The word lists for a BCP 47 tag; there are some for English."""
    if language.partition("-")[0] != "en":
        return Lexicon()
    return _read(tomllib.loads((files(__package__) / "english.toml").read_text("utf-8")))


@cache
def countries() -> Words:
    """The English names of the states of ISO 3166-1."""
    import pycountry

    return frozenset(country.name for country in pycountry.countries)


def _read(tables: Mapping[str, Any]) -> Lexicon:
    lists = {
        name: {key: _split(words) for key, words in table.items() if isinstance(words, str)}
        for name, table in tables.items()
    }
    generic = {kind: _split(words) for kind, words in tables["kinds"]["generic"].items()}
    return Lexicon(lists, tables["adjectives"]["known"], generic)


def _split(words: str) -> Words:
    return frozenset(words.split())
