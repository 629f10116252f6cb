"""Articles as UIMA CAS in JSON (version 0.4), which INCEpTION opens; each file has its types."""

from collections.abc import Iterable, Iterator

from ..formats.cas.types import type_system
from ..formats.cas.write import cas_of
from ..formats.xml import LOSES
from ..losses import Losses
from ..model import Article
from ..standoff.format import Exporter


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """A file for each article."""
    types = type_system()
    for article in articles:
        json = cas_of(article, types, losses).to_json(pretty_print=True)
        yield f"{article.document.id}.json", f"{json}\n".encode()


EXPORTER = Exporter(
    name="cas-json",
    title="UIMA CAS in JSON, of INCEpTION",
    write=write,
    gives="<id>.json for each document",
    loses=LOSES,
    extra="cas",
)
