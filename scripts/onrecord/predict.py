"""Let a model annotate documents, and write what it finds as bundles."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import astuple, replace

from . import store
from .checks.order import sort_key
from .codec import encode
from .model import Annotation, Article, Document
from .paths import Place, shown
from .predictors.predictor import Predictor
from .problem import OccupiedError
from .schema import ANNOTATIONS

_PREDICTED = Annotation(method="model", passes=1, adjudicated=False)


def predict(
    places: Sequence[Place],
    predictor: Predictor,
    target: Path,
    *,
    over: bool = False,
    progress: Callable[[Iterable[Place], int], Iterable[Place]] | None = None,
) -> int:
    """Annotate the documents of the bundles into `target/<split>/<bundle>`; how many they were.

    Bundle by bundle, so that a corpus of any size fits. The documents are those of the bundles,
    with the layers of the predictor and without `seed`. With `over`, predictions that are there
    already are replaced, those of other bundles stay. `progress` is passed the bundles and their
    number.

    Raises:
        OccupiedError: `target` is no folder, or lies in a split of the corpus; a bundle is there
            and not to be replaced, or holds no predictions; two would go to one folder.
        UncheckedError: a table of documents has errors.
    """
    _require_apart(target, places)
    folders = [target / place.split / place.name for place in places]
    if len(set(folders)) < len(folders):
        raise OccupiedError("two bundles have the same name and split, expected one of each")
    for folder in folders:
        if folder.exists() and not over:
            raise OccupiedError(f"{shown(folder)!r} is there already; --replace writes it anew")
        _require_predictions(folder)
    number = 0
    for place in progress(places, len(places)) if progress else places:
        documents = [_unannotated(d, predictor) for d in store.read_documents(place.folder)]
        articles = list(predictor.predict(documents))
        write_bundle(target / place.split / place.name, articles)
        number += len(articles)
    return number


def write_bundle(folder: Path, articles: Sequence[Article]) -> None:
    """Write the five tables of a bundle in canonical form and order."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"documents": encode(article.document for article in articles)}
    for name in ANNOTATIONS:
        rows = (sorted(article.table(name), key=sort_key) for article in articles)
        tables[name] = b"".join(encode(records) for records in rows)
    store.write_all({folder / store.table_file(name): data for name, data in tables.items()})


def _unannotated(document: Document, predictor: Predictor) -> Document:
    return replace(document, seed=None, layers=tuple(predictor.layers), annotation=_PREDICTED)


def _require_apart(target: Path, places: Iterable[Place]) -> None:
    """Nothing, if `target` can be a folder that lies in no split of the corpus."""
    if target.exists() and not target.is_dir():
        raise OccupiedError(f"{shown(target)!r} is not a folder")
    for split in {place.folder.parent for place in places}:
        if target.resolve().is_relative_to(split.resolve()):
            raise OccupiedError(f"{shown(target)!r} is in {shown(split)!r}, expected elsewhere")


def _require_predictions(folder: Path) -> None:
    """Nothing, if the folder is not there or holds a bundle that this module has written."""
    if folder.exists() and not _are_predictions(folder):
        raise OccupiedError(f"{shown(folder)!r} holds something else, expected predictions")


def _are_predictions(folder: Path) -> bool:
    expected = {store.table_file(name) for name in ("documents", *ANNOTATIONS)}
    if not folder.is_dir() or set(store.names(folder)) - expected:
        return False
    if store.table_file("documents") not in store.names(folder):
        return not store.names(folder)
    found = store.read_documents(folder)
    # Compared as tuples: what is read from a file is of a narrower class, and never equal.
    ways = {astuple(document.annotation) for document in found}
    return ways <= {astuple(_PREDICTED)} and not any(document.seed for document in found)
