"""Ids of mentions, quotes and claims: a letter and characters of Crockford's base32."""

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
