"""The fields of the tables and their labels, as Markdown from `schema/`."""

from .schema import TABLES, labels, table_schema


def label_lists() -> str:
    """Every label field with its values and what they mean."""
    parts = []
    for table in TABLES:
        for name, field in table_schema(table)["properties"].items():
            if "enum" in field:
                values = "\n".join(f"- `{v}`: {text}" for v, text in labels(table, name).items())
                parts.append(f"**{table}, `{name}`.** {field['description']}\n\n{values}")
    return "\n\n".join(parts)


def field_tables() -> str:
    """Every field of every table with its type and description."""
    return "\n\n".join(_field_table(table) for table in TABLES)


def _field_table(table: str) -> str:
    schema = table_schema(table)
    rows = [
        f"| `{name}`{'' if name in schema['required'] else '?'} | {_type(field)} |"
        f" {field['description']} |"
        for name, field in schema["properties"].items()
    ]
    head = "| field | type | meaning |\n| --- | --- | --- |\n"
    return f"**{table}**: {schema['description']}\n\n{head}" + "\n".join(rows)


def _type(field: dict[str, object]) -> str:
    items = field.get("items")
    if isinstance(items, dict):
        return f"list of {_type(items)}"
    if "enum" in field:
        return "label"
    if "properties" in field:
        assert isinstance(field["properties"], dict)
        return "{" + ", ".join(field["properties"]) + "}"
    return str(field.get("format", field["type"]))
