"""What a model is: something that annotates documents."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from ..model import Article, Document


class Predictor(Protocol):
    """A model that is ready to annotate."""

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that it annotates: of actors, quotes, claims."""
        ...

    @property
    def failed(self) -> int:
        """How many documents it could not annotate so far; their articles are empty."""
        ...

    def predict(self, documents: Iterable[Document]) -> Iterator[Article]:
        """An annotated article for each document, in order.

        Only the text, its language and its sections are looked at. References are sound, spans
        are not empty and lie in the text; records may stand in any order.
        """
        ...

    def remarks(self) -> list[str]:
        """What a user should know of the predictions made so far, a line each; often nothing."""
        ...
