"""Ways out of the corpus; adding one is one module and one name here."""

from . import cas_json, cas_xmi, interlinear

_MODULES = (interlinear, cas_xmi, cas_json)

EXPORTERS = tuple(module.EXPORTER for module in _MODULES)
