"""How a document of spaCy holds an article: groups of spans, and what they cannot hold.

The groups are those of `doc.spans`. A span's id is that of the annotation; the parts of a
discontinuous one are spans with one id. Attributes, links and the fields of the document are in
`doc.user_data`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import msgspec

from ...problem import MissingExtraError
from ...schema import labels
from ...standoff.scheme import CLAIM, CUE, QUOTE

KEY = "onrecord"
"""Where `doc.user_data` has what is `Carried`."""


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """What of an article is in no span: `attributes` by id, `absent` the labels of other nodes.

    An edge is its label and the ids that it leads from and to.
    """

    document: dict[str, Any]
    attributes: dict[str, dict[str, str]]
    edges: list[tuple[str, str, str]]
    absent: dict[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of spans.

    `node` is the label of its nodes, empty where each has its own; `field` the attribute that the
    labels of the spans give, which are of `labels`.
    """

    node: str
    field: str
    labels: tuple[str, ...]


@cache
def groups() -> Mapping[str, Group]:
    """The groups by name."""
    return {
        "mentions": Group("", "", tuple(labels("actors", "kind"))),
        "quotes": Group(QUOTE, "form", tuple(labels("quotes", "form"))),
        "cues": Group(CUE, "", (CUE,)),
        "claims": Group(CLAIM, "kind", tuple(labels("claims", "kind"))),
    }


def spacy() -> ModuleType:
    """The library.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import spacy
    except ImportError:
        raise MissingExtraError("this needs spaCy: pip install 'onrecord[spacy]'") from None
    return spacy
