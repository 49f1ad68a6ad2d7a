"""The command line: documented, quick, and clear where it is called wrongly."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from pipeline.cli import main

HEAVY = ("pydantic", "spacy", "numpy", "pypdfium2", "pdfplumber", "langdetect", "rich", "pebble", "sqlalchemy", "scipy")
REPORT = "On 20 September 2006 the Committee met; 200 children were enrolled.\n"


def commands() -> list[tuple[str, click.Command]]:
    return sorted(main.commands.items())


@pytest.mark.parametrize(("name", "command"), commands())
def test_everything_is_documented(name: str, command: click.Command) -> None:
    assert command.help, f"{name} has no help"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[-1]} has no help"


def test_help_loads_nothing_heavy(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipeline", "--help"], capture_output=True, text=True, cwd=root
    )
    assert done.returncode == 0
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert not loaded & set(HEAVY)
    micros = max(int(line.split("|")[1]) for line in done.stderr.splitlines() if "pipeline" in line)
    assert micros < 300_000


def test_show(tmp_path: Path, program: Any) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    shown = program("show", tmp_path / "a.txt", "--no-ner")
    assert shown.returncode == 0 and "2006-09-20" in shown.stdout
    facts = json.loads(program("show", tmp_path / "a.txt", "--no-ner", "--kind", "date", "--json").stdout)
    assert [fact["edtf"] for fact in facts] == ["2006-09-20"]
    program("run", tmp_path / "a.txt", "-o", tmp_path / "out", "--no-ner")
    assert program("show", tmp_path / "out/a.txt.json").stdout == shown.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "nowhere.pdf"], 1, "nowhere.pdf"),
        (["score", "nowhere", "neither"], 2, "does not exist"),
        (["run", "-o", "out"], 2, "PATH"),
        (["run", "x"], 2, "--output"),
        (["run", "x", "-o", "out", "--workers", "0"], 2, "--workers"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_wrong_calls(arguments: list[str], code: int, said: str, tmp_path: Path, program: Any) -> None:
    done = program(*arguments, cwd=tmp_path)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr


def test_version(program: Any) -> None:
    from pipeline import __version__

    assert __version__ in program("--version").stdout
