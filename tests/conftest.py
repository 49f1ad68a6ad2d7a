"""Where tests find real reports, and a way to call the program as a user does."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and their gold beside the repository, which not everyone has."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("no ../shared: real reports are not part of the repository")
    return SHARED


Program = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def program() -> Program:
    """`program("run", folder, "-o", out)` calls reportfacts in a process of its own."""

    def call(*args: object, env: dict[str, str] | None = None, **options: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipeline", *map(str, args)]
        variables = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
        return subprocess.run(command, capture_output=True, text=True, env=variables, timeout=240, **options)  # type: ignore[call-overload,no-any-return]

    return call
