"""Folders of small reports, and runs of the program over them."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MISBEHAVE = Path(__file__).parent / "misbehave"
ROOT = Path(__file__).resolve().parents[2]

ENGLISH = """REPORT OF THE COMMITTEE NO. {n}

I. Legislation

1. Article {n} of the Penal Code punishes theft by six months to {n} years of imprisonment and a fine.

2. On {n} September 2006 the Committee met; {n}00 children were enrolled, or 52.5 per cent of the total.
"""
RUSSIAN = """ДОКЛАД КОМИТЕТА № {n}

I. Законодательство

1. Статья {n} Уголовного кодекса наказывает кражу лишением свободы на срок до {n} лет, и {n} сентября
2016 года Комитет провёл заседание, на котором присутствовали {n}00 детей.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Twelve reports in two folders, some in Russian, and a picture."""
    folder = tmp_path / "reports"
    (folder / "sub").mkdir(parents=True)
    for n in range(2, 12):
        (folder / f"report{n}.txt").write_text(ENGLISH.format(n=n), encoding="utf-8")
    for n in (12, 13):
        (folder / "sub" / f"report{n}.txt").write_text(RUSSIAN.format(n=n), encoding="utf-8")
    (folder / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return folder


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(program: Any) -> Run:
    """`run(folder, out, "--workers", 1)`: with the misbehaving reader in place."""

    def call(*args: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        *paths, out = [arg for arg in args if isinstance(arg, Path)]
        flags = [arg for arg in args if not isinstance(arg, Path)]
        variables = {**os.environ, "PYTHONPATH": f"{MISBEHAVE}{os.pathsep}{ROOT}", **(env or {})}
        return program("run", *paths, "-o", out, "--no-ner", *flags, env=variables)  # type: ignore[no-any-return]

    return call


def listed(out: Path) -> dict[str, dict[str, Any]]:
    """run.json's inputs by name."""
    return {entry["name"]: entry for entry in json.loads((out / "run.json").read_text())["inputs"]}


def files(out: Path) -> dict[str, bytes]:
    """All outputs with their bytes, but for the run's own state."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".reportfacts" not in path.parts
    }
