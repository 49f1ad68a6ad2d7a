"""Legacy Word (DOC), RTF and OpenDocument texts: converted to DOCX by LibreOffice, then read as that.

LibreOffice keeps lists, tables, notes and tracked changes, which text converters flatten. It runs with a profile of
its own in a temporary folder, so that runs do not meet each other's or a user's open session, and with macros and
links off by default of a fresh profile in headless mode.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ..errors import MissingProgram, ReadError
from ..model import Report, Source
from . import docx

MEDIA_TYPES = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
}
PACKAGE = "libreoffice-writer-nogui"
SECONDS = 180


def read(data: bytes, name: str, sha256: str, form: str) -> Report:
    """A file of format `form`, a key of MEDIA_TYPES; MissingProgram without LibreOffice, ReadError if that fails."""
    converted = to_docx(data, name, form)
    return docx.report(converted, Source(name, sha256, MEDIA_TYPES[form], len(data), None))


def to_docx(data: bytes, name: str, form: str) -> bytes:
    """The same document as DOCX."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingProgram(
            f"{name}: reading {form.upper()} files needs LibreOffice Writer, which is not installed; "
            f"install it (Debian: apt-get install {PACKAGE}) or save the file as DOCX"
        )
    with tempfile.TemporaryDirectory(prefix="reportfacts-") as folder:
        source = Path(folder) / f"report.{form}"
        source.write_bytes(data)
        said = _run([program, *_arguments(Path(folder)), str(source)], name, folder)
        made = Path(folder) / "out" / "report.docx"
        if not made.is_file() or not made.stat().st_size:
            reason = " ".join(said.split())[:200] or "it gave no reason"
            raise ReadError(
                f"{name}: LibreOffice cannot read it ({reason}): damaged or protected by a password; "
                "open it in Word and save it as DOCX"
            )
        return made.read_bytes()


def _arguments(folder: Path) -> list[str]:
    return [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
    ]


def _run(command: list[str], name: str, folder: str) -> str:
    """What the converter said; it and its children are ended after SECONDS."""
    environment = os.environ | {"HOME": folder, "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise ReadError(
                f"{name}: LibreOffice did not finish within {SECONDS} s; open it in Word and save it as DOCX"
            ) from error
    return said.decode("utf-8", "replace")
