"""Certainty and polarity of a claim, told by its words and by the cue of its quote."""

from ..lexicon import Lexicon

_UNPUNCTUATED = str.maketrans(dict.fromkeys(',.;:!?()“”‘"', " ") | {"’": "'"})


def certainty(content: str, words: Lexicon) -> str:
    """How firmly a claim is asserted; a condition beats a hedge."""
    found = _words(content)
    # "May" with a capital is the month, unless it begins the sentence.
    hedges = found - {"may"} if "May" in content and "may" not in content else found
    for name, label in _HEDGES.items():
        if hedges & words("claims", name):
            return label
    return "certain"


def polarity(content: str, cue: str, words: Lexicon) -> str:
    """Whether a claim is affirmed or denied."""
    denied = _words(content) & words("claims", "negations")
    return "negative" if denied or _words(cue) & words("quotes", "denials") else "positive"


_HEDGES = {"conditions": "conditional", "possible": "possible", "probable": "probable"}


def _words(text: str) -> set[str]:
    return set(text.lower().translate(_UNPUNCTUATED).split())
