"""Where outputs go: files that are written whole or not at all.

A local file is written beside the outputs, flushed to disk and renamed; whatever a killed run left half-written
lies in `.reportfacts/tmp` and is swept away by the next one.
"""

import errno
import itertools
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from .layout import STATE

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


class Store(Protocol):
    """Files by their names relative to the output, with `/` between folders."""

    def write(self, name: str, data: bytes) -> None: ...
    def read(self, name: str) -> bytes:
        """The whole file; FileNotFoundError where there is none."""
        ...

    def ends(self, name: str, size: int) -> tuple[bytes, bytes]:
        """The first and the last `size` bytes; FileNotFoundError where there is none."""
        ...

    def exists(self, name: str) -> bool: ...
    def remove(self, name: str) -> None:
        """Remove the file, if there is one, and the folders that this leaves empty."""
        ...

    def names(self) -> Iterator[str]:
        """All files but those of the run's own state, in the order of their names."""
        ...


class LocalStore:
    """A folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.temporary = root / STATE / "tmp"
        self.counter = itertools.count()

    def write(self, name: str, data: bytes) -> None:
        target = self.root / name
        draft = self.temporary / f"{socket.gethostname()}-{os.getpid()}-{next(self.counter)}"
        try:
            self._write_draft(draft, data)
            try:
                draft.replace(target)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(target)
        except OSError:
            draft.unlink(missing_ok=True)
            raise

    def _write_draft(self, draft: Path, data: bytes) -> None:
        draft.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def ends(self, name: str, size: int) -> tuple[bytes, bytes]:
        with (self.root / name).open("rb") as file:
            head = file.read(size)
            file.seek(max(os.fstat(file.fileno()).st_size - size, 0))
            return head, file.read(size)

    def exists(self, name: str) -> bool:
        return (self.root / name).is_file()

    def remove(self, name: str) -> None:
        path = self.root / name
        if not path.is_file():
            return
        path.unlink(missing_ok=True)
        for folder in path.relative_to(self.root).parents:
            if folder == Path() or str(folder) == STATE:
                break
            try:
                (self.root / folder).rmdir()
            except OSError:
                break

    def names(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.root):
            if folder == str(self.root):
                folders[:] = [f for f in folders if f != STATE]
            folders.sort()
            below = Path(folder).relative_to(self.root)
            yield from ((below / file).as_posix() for file in sorted(files))

    def sweep(self) -> None:
        """Remove what a killed run left half-written."""
        shutil.rmtree(self.temporary, ignore_errors=True)


def no_room(output: str, error: OSError) -> str:
    """What to tell the user of an error in NO_ROOM."""
    return f"{output}: {error.strerror}; make room there, then run the same command again"


def is_url(location: str) -> bool:
    return "://" in location


def open_store(location: str) -> Store:
    """The store at a folder's path or an fsspec URL."""
    if is_url(location) and not location.startswith("file://"):
        from .remote import RemoteStore

        return RemoteStore(location)
    return LocalStore(Path(location.removeprefix("file://")))
