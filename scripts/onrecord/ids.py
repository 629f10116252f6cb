"""Ids: of mentions, quotes and claims a letter and Crockford's base32, of actors a slug."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from itertools import chain, count

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32, lower case."""
LENGTH = 4

LONGEST = 100
"""Of a slug made from a name."""

Draw = Callable[[str], str]
"""Chooses one character of an alphabet, as `secrets.choice` does."""


def mint(letter: str, taken: Container[str], draw: Draw) -> str:
    """A new id that is not among those taken."""
    while True:
        name = f"{letter}-" + "".join(draw(ALPHABET) for _ in range(LENGTH))
        if name not in taken:
            return name


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name, no two alike: the name itself, if it is one and not taken before."""
    made: dict[str, str] = {}
    for name in dict.fromkeys(names):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        base = re.sub("[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "actor"
        numbered = (f"{base}-{number}" for number in count(2))
        taken = set(made.values())
        made[name] = next(slug for slug in chain([base], numbered) if slug not in taken)
    return made
