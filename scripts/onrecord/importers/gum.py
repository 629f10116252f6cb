"""GUM's coreference files to graphs: WebAnno TSV, its referents labelled by their entity type.

A place that is linked to an article in Wikipedia is a `Referent.place.linked`, because plain
`Referent.place` has rooms and streets as well as states. The text of GUM is tokens parted by
blanks, so that words stand apart from punctuation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..standoff.format import Importer, Reading
from ..standoff.graph import Node, Standoff
from .webanno_tsv import LOSES, read_refined

_ENTITY, _IDENTITY = "entity", "identity"

_WIKINEWS = ("GUM_news_", "GUM_interview_")
"""How the names of texts from Wikinews begin; GUM has others under many licences."""


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The document of each file `*.tsv`, as those in the folder `coref/tsv` of GUM."""
    for graph in read_refined(path, reading, refine=_ENTITY):
        nodes = tuple(map(_named, graph.nodes))
        yield replace(graph, nodes=nodes, document=_document(graph.name))


def _named(node: Node) -> Node:
    """The node, the title of the article in Wikipedia that it is linked to in plain words."""
    if _IDENTITY not in node.attributes:
        return node
    title = unquote(node.attributes[_IDENTITY]).replace("_", " ")
    label = f"{node.label}.linked" if node.label.endswith(".place") else node.label
    return replace(node, label=label, attributes={**node.attributes, _IDENTITY: title})


def _document(name: str) -> Mapping[str, Any]:
    """Text and annotation have each a licence."""
    return {"license": "CC-BY-2.5 AND CC-BY-4.0"} if name.startswith(_WIKINEWS) else {}


IMPORTER = Importer(
    name="gum",
    title="GUM (Zeldes, 2017), its entities and coreference",
    read=read,
    takes="a file *.tsv of its folder coref/tsv, or a folder of such",
    map="gum",
    loses=LOSES,
)
