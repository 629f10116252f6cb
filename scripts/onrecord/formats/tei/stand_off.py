"""What a TEI document says outside of its text: actors, links between annotations, notes."""

from collections.abc import Iterator

from lxml import etree

from ...standoff.graph import Edge, Node, Standoff
from ...standoff.scheme import CUE, QUOTE, TARGET, WITHIN
from ..xml import Element, line_of
from . import (
    ACTORS,
    ID,
    IDENTIFIERS,
    LISTS,
    MEMBERS,
    PERSON,
    TEI,
    actor_id,
    add,
    name_of,
    pointers,
    words_of,
)

_LINKED = (CUE, WITHIN, QUOTE, TARGET)
"""Labels of the edges that have no attribute of their own."""


def stand_off(graph: Standoff) -> Iterator[Element]:
    """The `standOff` of an export, if there is something to say in it."""
    made = etree.Element(f"{TEI}standOff")
    known = [node for node in graph.nodes if "actor.name" in node.attributes]
    for list_name in dict.fromkeys(LISTS.values()):
        if of_list := [
            node for node in known if LISTS[ACTORS.get(node.label, PERSON)[0]] == list_name
        ]:
            into = add(made, list_name)
            for node in of_list:
                _add_actor(into, node)
    _add_members(made, known)
    for label in _LINKED:
        _add_links(made, label, [edge for edge in graph.edges if edge.label == label])
    _add_notes(made, graph)
    if len(made):
        yield made


def actors(tei: Element) -> dict[str, dict[str, str]]:
    """What is known of actors, in attributes of the scheme, by their `xml:id`."""
    found = {}
    for element in tei.iter(*(TEI + name for name in LISTS)):
        if name := element.get(ID):
            found[name] = dict(_of_actor(element))
    for relation in tei.iter(f"{TEI}relation"):
        for end in pointers(relation, "active"):
            if relation.get("name") == MEMBERS and end[1:] in found:
                members = [_slug(other[1:]) for other in pointers(relation, "passive")]
                found[end[1:]]["actor.members"] = ", ".join(members)
    return found


def kinds(tei: Element) -> dict[str, str]:
    """The kind of each actor as its element says it, by their `xml:id`."""
    made = {PERSON[0]: PERSON[0], **{element: kind for kind, (element, _) in ACTORS.items()}}
    elements = [e for e in tei.iter(*(TEI + name for name in LISTS)) if e.get(ID)]
    return {str(e.get(ID)): e.get("role") or made[name_of(e)] for e in elements}


def links(tei: Element) -> Iterator[tuple[str, list[str], int]]:
    """The label of each `link`, what it links, and its line."""
    for element in tei.iter(f"{TEI}link"):
        group = element.getparent()
        of_group = group.get("type") if group is not None and name_of(group) == "linkGrp" else None
        label = element.get("type") or of_group or "link"
        yield label, pointers(element, "target"), line_of(element)


def notes(tei: Element) -> dict[str, str]:
    """The notes on annotations, by the `xml:id` of these."""
    found: dict[str, str] = {}
    for element in tei.iter(f"{TEI}annotation"):
        note = element.find(f"{TEI}note")
        if note is not None:
            ends = pointers(element, "target")
            found |= {end.removeprefix("#"): words_of(note) for end in ends}
    return found


def _add_actor(into: Element, node: Node) -> None:
    told = {k.removeprefix("actor."): value for k, value in node.attributes.items()}
    element, name = _elements(node.label)
    role = {"role": node.label} if node.label == "unspecified" else {}
    made = add(into, element, {ID: actor_id(told["id"]), **role})
    named = add(made, "objectIdentifier") if element == "object" else made
    add(named, name, {}, told["name"])
    numbers = [(kind, told[kind]) for kind in IDENTIFIERS if kind in told]
    for kind, number in numbers:
        add(named, "idno", {"type": kind}, number)
    if "actor.note" in node.attributes:
        add(made, "note", {}, node.attributes["actor.note"])


def _add_members(into: Element, known: list[Node]) -> None:
    plural = [node for node in known if "actor.members" in node.attributes]
    holder = add(into, "listRelation") if plural else into
    for node in plural:
        members = node.attributes["actor.members"].split(", ")
        passive = " ".join(f"#{actor_id(slug)}" for slug in members)
        active = f"#{actor_id(node.attributes['actor.id'])}"
        add(holder, "relation", {"name": MEMBERS, "active": active, "passive": passive})


def _add_links(into: Element, label: str, edges: list[Edge]) -> None:
    group = add(into, "linkGrp", {"type": label}) if edges else into
    for edge in edges:
        # An actor without mention is a node, too; its element has its key with a full stop.
        ends = (edge.source, edge.target)
        add(group, "link", {"target": " ".join(f"#{end.replace(':', '.')}" for end in ends)})


def _add_notes(into: Element, graph: Standoff) -> None:
    noted = [node for node in graph.nodes if "note" in node.attributes]
    holder = add(into, "listAnnotation") if noted else into
    for node in noted:
        told = {ID: f"note.{node.key}", "motivation": "commenting", "target": f"#{node.key}"}
        add(add(holder, "annotation", told), "note", {}, node.attributes["note"])


def _of_actor(element: Element) -> Iterator[tuple[str, str]]:
    yield "actor.id", _slug(str(element.get(ID)))
    names = list(element.iter(*(TEI + name for _, name in (PERSON, *ACTORS.values()))))
    if names:
        yield "actor.name", words_of(names[0])
    for number in element.iter(f"{TEI}idno"):
        if number.get("type") in IDENTIFIERS:
            yield f"actor.{number.get('type')}", words_of(number)
    note = element.find(f"{TEI}note")
    if note is not None:
        yield "actor.note", words_of(note)


def _slug(name: str) -> str:
    return name.removeprefix(actor_id(""))


def _elements(kind: str) -> tuple[str, str]:
    """The element of an actor of a kind, and that of its name."""
    return ACTORS.get(kind, PERSON)
