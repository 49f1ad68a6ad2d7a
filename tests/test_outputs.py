"""outputs/ are the records of corpus/, byte for byte: a change of rules shows as a diff of facts."""

import json
from pathlib import Path
from typing import Any

import jsonschema

from pipeline import schema

REMEDY = "if the change is meant: `make outputs`, and commit outputs/"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".reportfacts" not in path.parts
    }


def test_outputs_are_what_the_program_makes(root: Path, tmp_path: Path, program: Any) -> None:
    done = program("run", "corpus", "-o", tmp_path / "out", cwd=root)
    assert done.returncode == 0, done.stderr
    stored, now = contents(root / "outputs"), contents(tmp_path / "out")
    assert set(stored) == set(now), REMEDY
    changed = [name for name in stored if stored[name] != now[name]]
    assert not changed, f"{', '.join(changed)}: {REMEDY}"


def test_outputs_are_valid(root: Path) -> None:
    shapes = schema.schemas()
    record = jsonschema.Draft202012Validator(shapes["record.schema.json"])
    jsonschema.validate(json.loads((root / "outputs/run.json").read_text(encoding="utf-8")), shapes["run.schema.json"])
    # The state of an earlier `make run` in the same folder is no output.
    names = [name for name in contents(root / "outputs") if name.endswith(".json") and name != "run.json"]
    paths = [root / "outputs" / name for name in names]
    assert len(paths) >= 10
    for path in paths:
        read = json.loads(path.read_text(encoding="utf-8"))
        record.validate(read)
        text = path.with_name(path.name.removesuffix(".json") + ".txt").read_bytes().decode("utf-8")
        for fact in read["facts"]:
            evidence = fact["evidence"]
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
