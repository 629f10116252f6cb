"""Ways into the corpus; adding one is one module and one name here."""

from . import cas_json, cas_xmi, gum, interlinear, webanno_tsv

_MODULES = (interlinear, cas_xmi, cas_json, webanno_tsv, gum)

IMPORTERS = tuple(module.IMPORTER for module in _MODULES)
