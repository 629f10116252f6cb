"""What W3C Web Annotations are called in JSON-LD, and our own terms beside them."""

from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PREFIX = "onrecord:"
"""Before the keys of our own; the context that files carry says what it stands for."""

OWN_CONTEXT: dict[str, Any] = {
    "onrecord": "urn:onrecord:",
    "onrecord:layers": {"@id": "urn:onrecord:layers", "@container": "@list"},
    "onrecord:sections": {"@id": "urn:onrecord:sections", "@container": "@list"},
}
DOCUMENT = "onrecord:document"
"""Key of what is known of the annotated text, on the collection of its annotations."""

LANGUAGE = "language"
"""The field of a document that has a term of its own in Web Annotation."""

COMPOSITE = "oa:Composite"
"""Type of a target whose items are annotated together, as one.

A plain list of targets says that the annotation holds of each by itself; alternatives are what a
list of selectors is for.
"""

TAGGING, COMMENTING, LINKING = "tagging", "commenting", "linking"
NOTE = "note"
"""The attribute that a body of purpose `commenting` is."""
