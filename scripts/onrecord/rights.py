"""Whether a text may be passed on under its licence."""

from functools import cache
from typing import Any

from license_expression import (
    ExpressionError,
    LicenseWithExceptionSymbol,
    Licensing,
    get_spdx_licensing,
)

_FOREIGN = ("LicenseRef-", "DocumentRef-")
# What the parser raises for words that are no expression: its own error, or it trips ("()", "(A").
_NO_EXPRESSION = (ExpressionError, AssertionError, AttributeError, IndexError, TypeError)


@cache
def passable(expression: str) -> bool:
    """Whether an SPDX licence expression lets everybody pass the text on.

    It does if the licences on the SPDX list suffice for it: both sides of AND, one of OR, licence
    and exception of WITH. Whatever is not on that list gives no right: `NOASSERTION`, `NONE`,
    `LicenseRef-...`, words such as `proprietary`, and what is misspelt.
    """
    try:
        return _holds(_spdx().parse(expression))
    except _NO_EXPRESSION:
        return False


def _holds(node: Any) -> bool:
    if isinstance(node, _spdx().AND):
        return all(map(_holds, node.args))
    if isinstance(node, _spdx().OR):
        return any(map(_holds, node.args))
    if isinstance(node, LicenseWithExceptionSymbol):
        exception = node.exception_symbol
        return _holds(node.license_symbol) and _is_listed(exception) and exception.is_exception
    return _is_listed(node) and not node.is_exception


def _is_listed(symbol: Any) -> bool:
    # The library also knows licences that have no SPDX identifier, under names of its own.
    return symbol.key in _spdx().known_symbols and not symbol.key.startswith(_FOREIGN)


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()
