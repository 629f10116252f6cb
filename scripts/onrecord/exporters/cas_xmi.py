"""Articles as UIMA CAS in XMI, with the type system, which INCEpTION and DKPro open."""

from collections.abc import Iterable, Iterator

from ..formats.cas.types import FILE, type_system
from ..formats.cas.write import cas_of
from ..formats.xml import LOSES
from ..losses import Losses
from ..model import Article
from ..standoff.format import Exporter


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """The type system, then a file for each article."""
    types = type_system()
    yield FILE, types.to_xml().encode()
    for article in articles:
        xmi = cas_of(article, types, losses).to_xmi(pretty_print=True)
        yield f"{article.document.id}.xmi", xmi.encode()


EXPORTER = Exporter(
    name="cas-xmi",
    title="UIMA CAS in XMI, of INCEpTION and DKPro",
    write=write,
    gives=f"<id>.xmi for each document, and one {FILE} for all",
    loses=LOSES,
    extra="cas",
)
