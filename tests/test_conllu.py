"""CoNLL-U: the library `conllu` reads all of an article in it, Udapi the clusters of CorefUD."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import conllu
import msgspec
import pytest
from hypothesis import given
from udapi.core.document import Document as Ud  # type: ignore[import-untyped]

from onrecord.exporters.conllu import write
from onrecord.formats.conllu.brackets import Bracketed, brackets
from onrecord.losses import Losses
from onrecord.model import Article

from . import nasty, scattered
from .articles import add_actor, article, corpus

CROSSING = "nasty-overlaps/m-0004"
"""The one mention in all articles that CorefUD cannot have."""

Token = Mapping[str, Any]
Stretch = tuple[int, int]


@pytest.fixture(params=["few", pytest.param("all", marks=pytest.mark.slow)])
def articles(request: pytest.FixtureRequest) -> list[Article]:
    """Nasty articles and some of the corpus, or all of it."""
    return [*nasty.articles(), *(corpus() if request.param == "all" else corpus()[:4])]


def written(made: Article) -> str:
    losses = Losses()
    ((name, content),) = write([made], losses)
    assert name == f"{made.document.id}.conllu"
    assert not losses.lost_kinds
    return content.decode()


def spaces(escaped: str) -> str:
    """White space as it was before it was escaped."""
    plain = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}
    return re.sub(
        r"\\(?:u([0-9A-F]{4})|(.))", lambda m: chr(int(m[1], 16)) if m[1] else plain[m[2]], escaped
    )


def text_of(tokens: Sequence[Token]) -> str:
    """The text of a document, from its words and what stands between them."""
    made = spaces(tokens[0]["misc"].get("SpacesBefore", ""))
    for token in tokens:
        after = "" if "SpaceAfter" in token["misc"] else " "
        made += token["form"] + spaces(token["misc"].get("SpacesAfter", after))
    return made


def spans(tokens: Sequence[Token], kind: str) -> dict[str, list[Stretch]]:
    """The spans that brackets tell, by what stands behind the opening one, parts in order."""
    opened: dict[str, list[tuple[str, int]]] = defaultdict(list)
    found: dict[str, list[tuple[str, Stretch]]] = defaultdict(list)
    for token in tokens:
        start, end = map(int, token["misc"]["TokenRange"].split(":"))
        for chunk in re.findall(r"\([^()]+\)?|[^()]+\)", token["misc"].get(kind, "")):
            told = chunk.strip("()")
            # The name before the fields of an entity, or that of a quote, cue or claim.
            name = told.split("-")[0] if kind == "Entity" else told
            if chunk.startswith("("):
                opened[name].append((told, start))
            if chunk.endswith(")"):
                told, begun = opened[name].pop()
                found[told.partition("[")[0]].append((told, (begun, end)))
    assert not any(opened.values())
    return {name: [span for _, span in sorted(parts)] for name, parts in found.items()}


def records(sentences: Sequence[Any]) -> Article:
    """The article again, from words, brackets and comments."""
    tokens = [token for sentence in sentences for token in sentence]
    text = text_of(tokens)
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in sentences[0].metadata.items():
        kind, _, name = key.partition(" ")
        if kind in ("document", "actor", "mention", "quote", "claim"):
            told[kind][name] = {**json.loads(value), **({"id": name} if name else {})}
    document = {**told["document"][""], "text": text}

    def exact(stretches: list[Stretch]) -> list[dict[str, Any]]:
        return [{"start": s, "end": e, "exact": text[s:e]} for s, e in stretches]

    mentions = told["mention"]
    for name, span in spans(tokens, "Entity").items():
        actor, _, form, number = (field.replace("_", "-") for field in name.split("-"))
        known = {"id": number, "actor": actor, "form": form, **exact(span)[0]}
        mentions[number] = {**mentions.get(number, {}), **known}
    contents, cues, claims = (spans(tokens, kind) for kind in ("Quote", "Cue", "Claim"))
    for name, quote in told["quote"].items():
        quote.update(content=exact(contents[name]), cue=exact(cues.get(name, [])))
    for name, claim in told["claim"].items():
        claim.update(content=exact(claims[name]))
    tables = {
        "actors": list(told["actor"].values()),
        "mentions": list(mentions.values()),
        "quotes": list(told["quote"].values()),
        "claims": list(told["claim"].values()),
    }
    for table in tables.values():
        for record in table:
            record["doc"] = document["id"]
    return msgspec.convert({"document": document, **tables}, Article)


def by_id(made: Article) -> Any:
    tables = ("actors", "mentions", "quotes", "claims")
    told = (sorted(getattr(made, table), key=lambda record: record.id) for table in tables)
    return msgspec.to_builtins((made.document, *told))


def test_all_of_an_article_is_in_it(articles: list[Article]) -> None:
    for made in articles:
        assert by_id(records(conllu.parse(written(made)))) == by_id(made)


@given(scattered.articles())
def test_all_of_any_article_is_in_it(made: Article) -> None:
    for _, content in write([made], Losses()):
        assert by_id(records(conllu.parse(content.decode()))) == by_id(made)


def test_words_and_sentences_are_as_ud_wants_them(articles: list[Article]) -> None:
    for made in articles:
        for sentence in conllu.parse(written(made)):
            assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
            assert sentence.metadata["sent_id"].startswith(made.document.id)
            parts = [
                token["form"] + ("" if "SpaceAfter" in token["misc"] else " ") for token in sentence
            ]
            assert sentence.metadata["text"] == "".join(parts).rstrip(" ")
            assert not any(set(token["form"]) & set(" \t\n\u2028") for token in sentence)


def test_no_line_breaks_where_a_reader_may_break_one(articles: list[Article]) -> None:
    for made in articles:
        text = written(made)
        assert text.splitlines() == text.split("\n")[:-1]
        assert text.endswith("\n\n")


def udapi(made: Article) -> Any:
    document = Ud()
    document.from_conllu_string(written(made))
    return document


@pytest.mark.slow
def test_udapi_finds_the_clusters(articles: list[Article]) -> None:
    for made in articles:
        kinds = {actor.id: actor.kind for actor in made.actors}
        wanted = Counter(
            (m.actor, kinds[m.actor], m.form, m.id)
            for m in made.mentions
            if f"{m.doc}/{m.id}" != CROSSING
        )
        found = Counter(
            (entity.eid.replace("_", "-"), entity.etype, mention.other["form"], mention.other["id"])
            for entity in udapi(made).coref_entities
            for mention in entity.mentions
        )
        assert {(a, k, f, i.replace("_", "-")): n for (a, k, f, i), n in found.items()} == wanted


def test_udapi_finds_the_words_of_mentions() -> None:
    made = nasty.overlaps()
    exact = {mention.id: mention.exact for mention in made.mentions}
    for entity in udapi(made).coref_entities:
        for mention in entity.mentions:
            words = " ".join(node.form for node in mention.words)
            assert words == exact[mention.other["id"].replace("_", "-")]


def test_a_mention_across_one_of_its_actor_is_told() -> None:
    losses = Losses()
    list(write([*nasty.articles(), *corpus()], losses))
    kind = "mention across one of its actor, in a comment alone"
    assert losses.changed_kinds == {kind: 1}
    assert [place.where for place in losses.places(kind)] == [CROSSING]


def test_members_are_split_antecedents() -> None:
    (both,) = (e for e in udapi(nasty.overlaps()).coref_entities if e.split_ante)
    assert both.eid == "both"
    assert [entity.eid for entity in both.split_ante] == ["one", "two"]


def test_sentences_that_a_mention_reaches_across_are_one() -> None:
    made = article("Ann left. Bob stayed.\nThe end. No.")
    add_actor(made, "both", "left. Bob")
    add_actor(made, "third", "stayed.\nThe")
    sentences = conllu.parse(written(made))
    assert [s.metadata["text"] for s in sentences] == ["Ann left. Bob stayed. The end.", "No."]
    begun = [token["form"] for s in sentences for token in s if "NewPar" in token["misc"]]
    assert begun == ["The"]
    assert {entity.eid for entity in udapi(made).coref_entities} == {"both", "third"}


def bracketed(found: Mapping[int, str]) -> Iterator[str]:
    return (f"{at} {text}" for at, text in found.items())


def test_brackets_stand_in_the_order_of_corefud() -> None:
    made = brackets(
        [
            Bracketed(0, 1, "short", "-x"),
            Bracketed(0, 2, "long", "-y"),
            Bracketed(2, 2, "one"),
            Bracketed(2, 3, "next"),
            Bracketed(3, 3, "last"),
        ]
    )
    assert list(bracketed(made)) == [
        "0 (long-y(short-x",
        "1 short)",
        "2 long)(next(one)",
        "3 (last)next)",
    ]


def test_one_article_byte_for_byte() -> None:
    text = written(nasty.bare())
    fields = "_\t" * 7
    assert text == (
        "# newdoc id = nasty-bare\n"
        "# global.Entity = eid-etype-form-id\n"
        '# document = {"id":"nasty-bare","language":"pt-BR","origin":"constructed",'
        '"license":"NOASSERTION","layers":[],"annotation":{"method":"human","passes":1,'
        '"adjudicated":false},"sections":[{"role":"body","start":0,"end":14}]}\n'
        "# newpar\n"
        "# section = body\n"
        "# sent_id = nasty-bare-1\n"
        "# text = Nothing to see\n"
        f"1\tNothing\t{fields}TokenRange=0:7\n"
        f"2\tto\t{fields}TokenRange=8:10\n"
        f"3\tsee\t{fields}SpaceAfter=No|TokenRange=11:14\n"
        "\n"
    )


def test_a_document_without_words_is_told() -> None:
    losses = Losses()
    assert list(write([article("\n", sections=())], losses)) == []
    assert losses.lost_kinds == {"document without words": 1}
