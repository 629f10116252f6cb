"""The type system of our CAS files: our layers, and of DKPro's types those that INCEpTION needs."""

from typing import Any

from ..dkpro import ANNOTATION, METADATA, SENTENCE, TOKEN
from . import cassis
from .layers import (
    DEPENDENT,
    DOCUMENT,
    FIELDS,
    GOVERNOR,
    PACKAGE,
    PLACE,
    RELATIONS,
    SPANS,
    feature,
)

TypeSystem = Any
"""A `cassis.TypeSystem`; the library is loaded where it is used."""

FILE = "TypeSystem.xml"
"""The name under which INCEpTION puts a type system beside XMI files."""

_STRING, _INTEGER = "uima.cas.String", "uima.cas.Integer"


def type_system() -> TypeSystem:
    """A new one, always with the same types in the same order."""
    types = cassis().TypeSystem()
    _dkpro(types)
    for layer, attributes in SPANS.items():
        made = types.create_type(f"{PACKAGE}{layer}", ANNOTATION)
        for attribute in attributes:
            types.create_feature(made, feature(attribute), _STRING)
    for layer in RELATIONS.values():
        made = types.create_type(f"{PACKAGE}{layer}", ANNOTATION)
        types.create_feature(made, GOVERNOR, ANNOTATION)
        types.create_feature(made, DEPENDENT, ANNOTATION)
        types.create_feature(made, PLACE, _INTEGER)
    # What is an annotation but has no offsets is metadata of the document to INCEpTION.
    document = types.create_type(f"{PACKAGE}{DOCUMENT}", "uima.cas.AnnotationBase")
    types.create_feature(document, FIELDS, _STRING)
    return types


def _dkpro(types: TypeSystem) -> None:
    types.create_type(SENTENCE, ANNOTATION)
    types.create_type(TOKEN, ANNOTATION)
    metadata = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId"):
        types.create_feature(metadata, name, _STRING)
