"""The package: what it brings, and that it works where nothing of the repository is."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

IGNORED = {"__pycache__"}


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a clean copy of what the package needs."""
    folder, source = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("source")
    shutil.copytree(root / "pipeline", source / "pipeline", ignore=shutil.ignore_patterns(*IGNORED))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, source)
    options = ["-q", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    command = [sys.executable, "-m", "pip", "wheel", *options, str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_every_file_is_in_the_wheel(root: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("pipeline/")}
    there = {
        path.relative_to(root).as_posix()
        for path in (root / "pipeline").rglob("*")
        if path.is_file() and not IGNORED & set(path.parts)
    }
    assert packed == there


def test_it_runs_from_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """The dependencies come from the present environment; reportfacts itself only from the wheel."""
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv/bin/python"
    site = tmp_path / "venv/lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    here = Path(sys.executable).parent.parent
    borrowed = [p for p in sys.path if p.endswith("site-packages") and Path(p).is_relative_to(here)]
    (site / "borrowed.pth").write_text("\n".join(borrowed) + "\n")
    (tmp_path / "a.txt").write_text("On 20 September 2006 the Committee met; 200 children were enrolled.\n")
    script = "import pipeline, sys; print(pipeline.__file__); from pipeline.cli import main; main()"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-P", "-c", script, "run", "a.txt", "-o", "out"], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site))
    assert '"2006-09-20"' in (tmp_path / "out/a.txt.json").read_text()


def test_the_license_and_the_types_are_there(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "pipeline/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_dependencies_are_bounded(root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    for requirement in project["dependencies"]:
        assert "<" in requirement and ">=" in requirement, requirement


def test_every_import_is_a_declared_dependency(root: Path) -> None:
    """What the package imports is the standard library, itself, or what pyproject.toml names."""
    import ast
    import importlib.metadata
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    declared = project["dependencies"] + project["optional-dependencies"]["load"]
    declared += project["optional-dependencies"]["cluster"]
    names = {requirement.split("[")[0].split(">")[0].strip().lower() for requirement in declared}
    packages = importlib.metadata.packages_distributions()
    for path in (root / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                modules = [node.module or ""]
            for module in (m.split(".")[0] for m in modules):
                if module in sys.stdlib_module_names or module == "pipeline":
                    continue
                mine = {name.lower() for name in packages.get(module, [module])}
                assert mine & names, f"{path}: {module} is not a dependency in pyproject.toml"
