"""schemas/ is what the models say, and records are valid by an independent validator."""

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline import extract, schema
from pipeline.records import dump

TEXT = """REPORT ON THE SITUATION

I. Legislation

1. Under article 12 of the Penal Code (2005), theft is punished by three months to two years of imprisonment.

2. On 20 September 2006 over 200 children were enrolled.
"""


@pytest.mark.parametrize("name", sorted(schema.schemas()))
def test_schemas_are_up_to_date(root: Path, name: str) -> None:
    shipped = (root / "schemas" / name).read_text(encoding="utf-8")
    assert shipped == schema.dump(schema.schemas()[name]), "run `make schema` and commit schemas/"


def test_no_other_schema_lies_there(root: Path) -> None:
    assert {path.name for path in (root / "schemas").iterdir()} == set(schema.schemas())


def test_a_record_is_valid(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(TEXT)
    validator = jsonschema.Draft202012Validator(schema.schemas()["record.schema.json"])
    record = json.loads(dump(extract(report)))
    validator.validate(record)
    assert list(validator.iter_errors({**record, "more": 1}))
