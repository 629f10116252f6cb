"""Names of types and features that UIMA CAS and WebAnno TSV share, as DKPro and INCEpTION use them.

A layer is called by the last part of its type (`webanno.custom.Span` is `Span`). A node is labelled
with its layer; if that has a feature `value` that is given, the label is `Layer.value`, such as
`NamedEntity.PER`, and the value is no attribute besides. Edges, which have no attributes, are
labelled with the layer and the first of their features in the same way.
"""

from collections.abc import Iterable

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
SENTENCE = f"{DKPRO}segmentation.type.Sentence"
TOKEN = f"{DKPRO}segmentation.type.Token"
METADATA = f"{DKPRO}metadata.type.DocumentMetaData"
ANNOTATION = "uima.tcas.Annotation"

VALUE = "value"
"""The feature that refines the label of a node."""

_APPARATUS = (
    f"{DKPRO}segmentation.",
    f"{DKPRO}lexmorph.",
    f"{DKPRO}metadata.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "org.dkpro.core.api.xml.",
    "uima.cas.",
    "uima.tcas.DocumentAnnotation",
)


def is_apparatus(layer: str) -> bool:
    """Whether a type is no annotation but what tools need: tokens, their tags, metadata."""
    return layer.startswith(_APPARATUS)


def short(layer: str) -> str:
    """The last part of a type's name."""
    return layer.rpartition(".")[2]


def refined(layer: str, values: Iterable[str]) -> str:
    """The label of something in a layer: its short name and the first of the values given."""
    return ".".join([short(layer), *[value for value in values if value][:1]])
