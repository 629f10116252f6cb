"""The configs of the built dataset; adding one is one module and one name here."""

from ..problem import NotFoundError
from .articles import ARTICLES
from .attributions import ATTRIBUTIONS
from .chat import CHAT
from .claim_detection import CLAIM_DETECTION
from .config import Config
from .records import RECORDS
from .tokens import TOKENS

CONFIGS: tuple[Config, ...] = (ARTICLES, *RECORDS, ATTRIBUTIONS, CLAIM_DETECTION, TOKENS, CHAT)
"""Every config, the default first."""


def find_config(name: str) -> Config:
    """The config called `name`.

    Raises:
        NotFoundError: there is none.
    """
    for config in CONFIGS:
        if config.name == name:
            return config
    names = ", ".join(config.name for config in CONFIGS)
    raise NotFoundError(f"no config {name!r}, expected one of {names}")
