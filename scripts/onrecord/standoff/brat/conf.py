"""The files that tell brat what may be annotated, and how to draw it."""

from collections.abc import Iterator, Mapping

from ...schema import labels
from ..scheme import (
    ADDRESSEE,
    CLAIM,
    COREFERENCE,
    CUE,
    EDGES,
    QUOTE,
    SPEAKER,
    TARGET,
    WITHIN,
    attribute_labels,
    node_labels,
)

_ACTORS = "|".join(labels("actors", "kind"))
_ENDS: Mapping[str, tuple[str, str]] = {
    SPEAKER: (QUOTE, _ACTORS),
    ADDRESSEE: (QUOTE, _ACTORS),
    CUE: (QUOTE, CUE),
    WITHIN: (QUOTE, QUOTE),
    QUOTE: (CLAIM, QUOTE),
    TARGET: (CLAIM, _ACTORS),
    COREFERENCE: (_ACTORS, _ACTORS),
}
"""What each relation may lead from and to."""

_COLOURS: Mapping[str, str] = {
    "person": "#ffccaa",
    "organization": "#8fb2ff",
    "gpe": "#7fe2ff",
    "group": "#ffe5a0",
    "artifact": "#d8c8a8",
    QUOTE: "#c7f0c0",
    CUE: "#f5f5f5",
    CLAIM: "#f3c6e8",
}
_SHORT = {"person": "Pers", "organization": "Org", "gpe": "GPE", "group": "Grp", "artifact": "Art"}


def annotation() -> str:
    """`annotation.conf`: types of annotations, relations between them, and their attributes."""
    return _sections(
        {
            "entities": list(node_labels()),
            "relations": [
                *(f"{name}\tArg1:{_ENDS[name][0]}, Arg2:{_ENDS[name][1]}" for name in EDGES),
                # Without this brat calls every nested or crossing annotation an error.
                "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            ],
            "events": [],
            "attributes": list(_attributes()),
        }
    )


def visual() -> str:
    """`visual.conf`: short names and colours."""
    return _sections(
        {
            "labels": [f"{name} | {name} | {short}" for name, short in _SHORT.items()],
            "drawing": [
                "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken",
                "ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5",
                *(f"{name}\tbgColor:{colour}" for name, colour in _COLOURS.items()),
            ],
        }
    )


def _attributes() -> Iterator[str]:
    for name, values in attribute_labels().items():
        of = f"{_ACTORS}|{QUOTE}" if name == "form" else CLAIM
        yield f"{name}\tArg:{of}, Value:{'|'.join(values)}"


def _sections(sections: Mapping[str, list[str]]) -> str:
    parts = ("\n".join([f"[{name}]", *lines]) for name, lines in sections.items())
    return "\n\n".join(parts) + "\n"
