"""The JSON Schemas: what tables, fields and labels there are, and whether a record fits."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs

from .paths import data_folder

TABLES = ("documents", "actors", "mentions", "quotes", "claims")
ANNOTATIONS = TABLES[1:]

type_Record = dict[str, Any]
