"""English words and phrases, as more than one module goes by them."""

PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his"
    " himself she her hers herself it its itself they them their theirs themselves themself".split()
)
"""Personal, possessive and reflexive pronouns, in lower case."""

_BEHIND_HEAD = frozenset("of in at for from on to with under near who that which whose".split())


def head(phrase: str) -> str:
    """The head of a noun phrase: the last word before a preposition or a relative clause."""
    tokens = phrase.split()
    for at, token in enumerate(tokens):
        if at and token.lower() in _BEHIND_HEAD:
            return tokens[at - 1]
    return tokens[-1]
