"""Ways out of the corpus; adding one is one module and one name here."""

from . import interlinear

EXPORTERS = (interlinear.EXPORTER,)
