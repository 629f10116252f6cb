"""Words of English that more than one module goes by."""

PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his"
    " himself she her hers herself it its itself they them their theirs themselves themself".split()
)
"""Personal, possessive and reflexive pronouns, in lower case."""
