"""A language model behind an OpenAI-compatible server, asked once for each article.

It is sent what the conversations of the config `chat` hold, and its words are found again by
`align`. The server holds it to the schema of the answer where it can, else to JSON, else to
nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from ..align import align
from ..answer import SYSTEM, task
from ..model import Article, Document
from ..reply import read, strict_schema
from ..schema import layers
from .server import Server, connect


def open_llm(url: str, name: str | None) -> "LanguageModel":
    """The model of that name behind `url` (`http://127.0.0.1:8000/v1`), or the only one there.

    The key is taken from OPENAI_API_KEY; local servers need none.

    Raises:
        ServerError: the server cannot be reached or refuses.
        NotFoundError: no name is given, and the server has not exactly one model.
    """
    return LanguageModel(connect(url, name))


class LanguageModel:
    """Annotates articles by asking a model; an article without a usable reply stays empty."""

    layers = layers()

    def __init__(self, server: Server) -> None:
        held = {"name": "annotations", "strict": True, "schema": strict_schema()}
        self._server = server
        self._forms = [
            {"type": "json_schema", "json_schema": held},
            {"type": "json_object"},
            None,
        ]
        self._documents = 0
        self._useless: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()

    def predict(self, documents: Iterable[Document]) -> Iterator[Article]:
        """An annotated article for each document, in order.

        Raises:
            ServerError: the server cannot be reached or refuses.
        """
        for document in documents:
            self._documents += 1
            yield self._article(document)

    @property
    def failed(self) -> int:
        """How many documents have no usable reply."""
        return self._useless.total()

    def remarks(self) -> list[str]:
        """How many documents have no usable reply, and what of the replies is not in the text."""
        reasons = ", ".join(f"{reason} ({n})" for reason, n in self._useless.most_common())
        lost = ", ".join(
            f"{kind} {n} of {self._asked[kind]} ({n / self._asked[kind]:.1%})"
            for kind, n in sorted(self._failed.items())
            if n
        )
        failed = f"{self.failed} of {self._documents} documents have no usable reply"
        told = {f"{failed}: {reasons}": reasons, f"not in the text, or unknown: {lost}": lost}
        return [line for line, found in told.items() if found]

    def _article(self, document: Document) -> Article:
        reply, held = self._server.ask(SYSTEM, task(document, self.layers), self._forms)
        self._forms = self._forms[held:]
        answer = read(reply.text)
        if answer is None:
            self._useless[reply.stopped or "no answer in JSON"] += 1
            return Article(document)
        aligned = align(answer, document)
        self._asked += aligned.asked
        self._failed += aligned.failed
        return aligned.article
