"""`harmonize schema`."""

from __future__ import annotations

from harmonize.cli.shared import print_json

EXAMPLE = "Example: harmonize schema > posting.schema.json"


def schema() -> None:
    """Print the JSON Schema of posting.json."""
    from harmonize.records import Posting

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    print_json(dialect | Posting.model_json_schema(mode="serialization"))
