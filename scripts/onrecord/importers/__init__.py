"""Ways into the corpus; adding one is one module and one name here."""

from . import interlinear

IMPORTERS = {"interlinear": interlinear.read}
"""Name of a format, and the function that makes a bundle's tables from it."""
