"""JSON Schemas of all that the program writes for other programs, made from the models."""

import json
from pathlib import Path
from typing import Any

from .errors import OutputError

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema: of a record, an entry of its ledger, the list of a run, and a diff."""
    from pydantic import TypeAdapter

    from .diff.model import FolderDiff, RecordDiff
    from .ledger import Unexplained
    from .records import Record

    made: dict[str, Any] = {"record": Record, "unexplained": Unexplained, "diff": RecordDiff | FolderDiff}
    schemas = {
        f"{name}.schema.json": {"$schema": DRAFT, **TypeAdapter(model).json_schema(mode="serialization")}
        for name, model in made.items()
    }
    return schemas | {"run.schema.json": run_schema()}


def run_schema() -> dict[str, Any]:
    """`run.json`: the inputs of a run and what became of them."""
    text, count, maybe_text = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": ["string", "null"]}
    made_by = {
        "version": text,
        "options": {"type": "object"},
        "rules_by_language": {"type": "object", "additionalProperties": text},
    }
    always = {
        "name": text,
        "status": {"enum": ["ok", "failed", "skipped"]},
        "cause": maybe_text,
        "reason": maybe_text,
        "sha256": maybe_text,
    }
    done = {
        "rules": text,
        "pages": {"type": ["integer", "null"]},
        "characters": count,
        "facts": {"type": "object", "additionalProperties": count},
        "instruments": count,
        "unexplained": count,
    }
    entry = {**_closed({**always, **done}), "required": list(always)}
    properties = {
        "schema_version": {"const": "1.0"},
        "made_by": _closed(made_by),
        "inputs": {"type": "array", "items": entry},
        "orphans": {"type": "array", "items": text},
    }
    return {"$schema": DRAFT, "title": "Run", **_closed(properties)}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def dump(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> list[Path]:
    """Write all schemas into a folder; OutputError where that cannot be."""
    written = []
    for name, schema in schemas().items():
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(dump(schema), encoding="utf-8")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}; choose another folder") from error
        written.append(path)
    return written
