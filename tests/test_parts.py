"""Discontinuous annotations are cut into linked parts and put together again."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.standoff.graph import Edge, Node, Standoff
from onrecord.standoff.parts import NEXT, join, split

TEXT = "abcdefghij" * 3


def graph(*nodes: Node, edges: tuple[Edge, ...] = ()) -> Standoff:
    return Standoff("a", TEXT, nodes, edges)


def node(key: str, *spans: tuple[int, int], exact: bool = True, **attributes: str) -> Node:
    words = tuple(TEXT[start:end] for start, end in spans) if exact else ()
    return Node(key, "quote", spans, attributes, words, line=7)


@st.composite
def graphs(draw: st.DrawFn) -> Standoff:
    """Nodes of no, one or several spans, and edges between them."""
    nodes = []
    for number in range(draw(st.integers(0, 4))):
        edges = draw(st.lists(st.integers(0, 30), max_size=8, unique=True).map(sorted))
        spans = tuple(zip(edges[::2], edges[1::2], strict=False))
        nodes.append(node(f"q{number}", *spans, exact=draw(st.booleans()), form="direct"))
    keys = st.sampled_from([found.key for found in nodes] or [""])
    edge = st.builds(Edge, st.sampled_from(["speaker", "within"]), keys, keys)
    return graph(*nodes, edges=tuple(draw(st.lists(edge, max_size=4))) if nodes else ())


@given(graphs())
def test_joining_undoes_splitting(whole: Standoff) -> None:
    assert join(split(whole)) == whole


@given(graphs())
def test_parts_have_one_span_each_and_keys_of_their_own(whole: Standoff) -> None:
    parted = split(whole)
    assert all(len(found.spans) <= 1 for found in parted.nodes)
    keys = [found.key for found in parted.nodes]
    assert len(set(keys)) == len(keys)
    assert sum(len(found.spans) for found in whole.nodes) == sum(
        len(found.spans) for found in parted.nodes
    )
    assert split(parted) == parted


def test_three_parts_are_a_chain() -> None:
    parted = split(graph(node("q", (0, 1), (3, 5), (8, 9), form="mixed")))
    assert [(n.key, n.spans, n.exact, n.attributes, n.line) for n in parted.nodes] == [
        ("q", ((0, 1),), ("a",), {"form": "mixed"}, 7),
        ("q.2", ((3, 5),), ("de",), {}, 7),
        ("q.3", ((8, 9),), ("i",), {}, 7),
    ]
    assert parted.edges == (Edge(NEXT, "q", "q.2"), Edge(NEXT, "q.2", "q.3"))


def test_parts_are_joined_in_the_order_of_the_text() -> None:
    nodes = (node("z", (20, 22)), node("a", (0, 2)), node("m", (5, 6)))
    joined = join(graph(*nodes, edges=(Edge(NEXT, "z", "a"), Edge(NEXT, "a", "m"))))
    (found,) = joined.nodes
    assert (found.key, found.spans) == ("z", ((0, 2), (5, 6), (20, 22)))
    assert found.exact == ("ab", "f", "ab")


def test_links_to_an_inner_part_are_links_to_the_whole() -> None:
    nodes = (node("q", (0, 1)), node("r", (2, 3)), node("c", (4, 5)))
    edges = (Edge(NEXT, "q", "r", 1), Edge("quote", "c", "r", 2), Edge("speaker", "r", "c", 3))
    joined = join(graph(*nodes, edges=edges))
    assert [found.key for found in joined.nodes] == ["q", "c"]
    assert joined.edges == (Edge("quote", "c", "q", 2), Edge("speaker", "q", "c", 3))


def test_words_are_given_for_all_parts_or_none() -> None:
    nodes = (node("q", (0, 1)), node("r", (2, 3), exact=False))
    (found,) = join(graph(*nodes, edges=(Edge(NEXT, "q", "r"),))).nodes
    assert (found.spans, found.exact) == (((0, 1), (2, 3)), ())


def test_a_ring_of_parts_stays_apart() -> None:
    nodes = (node("q", (0, 1)), node("r", (2, 3)), node("s", (4, 5)), node("t", (6, 7)))
    edges = (Edge(NEXT, "q", "r"), Edge(NEXT, "r", "s"), Edge(NEXT, "s", "q"))
    joined = join(graph(*nodes, edges=edges))
    assert sorted(found.key for found in joined.nodes) == ["q", "r", "s", "t"]
    assert all(len(found.spans) == 1 for found in joined.nodes)


def test_a_part_that_leads_to_itself_stays() -> None:
    joined = join(graph(node("q", (0, 1)), edges=(Edge(NEXT, "q", "q"),)))
    assert joined.nodes == (node("q", (0, 1)),)


def test_a_link_to_nothing_joins_nothing() -> None:
    joined = join(graph(node("q", (0, 1)), edges=(Edge(NEXT, "q", "gone"),)))
    assert joined.nodes == (node("q", (0, 1)),)


def test_a_part_belongs_to_what_leads_to_it_first() -> None:
    nodes = (node("q", (0, 1)), node("r", (2, 3)), node("s", (4, 5)))
    edges = (Edge(NEXT, "q", "s"), Edge(NEXT, "r", "s", 7))
    joined = join(graph(*nodes, edges=edges))
    assert [(found.key, found.spans) for found in joined.nodes] == [
        ("q", ((0, 1), (4, 5))),
        ("r", ((2, 3),)),
    ]
    assert joined.edges == (Edge(NEXT, "r", "q", 7),)
