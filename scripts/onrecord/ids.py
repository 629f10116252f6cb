"""Ids: of mentions, quotes and claims a letter and Crockford's base32, of the others slugs."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from itertools import count

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


def numbered(letter: str, number: int) -> str:
    """The id of what a model found, by its number in its document, counted from 1."""
    return f"{letter}-{number:04}"


def slug(name: str) -> str:
    """A slug made of the letters and digits of `name`; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name, no two alike: the name itself, if it is one and not taken before."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for name in dict.fromkeys(names):
        made[name] = unused(name, taken, after=numbers)
        taken.add(made[name])
    return made


def unused(
    name: str,
    taken: Container[str],
    *,
    default: str = "actor",
    after: dict[str, int] | None = None,
) -> str:
    """A slug for a name that is not among those taken: it ends in a number if need be.

    `default` is the slug of a name without letters and digits of ASCII. In `after` callers who ask
    for many keep the last number of each slug, so that not all are tried again.
    """
    base = slug(name)[:LONGEST].strip("-") or default
    last = {} if after is None else after
    if base not in taken:
        return base
    numbers = count(last.get(base, 1) + 1)
    last[base] = next(number for number in numbers if f"{base}-{number}" not in taken)
    return f"{base}-{last[base]}"
