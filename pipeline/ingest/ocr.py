"""Reading pictures of pages with tesseract, as a program of its own and in one thread.

The languages are those of the report: the script is told by tesseract's own detector on the first page,
and among languages in Latin script the first page's words decide.
"""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from langdetect import DetectorFactory, LangDetectException, detect
from numpy.typing import NDArray

from ..errors import MissingProgram, ReadError

DPI = 200
PAGE_SECONDS = 180
LATIN = ("eng", "fra", "spa")
SCRIPTS = {"Latin": LATIN, "Cyrillic": ("rus",), "Arabic": ("ara",), "Han": ("chi_sim",)}
DETECTED = {"en": "eng", "fr": "fra", "es": "spa"}
SURE = 0.5
"""A detector's answer with less confidence than this is not taken."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word that was read: its box in pixels, the line it stands on, the engine's confidence from 0 to 1."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[int, int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class Posture:
    """How a page lies: its script and the clockwise degrees that set it upright."""

    script: str | None
    turn: int


def recognise(pixels: Pixels, languages: Sequence[str], where: str) -> list[OcrWord]:
    """The words of a grey picture (rows x columns of bytes); `where` names file and page in errors."""
    _need(languages)
    answer = _tesseract(pixels, ["-l", "+".join(languages), "--dpi", str(DPI), "tsv"], where)
    return [word for line in answer.splitlines()[1:] if (word := _word(line.split("\t"))) is not None]


def posture(pixels: Pixels, where: str) -> Posture:
    """Script and direction of a page; upright and of no known script where the page holds too few letters."""
    if "osd" not in installed():
        return Posture(None, 0)
    try:
        answer = _tesseract(pixels, ["--psm", "0", "-l", "osd", "--dpi", str(DPI)], where)
    except ReadError:
        return Posture(None, 0)  # tesseract fails on pages with few letters
    found = dict(re.findall(r"^(Rotate|Script|Script confidence): (\S+)", answer, re.MULTILINE))
    script = found.get("Script") if float(found.get("Script confidence", 0)) >= SURE else None
    return Posture(script, int(found.get("Rotate", 0)) % 360)


def languages_of(script: str | None) -> tuple[str, ...]:
    """tesseract's languages for a script; all in Latin script that are installed where it is not known."""
    wanted = SCRIPTS.get(script or "Latin", LATIN)
    if wanted == LATIN:
        return tuple(code for code in LATIN if code in installed()) or ("eng",)
    return wanted


def narrowed(languages: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The one language of several that a text read with all of them is in."""
    if len(languages) < 2 or len(text) < 80:
        return languages
    DetectorFactory.seed = 0
    try:
        code = DETECTED.get(detect(text))
    except LangDetectException:
        return languages
    return (code,) if code in languages else languages


@cache
def installed() -> frozenset[str]:
    """The languages that tesseract has; MissingProgram where there is no tesseract."""
    try:
        answer = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError as error:
        raise MissingProgram(
            "a page without a text layer needs the program tesseract: install the Debian package tesseract-ocr"
        ) from error
    return frozenset(answer.stdout.split("\n")[1:])


def _need(languages: Sequence[str]) -> None:
    missing = [code for code in languages if code not in installed()]
    if missing:
        packages = " ".join(f"tesseract-ocr-{code.replace('_', '-')}" for code in missing)
        raise MissingProgram(
            f"tesseract lacks the language {', '.join(missing)}: install the Debian package {packages}"
        )


def _tesseract(pixels: Pixels, options: Sequence[str], where: str) -> str:
    height, width = pixels.shape
    picture = b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(pixels).tobytes()
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", *options],
            input=picture,
            capture_output=True,
            timeout=PAGE_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except FileNotFoundError as error:
        raise MissingProgram(
            f"{where}: needs the program tesseract: install the Debian package tesseract-ocr"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"{where}: OCR took more than {PAGE_SECONDS} s; scan the page anew at {DPI} dpi") from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ReadError(f"{where}: tesseract could not read the page: {reason[-1] if reason else 'no reason given'}")
    return done.stdout.decode("utf-8", "replace")


def _word(fields: Sequence[str]) -> OcrWord | None:
    """A row of tesseract's TSV; None where it is no word."""
    if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
        return None
    left, top, width, height = map(int, fields[6:10])
    line = int(fields[2]), int(fields[3]), int(fields[4])
    return OcrWord(fields[11].strip(), left, top, left + width, top + height, line, max(0.0, float(fields[10])) / 100)
