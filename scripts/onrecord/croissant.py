"""The dataset in Croissant 1.1: its files, its configs and their columns, for any loader.

Specification: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from datasets import ClassLabel, Features, List, Value

from .manifest import Part, by_split
from .tables import CONFIGS
from .tables.config import Config

Json = dict[str, Any]

