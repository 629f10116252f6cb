"""The dataset in Croissant 1.1: its files, its configs and their columns, for other loaders.

Specifications: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html and, for what is
said of origin, annotation and limits, https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html

Every file stands there with its hash and size; a config is read from the set of its files, whose
paths are `data/<config>/<split>-....parquet`. mlcroissant 1.1 verifies no hash of a file that it
reads as one of a set, and reads only local sets without a container: a downloaded dataset is
verified by its SHA256SUMS.
"""

import json
from collections.abc import Sequence

from . import licences
from .account import Account
from .citation import Creator
from .manifest import Part, by_split
from .recordsets import file_set_id, record_set, splits_set
from .schema import Json
from .tables import CONFIGS

FILE = "croissant.json"
"""Name of the description in the dataset."""

_PARQUET = "application/x-parquet"

_TERMS = """
    arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty
    fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet
    references regex repeated replace samplingRate separator source subField transform
""".split()

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _TERMS},
}
"""The context that the specification recommends in its first appendix."""


def croissant(parts: Sequence[Part], account: Account) -> str:
    """The description as JSON-LD; the same arguments give the same bytes."""
    grouped = by_split(parts)
    configs = [config for config in CONFIGS if config.name in grouped]
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        **_about(account),
        **_responsibility(account),
        "distribution": [*map(_file, parts), *(_file_set(config.name) for config in configs)],
        "recordSet": [
            splits_set({part.split for part in parts}),
            *(record_set(config, list(grouped[config.name])) for config in configs),
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _about(account: Account) -> Json:
    """What schema.org says of any dataset; what nobody has said is left out."""
    citation = account.citation
    described = {
        "name": citation.name,
        "alternateName": citation.title,
        "description": account.description,
        "url": citation.url,
        "license": licences.described(account.licences),
        "creator": [_creator(creator) for creator in citation.creators],
        "datePublished": citation.date,
        "version": citation.version,
        "keywords": list(citation.keywords),
        "inLanguage": account.languages,
        "citeAs": citation.bibtex(),
        "isLiveDataset": False,
    }
    return {name: value for name, value in described.items() if value not in ("", [])}


def _creator(creator: Creator) -> Json:
    kind = "sc:Person" if creator.is_person else "sc:Organization"
    url = {"url": creator.url} if creator.url else {}
    return {"@type": kind, "name": creator.name, **url}


def _responsibility(account: Account) -> Json:
    """What the vocabulary for responsible AI asks for, as far as it is known."""
    passes = sorted({item.passes for item in account.provenance})
    described = {
        "dataCollection": " ".join(account.origins()),
        "dataAnnotationProtocol": account.annotations(),
        "dataAnnotationPlatform": "text files, checked by `onrecord check`",
        "annotationsPerItem": ", ".join(map(str, passes)),
        "machineAnnotationTools": "language model" if set(account.methods) - {"human"} else "",
        "dataUseCases": "training and evaluation of quotation attribution, claim detection,"
        " coreference and named entity recognition in news",
        "dataBiases": account.biases(),
        "dataLimitations": account.limits(),
        "personalSensitiveInformation": account.people(),
        "dataReleaseMaintenancePlan": "Errors and wishes for removal go to the creators; what is"
        " mended or removed is so from the next version on.",
    }
    return {f"rai:{name}": value for name, value in described.items() if value}


def _file(part: Part) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": part.path,
        "name": part.path,
        "contentUrl": part.path,
        "contentSize": f"{part.size} B",
        "encodingFormat": _PARQUET,
        "sha256": part.sha256,
    }


def _file_set(config: str) -> Json:
    return {
        "@type": "cr:FileSet",
        "@id": file_set_id(config),
        "name": file_set_id(config),
        "encodingFormat": _PARQUET,
        "includes": f"data/{config}/*.parquet",
    }
