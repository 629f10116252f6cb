"""The labelling interface of a project of Label Studio in which our annotations can be edited."""

from collections.abc import Mapping
from xml.etree import ElementTree

from ...schema import labels
from ...standoff.parts import NEXT
from ...standoff.scheme import CLAIM, CUE, EDGES, QUOTE, attribute_labels, node_labels

TEXT, LABEL = "text", "label"
"""Names of the text, and of what gives a region its label."""

_COLOURS = {
    "person": ("#1f77b4", "p"),
    "organization": ("#17becf", "o"),
    "gpe": ("#2ca02c", "g"),
    "group": ("#9467bd", "u"),
    "artifact": ("#8c564b", "a"),
    QUOTE: ("#ff7f0e", "q"),
    CUE: ("#bcbd22", "e"),
    CLAIM: ("#d62728", "c"),
}
"""Colour and key of a label; others are grey and have none."""


def interface() -> bytes:
    """The interface as XML: labels, relations, and what can be said of a region."""
    view = ElementTree.Element("View")
    _add(view, "Style").text = ".htx-text { white-space: pre-wrap; }"
    relations = _add(view, "Relations")
    for name in (*EDGES, NEXT):
        _add(relations, "Relation", value=name)
    given = _add(view, "Labels", name=LABEL, toName=TEXT)
    for name in node_labels():
        colour, key = _COLOURS.get(name, ("#7f7f7f", ""))
        _add(given, "Label", value=name, background=colour, **({"hotkey": key} if key else {}))
    _add(view, "Text", name=TEXT, value=f"${TEXT}")
    for name, values in attribute_labels().items():
        chosen = _of_region(view, "Choices", name, choice="single-radio", showInline="true")
        for value in values:
            _add(chosen, "Choice", value=value)
    for name in _FREE:
        _of_region(view, "TextArea", name, maxSubmissions="1", editable="true", rows="2")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode").encode() + b"\n"


_FREE = (
    "note", "actor.id", "actor.name", "actor.country", "actor.sector", "actor.wikidata",
    "actor.members", "actor.note",
)  # fmt: skip


def _shown_for() -> Mapping[str, tuple[str, ...]]:
    """The labels of the regions of which something can be said."""
    actors = tuple(labels("actors", "kind"))
    claims = dict.fromkeys(("kind", "certainty", "polarity"), (CLAIM,))
    of_all = {"form": (*actors, QUOTE), "note": (*actors, QUOTE, CLAIM)}
    return {**dict.fromkeys(_FREE, actors), **claims, **of_all}


def _of_region(
    view: ElementTree.Element, tag: str, name: str, **settings: str
) -> ElementTree.Element:
    """A control under a heading, shown where a region with a fitting label is selected."""
    shown = {"visibleWhen": "region-selected", "whenTagName": LABEL}
    shown["whenLabelValue"] = ",".join(_shown_for()[name])
    box = _add(view, "View", **shown)
    _add(box, "Header", value=name, size="6")
    whose = {"name": name, "toName": TEXT, "perRegion": "true"}
    return _add(box, tag, **whose, whenLabelValue=shown["whenLabelValue"], **settings)


def _add(parent: ElementTree.Element, tag: str, **settings: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, settings)
