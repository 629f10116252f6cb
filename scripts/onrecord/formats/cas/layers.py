"""Our annotations as layers of INCEpTION: the names of types and features.

Mentions, quotes, cues and claims are span layers. An actor without mention is an empty span at the
start of the text, so that a relation can lead to it. An edge is a relation layer, from its governor
to its dependent; INCEpTION keeps relations in order of the text, so each has its place in the list.
"""

from ...standoff.parts import NEXT
from ...standoff.scheme import CLAIM, CUE, EDGES, QUOTE

PACKAGE = "onrecord."

MENTION, ACTOR, DOCUMENT = "Mention", "Actor", "Document"

KIND = "kind"
"""The feature of a mention or actor that is the label of its node."""

FIELDS = "fields"
"""The feature of the document's own layer that has all of its fields, as JSON."""

GOVERNOR, DEPENDENT, PLACE = "Governor", "Dependent", "place"

_OF_ACTOR = tuple(
    f"actor.{name}" for name in ("id", "name", "country", "sector", "wikidata", "members", "note")
)

SPANS: dict[str, tuple[str, ...]] = {
    MENTION: (KIND, "id", "form", "note", *_OF_ACTOR),
    ACTOR: (KIND, *_OF_ACTOR),
    QUOTE.capitalize(): ("id", "form", "note"),
    CUE.capitalize(): (),
    CLAIM.capitalize(): ("id", KIND, "certainty", "polarity", "note"),
}
"""Each span layer with its attributes."""

_RELATION = "Relation"

RELATIONS = {label: f"{label.capitalize()}{_RELATION}" for label in (*EDGES, NEXT)}
"""The relation layer of each edge."""

_LABELS = {f"{PACKAGE}{layer}": label for label, layer in RELATIONS.items()}


def layer_of(label: str, *, placed: bool) -> str:
    """The span layer for nodes with a label, which stand in the text or not."""
    if label in (QUOTE, CUE, CLAIM):
        return label.capitalize()
    return MENTION if placed else ACTOR


def edge_label(name: str) -> str:
    """The label of the edges that a type of ours is for, else empty."""
    return _LABELS.get(name, "")


def feature(attribute: str) -> str:
    """The name of a feature, which UIMA wants to be an identifier."""
    return attribute.replace(".", "_")


def attribute_of(name: str) -> str:
    """The attribute that a feature of a type of ours is for."""
    return name.replace("actor_", "actor.", 1) if name.startswith("actor_") else name
