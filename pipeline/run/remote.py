"""Reports and outputs behind fsspec URLs (`s3://bucket/folder`, `memory://…`); object stores put a file whole."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import UsageError
from .job import Input, Outcome
from .store import STATE


def connect(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(f"{url}: needs fsspec; install it with: pip install 'reportfacts[cluster]'") from error
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url}: {error}") from error
    return system, path.rstrip("/")


def listing(url: str, output: str) -> Iterator[Input | Outcome]:
    """Every file below a URL, or the one that it names; hidden folders, and the output's own, are left out."""
    system, root = connect(url)
    scheme = url.split("://")[0]
    if system.isfile(root):
        yield Input(PurePosixPath(root).name, url, int(system.size(root) or 0))
        return
    found = system.find(root, detail=True)
    if not found and not system.exists(root):
        yield Outcome(url, "failed", "missing input", f"{url}: does not exist; check the address")
    for path in sorted(found):
        name, location = str(PurePosixPath(path).relative_to(root)), f"{scheme}://{path.lstrip('/')}"
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        if not hidden and not location.startswith(output.rstrip("/") + "/"):
            yield Input(name, location, int(found[path].get("size") or 0))


@contextmanager
def fetched(url: str) -> Iterator[Path]:
    """The file behind a URL as a local file, for as long as it is used; FileNotFoundError where it is gone."""
    system, path = connect(url)
    with tempfile.TemporaryDirectory(prefix="reportfacts-") as folder:
        copy = Path(folder) / PurePosixPath(path).name
        system.get_file(path, str(copy))
        yield copy


class RemoteStore:
    """A folder behind an fsspec URL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.system, self.root = connect(url)

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"

    def write(self, name: str, data: bytes) -> None:
        self.system.pipe_file(self._path(name), data)

    def read(self, name: str) -> bytes:
        return bytes(self.system.cat_file(self._path(name)))

    def ends(self, name: str, size: int) -> tuple[bytes, bytes]:
        path = self._path(name)
        whole = int(self.system.size(path) or 0)
        head = self.system.cat_file(path, start=0, end=min(size, whole))
        return bytes(head), bytes(self.system.cat_file(path, start=max(whole - size, 0), end=whole))

    def exists(self, name: str) -> bool:
        return bool(self.system.isfile(self._path(name)))

    def remove(self, name: str) -> None:
        try:
            self.system.rm_file(self._path(name))
        except FileNotFoundError:
            return

    def names(self) -> Iterator[str]:
        for path in sorted(self.system.find(self.root)):
            name = str(PurePosixPath(path).relative_to(self.root))
            if not name.startswith(f"{STATE}/"):
                yield name
