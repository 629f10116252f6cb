"""Ids: of mentions, quotes and claims a letter and Crockford's base32, of the others slugs."""

import re
import unicodedata
from collections.abc import Callable, Container

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32, lower case."""
LENGTH = 4

Draw = Callable[[str], str]
"""Chooses one character of an alphabet, as `secrets.choice` does."""


def mint(letter: str, taken: Container[str], draw: Draw) -> str:
    """A new id that is not among those taken."""
    while True:
        name = f"{letter}-" + "".join(draw(ALPHABET) for _ in range(LENGTH))
        if name not in taken:
            return name


def slug(name: str) -> str:
    """A slug made of the letters and digits of `name`; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
