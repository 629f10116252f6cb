"""UIMA CAS, as INCEpTION and DKPro use it: our layers, and articles to and from feature structures.

`layers` says what our types are called, `types` makes a type system of them, `write` a CAS of an
article, `read` a graph of any CAS by way of its `structures`. The library is dkpro-cassis.
"""

from types import ModuleType

from ...problem import MissingExtraError


def cassis() -> ModuleType:
    """The library.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import cassis as found
    except ImportError:
        raise MissingExtraError("this needs dkpro-cassis: pip install 'onrecord[cas]'") from None
    module: ModuleType = found
    return module
