"""Attributions: quotes with who speaks and where, for training and scoring attribution.

Row: a quote. Offsets are int32 in code points; columns named like those of `quotes` are the same.

- `id`: `doc/quote`, unique in the corpus; `doc`, `quote`: the ids of document and quote; `form`.
- `text`, `content`: what is said, its parts joined by ` … `, and as spans.
- `cue_text`, `cue`: the words that signal the attribution, in the same two ways.
- `speakers`, `addressees`: mentions, each with its actor: lists of {mention, actor, name, kind,
  form, start, end, exact}. `named`: whether a speaker's actor has a mention of form `name`.
- `chain`: the quote itself, the one that relays it, and so on outwards: a list of {quote, actors},
  `actors` being the ids of those that speak it.
- `phenomena`: names of those that the quote shows, as `onrecord stats` lists them.
- `context`: the sentences that hold content, cue and speakers, all between them, and one sentence
  more on either side; it is `text[context_start:context_end]` of the document.
- `question`, `answers`: a question on `context` in the form of SQuAD 2.0, whose training scripts
  and metric read `id`, `context`, `question`, `answers`. `answers` is {text, answer_start}, two
  lists, and `context[answer_start:answer_start + len(text)] == text` for each answer.

SQuAD reads several answers as alternatives: every speaker is one, so naming one of several joint
speakers counts as right. Where the text names no source there is none. The question is English for
documents of every language; it repeats the whole content, and names who relays a quote that is
within another, because both may have one content.

Example: a row has `"text": "“Nobody came,”"`, `"cue_text": "said"`, `"context": "“Nobody came,”
Varga said."`, `"question": "Who is the source of: “Nobody came,”"` and `"answers": {"text":
["Varga"], "answer_start": [15]}`.
"""

from collections.abc import Iterator, Sequence

import pyarrow as pa
from datasets import Features, List, Value

from ..model import Mention, Quote, Span
from ..phenomena import shown
from ..phenomena.view import View
from ..schema import Json
from .config import Config
from .features import source_features
from .sources import Sources

_JOIN = " … "
_MENTION = ("form", "start", "end", "exact")
_COPIED = ("doc", "form", "content", "cue")
_BATCH = 1000

_WORDS = (
    "text",
    "content.exact",
    "cue_text",
    "cue.exact",
    *(f"{role}.{name}" for role in ("speakers", "addressees") for name in ("name", "exact")),
    "context",
    "question",
    "answers.text",
)


def features() -> Features:
    """The columns; those that sources have are typed as there."""
    quotes, mentions, actors = map(source_features, ("quotes", "mentions", "actors"))
    text, offset = Value("string"), mentions["start"]
    party = {
        "mention": mentions["id"],
        "actor": actors["id"],
        "name": actors["name"],
        "kind": actors["kind"],
        **{name: mentions[name] for name in _MENTION},
    }
    return Features(
        {
            "id": text,
            "doc": quotes["doc"],
            "quote": quotes["id"],
            "form": quotes["form"],
            "text": text,
            "content": quotes["content"],
            "cue_text": text,
            "cue": quotes["cue"],
            "speakers": List(party),
            "named": Value("bool"),
            "addressees": List(party),
            "chain": List({"quote": quotes["id"], "actors": List(actors["id"])}),
            "phenomena": List(text),
            "context": text,
            "context_start": offset,
            "context_end": offset,
            "question": text,
            "answers": {"text": List(text), "answer_start": List(offset)},
        }
    )


def rows(sources: Sources) -> pa.Table:
    """One row a quote, in the order of `quotes`."""
    schema = features().arrow_schema
    own = pa.schema([field for field in schema if field.name not in _COPIED])
    batches = [
        pa.Table.from_pylist([row for view in some for row in _rows(view)], own)
        for some in _batches(sources.views)
    ]
    made = pa.concat_tables([own.empty_table(), *batches])
    quotes = sources.rows("quotes")
    columns = {f.name: (quotes if f.name in _COPIED else made)[f.name] for f in schema}
    return pa.table(columns, schema=schema)


def _batches(views: Sequence[View]) -> Iterator[Sequence[View]]:
    for start in range(0, len(views), _BATCH):
        yield views[start : start + _BATCH]


def _rows(view: View) -> Iterator[Json]:
    """The columns that are not copied."""
    names = shown(view, "quote")
    for quote in view.article.quotes:
        speakers = view.speakers[quote.id]
        yield {
            "id": f"{quote.doc}/{quote.id}",
            "quote": quote.id,
            "text": _joined(quote.content),
            "cue_text": _joined(quote.cue),
            "speakers": [_party(mention, view) for mention in speakers],
            "named": view.chains.is_named(quote),
            "addressees": [_party(mention, view) for mention in view.chains.addressees(quote)],
            "chain": _chain(quote, view),
            "phenomena": names[quote.id],
            **_reading(quote, speakers, view),
        }


def _reading(quote: Quote, speakers: Sequence[Mention], view: View) -> Json:
    """Context, question and answers."""
    start, end = _window([*quote.content, *quote.cue, *speakers], view)
    return {
        "context": view.article.document.text[start:end],
        "context_start": start,
        "context_end": end,
        "question": _question(quote, view),
        "answers": {
            "text": [mention.exact for mention in speakers],
            "answer_start": [mention.start - start for mention in speakers],
        },
    }


def _window(spans: Sequence[Span | Mention], view: View) -> tuple[int, int]:
    """From the sentence before the first of `spans` to the one after the last."""
    numbers = view.sentences_of(spans)
    last = len(view.sentences) - 1
    start, _ = view.sentences[max(min(numbers) - 1, 0)]
    _, end = view.sentences[min(max(numbers) + 1, last)]
    return start, end


def _question(quote: Quote, view: View) -> str:
    relays = view.chains.chain(quote)[1:2]
    by = " and ".join(m.exact for relay in relays for m in view.speakers[relay.id])
    relayed = f", as relayed by {by}," if by else ""
    return f"Who is the source{relayed} of: {_joined(quote.content)}"


def _chain(quote: Quote, view: View) -> list[Json]:
    return [
        {"quote": link.id, "actors": [actor.id for actor in view.chains.sources(link)]}
        for link in view.chains.chain(quote)
    ]


def _party(mention: Mention, view: View) -> Json:
    actor = view.chains.actor(mention)
    return {
        "mention": mention.id,
        "actor": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        **{name: getattr(mention, name) for name in _MENTION},
    }


def _joined(spans: Sequence[Span]) -> str:
    return _JOIN.join(span.exact for span in spans)


ATTRIBUTIONS = Config(
    "attributions",
    "A quote with its speakers, source chain, phenomena and context, also as question and answers.",
    features,
    rows,
    words=_WORDS,
)
