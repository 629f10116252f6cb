"""What is said of a document where its source says nothing."""

import msgspec

from .schema import Json
from .sections import propose_sections

_DEFAULTS: Json = {
    "language": "und",
    "origin": "published",
    "license": "NOASSERTION",
    "layers": [],
    "annotation": {"method": "human", "passes": 1, "adjudicated": False},
}
"""`und` is an undetermined language."""


def described(told: Json) -> Json:
    """The fields of a document, those that are not told filled in; its text is among `told`."""
    proposed = [msgspec.to_builtins(section) for section in propose_sections(told["text"])]
    return {**_DEFAULTS, "sections": proposed, **told}
