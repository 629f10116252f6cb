"""What the nodes and edges of a source are by its map, before records are made of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import Span
from ..schema import labels, table_schema
from .graph import Edge, Node
from .maps import ENDS, FILLED, OF_ACTOR, Map, Role
from .place import Bench, place


@dataclass(frozen=True, slots=True)
class Item:
    """One node as what it becomes: a record of `table`, or bare words where that is empty.

    `fields` are those of the record, `actor` those of the actor that is mentioned.
    """

    key: str
    label: str
    line: int
    table: str
    spans: tuple[Span, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    actor: Mapping[str, str] = field(default_factory=dict)


Items = dict[str, Item]
Links = Mapping[str, Mapping[str, list[str]]]
"""For each role and each key that edges lead from, the keys that they lead to, in order."""


def items(bench: Bench, by: Map) -> Items:
    """The nodes that the map knows, by their keys; the others are counted as lost."""
    found: Items = {}
    for node in bench.source.nodes:
        if node.label not in by.nodes:
            words = " … ".join(node.exact) or node.key
            bench.lost(f"label {node.label}", node.line, words)
        elif node.key in found:
            bench.wrong(node.line, f"{node.key!r} stands twice, expected keys of one annotation")
        else:
            found[node.key] = _item(bench, by, node)
    return found


def links(bench: Bench, by: Map, found: Items) -> Links:
    """The edges that the map knows and whose ends are what their role asks for."""
    made: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for edge in bench.source.edges:
        role = by.edges.get(edge.label)
        ends = role and _ends(edge, role, found)
        if role and ends:
            made[role.name][ends[0]][ends[1]] = None
        else:
            bench.lost(_why(edge, role, found), edge.line)
    return {role: {key: list(led) for key, led in of.items()} for role, of in made.items()}


def _item(bench: Bench, by: Map, node: Node) -> Item:
    meaning = by.nodes[node.label]
    told = dict(meaning.fields)
    for name, value in node.attributes.items():
        filling = by.attributes.get(name)
        if filling is None or not _has(meaning.table, filling.field):
            bench.lost(f"attribute {name}", node.line, value)
            continue
        known = filling.values.get(value, value)
        if _fits(meaning.table, filling.field, known):
            told[filling.field] = known
        else:
            bench.lost(f"value of attribute {name}", node.line, value)
    own = {name: value for name, value in told.items() if not name.startswith(OF_ACTOR)}
    actor = {n.removeprefix(OF_ACTOR): value for n, value in told.items() if n not in own}
    return Item(node.key, node.label, node.line, meaning.table, place(bench, node), own, actor)


def _has(table: str, name: str) -> bool:
    """Whether a field is one of records of a table, or of the actors that they mention."""
    return name in FILLED.get(table, ()) or (table == "mentions" and name.startswith(OF_ACTOR))


def _fits(table: str, name: str, value: str) -> bool:
    """Whether a field may have a value, as far as that is one of a list."""
    owner = "actors" if name.startswith(OF_ACTOR) else table
    own = name.removeprefix(OF_ACTOR)
    return "enum" not in table_schema(owner)["properties"][own] or value in labels(owner, own)


def _ends(edge: Edge, role: Role, found: Items) -> tuple[str, str] | None:
    """Where an edge leads from and to as its role has it; None if that cannot be."""
    ends = (edge.target, edge.source) if role.reverse else (edge.source, edge.target)
    first, second = ENDS.get(role.name, ((), ()))
    for one, other in (ends, ends[::-1]) if first != second else (ends,):
        known = one in found and other in found and one != other
        if known and found[one].table in first and found[other].table in second:
            return one, other
    return None


def _why(edge: Edge, role: Role | None, found: Items) -> str:
    if role is None:
        return f"edge {edge.label}"
    if edge.source in found and edge.target in found:
        return f"edge {edge.label} from {found[edge.source].label} to {found[edge.target].label}"
    return f"edge {edge.label} of what is lost"
