"""Problems as text: for people, for programs, for pull requests, for code scanning."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from .problem import Problem

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def line(problem: Problem) -> str:
    """`path:line:column: CODE message (hint)`."""
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    where = f" at {problem.pointer}" if problem.pointer else ""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{place}: {problem.code} {problem.message}{where}{hint}"


def text(problem: Problem) -> str:
    """The line, and below it the excerpt if there is one."""
    indented = [f"    {part}" for part in problem.excerpt.splitlines()]
    return "\n".join([line(problem), *indented])


def github(problem: Problem) -> str:
    """A workflow command that GitHub shows as an annotation of the changed file."""
    kind = "error" if problem.is_error else "warning"
    place = {"file": problem.path, "line": problem.line or 1, "col": problem.column or 1}
    fields = {**place, "title": problem.code}
    shown = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in fields.items())
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::{kind} {shown}::{_escaped(problem.message + hint)}"


def as_json(problems: Iterable[Problem]) -> str:
    """One JSON array with one object a line."""
    lines = [json.dumps(asdict(problem), ensure_ascii=False) for problem in problems]
    return "[" + ",\n ".join(lines) + "]"


def sarif(problems: Sequence[Problem], statements: dict[str, str], version: str) -> str:
    """A log in the Static Analysis Results Interchange Format 2.1.0 (OASIS).

    `statements` says for each code what its rule asks for.
    """
    codes = sorted({problem.code for problem in problems})
    rules = [{"id": code, "shortDescription": {"text": statements[code]}} for code in codes]
    driver = {"name": "onrecord", "version": version, "rules": rules}
    results = [_result(problem, codes.index(problem.code)) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps(
        {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1
    )


def capped(problems: Iterable[Problem], most: int, show: Callable[[Problem], str]) -> Iterable[str]:
    """Each problem shown, but of one code at most `most`; then how many more there are."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.code] += 1
        if counts[problem.code] <= most:
            yield show(problem)
    for code, count in sorted(counts.items()):
        if count > most:
            yield f"{code}: {count - most} more"


def summary(counts: Counter[str]) -> str:
    """How many problems of each code, in one line."""
    if not counts:
        return "no problems"
    total = sum(counts.values())
    codes = ", ".join(f"{code} {count}" for code, count in sorted(counts.items()))
    return f"{total} {'problem' if total == 1 else 'problems'} ({codes})"


def _result(problem: Problem, index: int) -> dict[str, Any]:
    region = {"startLine": max(problem.line, 1), "startColumn": max(problem.column, 1)}
    place = {"artifactLocation": {"uri": problem.path.replace("\\", "/")}, "region": region}
    hint = f" ({problem.hint})" if problem.hint else ""
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": "error" if problem.is_error else "warning",
        "message": {"text": problem.message + hint},
        "locations": [{"physicalLocation": place}],
    }


def _escaped(value: str, also: str = "") -> str:
    """`value` with the characters escaped that end a workflow command or one of its fields."""
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for character in also:
        value = value.replace(character, f"%{ord(character):02X}")
    return value
