"""Ways into the corpus; adding one is one module and one name here."""

from . import interlinear

IMPORTERS = (interlinear.IMPORTER,)
