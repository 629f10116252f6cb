"""Ways into the corpus; adding one is one module and one name here."""

from . import (
    cas_json,
    cas_xmi,
    claimpt,
    german_wikinews,
    gum,
    html,
    interlinear,
    ninjs,
    text,
    webanno_tsv,
)

_MODULES = (
    interlinear,
    text,
    html,
    ninjs,
    cas_xmi,
    cas_json,
    webanno_tsv,
    gum,
    german_wikinews,
    claimpt,
)

IMPORTERS = tuple(module.IMPORTER for module in _MODULES)
