"""Conversations in which the article is annotated: for tuning and evaluating language models.

Row: a document that is annotated exhaustively in at least one layer. Columns:

- `doc`
- `messages`: list of structs `role`, `content`: a `system` message, the same in every row; a `user`
  message with what to annotate, every field and label with its description, and the article; and
  as `assistant` the answer, compact JSON that fits `schema/answer.schema.json`

Only the layers that the document is annotated in exhaustively are asked for and answered.

Example: the last message of `nk-severs-road-rail-links` begins with
`{"actors":[{"id":"north-korea","name":"North Korea","kind":"gpe"},`.
"""

import numpy as np
import pyarrow as pa
from datasets import Features, List, Value

from ..answer import SYSTEM, answer, encoded, task
from ..model import Article
from .config import Config
from .features import feature
from .sources import Sources

_ROLES = ("system", "user", "assistant")


def features() -> Features:
    """The document and its three messages."""
    message = {"role": Value("string"), "content": Value("string")}
    return Features({"doc": feature("documents", "id"), "messages": List(message)})


def rows(sources: Sources) -> pa.Table:
    """One row a document with a layer, in the order of the documents."""
    articles = [article for article in sources.articles if article.document.layers]
    contents = [content for article in articles for content in _contents(article)]
    roles = pa.array(_ROLES * len(articles), pa.string())
    messages = pa.StructArray.from_arrays(
        [roles, pa.array(contents, pa.string())], ["role", "content"]
    )
    offsets = pa.array(np.arange(len(articles) + 1) * len(_ROLES), pa.int32())
    columns = {
        "doc": pa.array([article.document.id for article in articles], pa.string()),
        "messages": pa.ListArray.from_arrays(offsets, messages),
    }
    return pa.table(columns).cast(features().arrow_schema)


def _contents(article: Article) -> tuple[str, str, str]:
    """What each role says."""
    document = article.document
    return SYSTEM, task(document, document.layers), encoded(answer(article))


CHAT = Config(
    "chat",
    "A conversation in which an article is annotated, the answer as JSON.",
    features,
    rows,
    words=("messages.content",),
)
