"""An annotated news corpus (actors, quotes, claims) and the toolkit that keeps it true."""

from .load import load

__all__ = ["__version__", "load"]

__version__: str


def __getattr__(name: str) -> str:
    # Reading the version from the installed metadata is slow, and few need it.
    if name == "__version__":
        from importlib.metadata import version

        return version("onrecord")
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
