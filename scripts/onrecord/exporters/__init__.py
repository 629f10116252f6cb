"""Ways out of the corpus; adding one is one module and one name here."""

from . import interlinear

EXPORTERS = {"interlinear": interlinear.export}
"""Name of a format, and the function that gives an article in it as text."""
