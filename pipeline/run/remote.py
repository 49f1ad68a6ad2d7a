"""Reports and outputs behind fsspec URLs (`s3://bucket/folder`, `memory://…`); object stores put a file whole.

Whatever a driver raises is an OSError here: each has errors of its own for a server that does not answer.
"""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import UsageError
from .job import Input, Outcome
from .layout import STATE


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


@contextmanager
def _as_os_error(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.strerror is None:
            raise type(error)(error.errno or errno.EIO, str(error), url) from error
        raise
    except Exception as error:
        raise OSError(errno.EIO, f"{type(error).__name__}: {error}", url) from error


def listing(url: str, output: str) -> Iterator[Input | Outcome]:
    """Every file below a URL, or the one that it names; hidden folders, and the output's own, are left out."""
    system, root = connect(url)
    scheme = url.split("://")[0]
    try:
        with _as_os_error(url):
            size = int(system.size(root) or 0) if system.isfile(root) else None
            found = system.find(root, detail=True) if size is None else {}
            there = bool(found) or size is not None or system.exists(root)
    except OSError as error:
        yield Outcome(url, "failed", "missing input", f"{url}: cannot be looked into: {error.strerror}")
        return
    if size is not None:
        yield Input(PurePosixPath(root).name, url, size)
    elif not there:
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
        with _as_os_error(url):
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
        with _as_os_error(self._path(name)):
            self.system.pipe_file(self._path(name), data)

    def read(self, name: str) -> bytes:
        with _as_os_error(self._path(name)):
            return bytes(self.system.cat_file(self._path(name)))

    def ends(self, name: str, size: int) -> tuple[bytes, bytes]:
        path = self._path(name)
        with _as_os_error(path):
            whole = int(self.system.size(path) or 0)
            head = self.system.cat_file(path, start=0, end=min(size, whole))
            return bytes(head), bytes(self.system.cat_file(path, start=max(whole - size, 0), end=whole))

    def exists(self, name: str) -> bool:
        with _as_os_error(self._path(name)):
            return bool(self.system.isfile(self._path(name)))

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError), _as_os_error(self._path(name)):
            self.system.rm_file(self._path(name))

    def names(self) -> Iterator[str]:
        with _as_os_error(self.root):
            found = sorted(self.system.find(self.root))
        for path in found:
            name = str(PurePosixPath(path).relative_to(self.root))
            if not name.startswith(f"{STATE}/"):
                yield name
