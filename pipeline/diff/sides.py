"""The two sides of a diff: reports of any format, records, or folders of either."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from ..errors import ReadError, ReportfactsError, UsageError
from ..records import Record
from ..stages import Options, process
from ..version import VERSION
from .compare import Side, compare
from .model import FolderDiff, Mode, RecordDiff
from .pairing import Item, pair, words


def diff(
    old: Path, new: Path, options: Options = Options(), sources: Sequence[Path] = (), mode: Mode | None = None
) -> RecordDiff | FolderDiff:
    """What changed from `old` to `new`: two reports or records, or two folders of them.

    A record that another version or other rules made is made again from its report, which is looked for by its
    sha256 in `sources` and beside the record; UsageError where it is not found, since the difference of
    two programs is no difference of two reports.
    """
    for path in (old, new):
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; give two reports, two records or two folders of them")
    if old.is_dir() != new.is_dir():
        raise UsageError(f"{old} and {new}: one is a folder and one a file; give two of a kind")
    if old.is_dir():
        return _folders(old, new, options, sources, mode)
    return _compare(load(old, options), load(new, options), (old, new), options, sources, mode)


def between(path: Path, languages: tuple[str, str], options: Options = Options()) -> RecordDiff:
    """The facts of one report in two languages, as of a report with a summary in another language."""
    side = load(path, options)
    sides = []
    for language in languages:
        facts = tuple(f for f in side.record.facts if f.language == language)
        if not facts:
            raise UsageError(f"{path}: no facts in language {language!r}; it has {_languages(side.record)}")
        sides.append(Side(side.record.model_copy(update={"facts": facts}), side.text))
    return compare(sides[0], sides[1], "languages", [f"facts in {languages[0]} against facts in {languages[1]}"])


def _languages(record: Record) -> str:
    return ", ".join(sorted({f.language for f in record.facts})) or "none"


def load(path: Path, options: Options) -> Side:
    """A record with its text, or a report, which is extracted; told by content."""
    record = _record(path)
    if record is None:
        report, made = process(path, options=options)
        return Side(made, report.text)
    beside = path.with_suffix(".txt")
    try:
        text = beside.read_bytes().decode("utf-8") if beside.is_file() else None
    except (OSError, UnicodeDecodeError):
        text = None
    if text is not None and any(text[f.evidence.start : f.evidence.end] != f.evidence.quote for f in record.facts):
        raise ReadError(f"{beside}: is not the text of {path.name}; run the extraction again or remove it")
    return Side(record, text)


def _record(path: Path) -> Record | None:
    """The record in a file; None where the file is no JSON with a schema_version, that is, a report."""
    with path.open("rb") as file:
        if not file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return None
    try:
        data = json.loads(path.read_bytes())
    except ValueError:
        return None
    if not isinstance(data, dict) or "schema_version" not in data or "facts" not in data:
        return None
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ReadError(f"{path}: not a valid record: {where}: {first['msg']}; extract its report again") from error


def _compare(
    old: Side, new: Side, paths: tuple[Path, Path], options: Options, sources: Sequence[Path], mode: Mode | None
) -> RecordDiff:
    made = [(s.record.made_by.version, s.record.made_by.rules, str(s.record.made_by.options)) for s in (old, new)]
    if made[0] == made[1]:
        return compare(old, new, mode)
    if old.record.source.sha256 == new.record.source.sha256:
        note = f"both records are of the same file; what differs comes from the program ({made[0][0]}, {made[1][0]})"
        return compare(new, new, mode, [note])
    sides, notes = [], []
    for side, path in zip((old, new), paths, strict=True):
        source = _find_source(side.record, [*sources, path.parent])
        if source is None:
            raise UsageError(
                f"{path}: made by another version or other rules than its counterpart, and its report "
                f"{side.record.source.name} (sha256 {side.record.source.sha256[:12]}…) is not at hand; "
                "name its folder with --source"
            )
        report, record = process(source, side.record.source.name, options)
        sides.append(Side(record, report.text))
        if side.record.made_by != record.made_by:
            notes.append(f"{path.name} was made by reportfacts {side.record.made_by.version}; made again by {VERSION}")
    return compare(sides[0], sides[1], mode, notes)


def _find_source(record: Record, folders: Sequence[Path]) -> Path | None:
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        for path in files:
            if not path.is_file() or path.stat().st_size != record.source.bytes:
                continue
            if hashlib.sha256(path.read_bytes()).hexdigest() == record.source.sha256:
                return path
    return None


# ── folders ──────────────────────────────────────────────────────────────────────────────


def _folders(old: Path, new: Path, options: Options, sources: Sequence[Path], mode: Mode | None) -> FolderDiff:
    sides = [_side_files(folder, options) for folder in (old, new)]
    reports, left = [], [dict(sides[0]), dict(sides[1])]
    for name_a, name_b in _pair_reports(sides[0], sides[1]):
        a, b = left[0].pop(name_a), left[1].pop(name_b)
        reports.append(_compare(a, b, (old / name_a, new / name_b), options, sources, mode))
    return FolderDiff(
        schema_version="1.0", reports=tuple(reports), only_old=tuple(sorted(left[0])), only_new=tuple(sorted(left[1]))
    )


def _side_files(folder: Path, options: Options) -> dict[str, Side]:
    """Records and reports below a folder by relative name; texts beside records are no reports."""
    found: dict[str, Side] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        is_text_of_record = path.suffix == ".txt" and path.with_suffix(".json").is_file()
        if is_text_of_record or path.name in ("run.json", "state.json") or path.name.startswith("."):
            continue
        try:
            found[str(path.relative_to(folder))] = load(path, options)
        except ReportfactsError:
            continue
    if not found:
        raise UsageError(f"{folder}: no report and no record below it")
    return found


def _pair_reports(old: dict[str, Side], new: dict[str, Side]) -> list[tuple[str, str]]:
    """By document symbol, then by name, then by content."""
    found: list[tuple[str, str]] = []
    left, right = dict(old), dict(new)

    def take(matches: list[tuple[str, str]]) -> None:
        for a, b in matches:
            if a in left and b in right:
                found.append((a, b))
                del left[a], right[b]

    symbols = {s.record.symbol: name for name, s in reversed(right.items()) if s.record.symbol}
    take([(name, symbols[s.record.symbol]) for name, s in left.items() if s.record.symbol in symbols])
    take([(name, name) for name in left if name in right])
    names = list(left), list(right)
    items = [[_content(side[n]) for n in names[i]] for i, side in enumerate((left, right))]
    take([(names[0][i], names[1][j]) for i, j in pair(items[0], items[1], {"country": 1, "words": 3}, 0.75)])
    return sorted(found)


def _content(side: Side) -> Item:
    text = side.text if side.text is not None else " ".join(f.evidence.quote for f in side.record.facts)
    return Item({"country": side.record.country}, {"words": words(text)})
