"""The gender by which a person is spoken of, as far as words tell."""

from ...english import head
from ..lexicon import Lexicon
from .forms import Reference

_TITLE = 30
"""Characters before a name in which its title stands."""


def gender(text: str, reference: Reference, words: Lexicon) -> str:
    """What a pronoun, a noun or the title before a name tells: f, m, or empty."""
    if reference.kind != "person":
        return ""
    if reference.form == "pronoun":
        return _listed(reference.exact.lower(), ("feminine", "masculine"), words)
    if reference.form == "name":
        start = reference.start
        before = text[max(start - _TITLE, 0) : start].split()[-1:] or [""]
        word = before[0].strip(".,“\"'").lower()
    else:
        word = noun(reference)
    return _listed(word, ("women", "men"), words)


def noun(reference: Reference) -> str:
    """The head of a description, in lower case and without its ending."""
    return head(reference.exact.lower().replace("’", "'")).removesuffix("'s")


def _listed(word: str, names: tuple[str, str], words: Lexicon) -> str:
    feminine, masculine = (word in words("mentions", name) for name in names)
    return "f" if feminine else "m" if masculine else ""
