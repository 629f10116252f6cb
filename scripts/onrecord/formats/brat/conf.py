"""The files that tell brat what may be annotated, and how to draw it."""

from collections.abc import Iterator, Mapping

from ...schema import labels
from ...standoff.scheme import (
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

_ACTOR = "actor"
_ENDS: Mapping[str, tuple[str, str]] = {
    SPEAKER: (QUOTE, _ACTOR),
    ADDRESSEE: (QUOTE, _ACTOR),
    CUE: (QUOTE, CUE),
    WITHIN: (QUOTE, QUOTE),
    QUOTE: (CLAIM, QUOTE),
    TARGET: (CLAIM, _ACTOR),
    COREFERENCE: (_ACTOR, _ACTOR),
}
"""What each relation may lead from and to; `actor` stands for the kinds of actors."""

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
                *map(_relation, EDGES),
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


def _relation(name: str) -> str:
    one, other = _ENDS[name]
    return f"{name}\tArg1:{_types(one)}, Arg2:{_types(other)}"


def _types(end: str) -> str:
    return "|".join(labels("actors", "kind")) if end == _ACTOR else end


def _attributes() -> Iterator[str]:
    for name, values in attribute_labels().items():
        of = f"{_types(_ACTOR)}|{QUOTE}" if name == "form" else CLAIM
        yield f"{name}\tArg:{of}, Value:{'|'.join(values)}"


def _sections(sections: Mapping[str, list[str]]) -> str:
    parts = ("\n".join([f"[{name}]", *lines]) for name, lines in sections.items())
    return "\n\n".join(parts) + "\n"
