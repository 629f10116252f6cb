"""Names that can be one actor's: a full one, a part of it, its initials."""

from .forms import Reference

Name = tuple[str, ...]
"""The tokens of a name in a form in which equal names are equal; never empty."""

_QUARTERS = ("north", "south", "east", "west")
_NOT_INITIAL = ("of", "the", "and", "for")


def name_of(reference: Reference) -> Name:
    """The tokens of a mention; hyphens part them."""
    return tuple(reference.key.replace("-", " ").split()) or (reference.exact,)


def may_be_one(one: Name, other: Name, kind: str) -> bool:
    """Whether two names can be one actor's of that kind.

    They are equal, or the shorter is the end or the beginning of the longer, or its initials.
    """
    if one == other:
        return True
    short, full = sorted((one, other), key=len)
    if len(short) == len(full):
        return False
    if len(short) == 1 and short[0] == initials(full):
        return True
    if kind == "gpe":
        # New York is not York, but the North is short for North Korea.
        return len(full) == 2 and short[0] in _QUARTERS and full[0] == short[0]
    return short in (full[-len(short) :], full[: len(short)])


def initials(name: Name) -> str:
    """The first letters of a name without those of the small words in it."""
    return "".join(token[0] for token in name if token not in _NOT_INITIAL)
