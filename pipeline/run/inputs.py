"""What a run works on: every file below the paths that were given."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UsageError
from .job import Input, Outcome
from .store import is_url

RESERVED = "run"
# What describes a folder of reports and is none of them.
DESCRIBES = frozenset({"readme", "license", "licence", "changelog"})


@dataclass(slots=True)
class Plan:
    """`items` to work on; `outcomes` of what needs no work; `folders` are those given, with their files' names.

    `unknown` says which folders could not be looked into: nobody knows what reports they hold.
    """

    items: dict[str, Input] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    folders: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def plan(paths: Sequence[str], output: str) -> Plan:
    """All inputs below `paths`, by name; UsageError where two would share an output.

    Hidden folders, and the output's own folder, are not entered; links to folders are not followed, and what describes
    a folder (README, LICENSE) is skipped.
    """
    found = Plan()
    for path in paths:
        if is_url(path) and not path.startswith("file://"):
            from .remote import listing

            _add_all(found, path, listing(path, output))
            if path in found.outcomes:
                found.unknown.append(f"{found.outcomes[path].reason}")
        else:
            _add_path(found, Path(path.removeprefix("file://")), output)
    return found


def _add_path(found: Plan, path: Path, output: str) -> None:
    if path.is_dir():
        errors: list[OSError] = []
        _add_all(found, str(path), _walk(path, output, errors.append))
        for error in errors:
            why = f"{error.filename}: cannot be looked into: {error.strerror}; check the folder"
            _add_unknown(found, str(error.filename), why)
    elif path.exists():
        _add(found, _input(path, path.name))
    else:
        _add_unknown(found, str(path), f"{path}: does not exist; check the path")


def _add_all(found: Plan, folder: str, entries: Iterator[Input | Outcome]) -> None:
    names = found.folders.setdefault(folder, [])
    for entry in entries:
        if Path(entry.name).stem.lower() in DESCRIBES:
            why = f"{entry.name}: describes its folder; give it as a path to read it"
            entry = Outcome(entry.name, "skipped", "not a report", why)
        names.append(entry.name)
        _add(found, entry)


def _add(found: Plan, entry: Input | Outcome) -> None:
    if isinstance(entry, Outcome):
        found.outcomes[entry.name] = entry
        return
    other = found.items.get(entry.name)
    if other is not None and not _same(other.location, entry.location):
        raise UsageError(
            f"{other.location} and {entry.location} would both be written to {entry.name}.json; "
            "give the folder above both, or run them into two folders"
        )
    if entry.name == RESERVED:
        raise UsageError(f"{entry.location} would be written to run.json, the list of inputs; rename it")
    found.items[entry.name] = entry


def _add_unknown(found: Plan, name: str, why: str) -> None:
    found.outcomes[name] = Outcome(name, "failed", "missing input", why)
    found.unknown.append(why)


def _same(one: str, other: str) -> bool:
    return one == other or (not is_url(one) and not is_url(other) and Path(one).samefile(other))


def _walk(root: Path, output: str, failed: Callable[[OSError], None]) -> Iterator[Input | Outcome]:
    mine = None if is_url(output) else Path(output).resolve()
    for folder, folders, files in os.walk(root, onerror=failed):
        here = Path(folder)
        for name in sorted(folders):
            path = here / name
            if name.startswith("."):
                yield _skipped(path, root, "hidden folder; give it as a path to read it")
            elif path.is_symlink():
                yield _skipped(path, root, "link to a folder; give the folder itself as a path to read it")
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not (here / name).is_symlink() and (here / name).resolve() != mine
        )
        for name in sorted(files):
            yield _input(here / name, (here / name).relative_to(root).as_posix())


def _input(path: Path, name: str) -> Input | Outcome:
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(name).decode(errors="backslashreplace")
        return Outcome(shown, "failed", "unreadable", f"{shown}: the file's name is not UTF-8; rename the file")
    try:
        about = path.stat()
    except OSError as error:
        return Outcome(name, "failed", "missing input", f"{name}: cannot be read: {error.strerror}; check the file")
    if not stat.S_ISREG(about.st_mode):
        return Outcome(name, "skipped", "not a report", f"{name}: not a file (a pipe, a socket or a device)")
    return Input(name, str(path), about.st_size)


def _skipped(path: Path, root: Path, why: str) -> Outcome:
    name = path.relative_to(root).as_posix()
    return Outcome(name, "skipped", "not a report", f"{name}: {why}")


@contextmanager
def local_copy(item: Input) -> Iterator[Path]:
    """The input as a local file; a remote one is fetched for the time of the work."""
    if not is_url(item.location):
        yield Path(item.location)
        return
    from .remote import fetched

    with fetched(item.location) as path:
        yield path


def sha256(item: Input) -> str:
    """Of the input's bytes, hexadecimal; FileNotFoundError where it is gone."""
    with local_copy(item) as path:
        return sha256_of(path)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
