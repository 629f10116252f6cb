"""What CITATION.cff says of a work: title, creators, version, licence, how to cite it."""

import re
from dataclasses import dataclass
from typing import Annotated

import msgspec
import yaml

from .paths import Corpus
from .problem import OnrecordError

FILE = "CITATION.cff"


@dataclass(frozen=True, slots=True)
class Creator:
    """Somebody who made the work; `is_person` tells people from organizations."""

    name: str
    is_person: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """How a work is called and cited; what nobody has said is empty.

    `date` is the day of its release, YYYY-MM-DD.
    """

    title: str
    abstract: str = ""
    creators: tuple[Creator, ...] = ()
    version: str = ""
    date: str = ""
    url: str = ""
    doi: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title up to its colon."""
        return self.title.partition(":")[0].strip()

    def bibtex(self) -> str:
        """The work as an entry of BibTeX, whose type `misc` every style knows."""
        fields = {
            "author": " and ".join(f"{{{_tex(creator.name)}}}" for creator in self.creators),
            "title": f"{{{_tex(self.title)}}}",
            "year": self.date[:4],
            "version": _tex(self.version),
            "doi": self.doi,
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        key = re.sub(r"\W+", "-", self.name).strip("-").lower() or "dataset"
        return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def read(corpus: Corpus) -> Citation:
    """What the file in the corpus folder, else in its checkout, says.

    Without such a file only a name is known, that of the folder.

    Raises:
        OnrecordError: the file is not of that format.
    """
    path = corpus.companion(FILE)
    if path is None:
        folder = corpus.root if corpus.folder.name == "corpus" else corpus.folder
        return Citation(title=folder.resolve().name)
    try:
        # Every scalar is text: the version 1.10 is no number.
        loaded = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
        return _citation(msgspec.convert(loaded, _File))
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise OnrecordError(
            f"{str(path)!r}: {' '.join(str(error).split())}, expected Citation File Format 1.2"
        ) from None


class _Author(msgspec.Struct, rename="kebab"):
    name: str = ""
    given_names: str = ""
    name_particle: str = ""
    family_names: str = ""
    name_suffix: str = ""
    alias: str = ""
    orcid: str = ""
    website: str = ""


class _File(msgspec.Struct, rename="kebab"):
    """The fields of the Citation File Format 1.2 that are used."""

    title: Annotated[str, msgspec.Meta(min_length=1)]
    authors: tuple[_Author, ...] = ()
    abstract: str = ""
    version: str = ""
    date_released: str = ""
    url: str = ""
    repository_code: str = ""
    doi: str = ""
    keywords: tuple[str, ...] = ()


def _citation(file: _File) -> Citation:
    return Citation(
        title=file.title,
        abstract=file.abstract,
        creators=tuple(map(_creator, file.authors)),
        version=file.version,
        date=file.date_released,
        url=file.url or file.repository_code,
        doi=file.doi,
        keywords=file.keywords,
    )


def _creator(author: _Author) -> Creator:
    url = author.orcid or author.website
    if author.name:
        return Creator(author.name, False, url)
    parts = (author.given_names, author.name_particle, author.family_names, author.name_suffix)
    return Creator(" ".join(filter(None, parts)) or author.alias, True, url)


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
