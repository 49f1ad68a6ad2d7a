"""The two sides of a diff: reports of any format, records, or folders of either."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from ..errors import NotAReport, ReadError, ReportfactsError, UsageError
from ..records import MadeBy, Record
from ..stages import Options, made_by_of, process
from ..version import VERSION
from . import weights
from .compare import compare
from .model import FolderDiff, Mode, RecordDiff, Unread
from .pairing import Item, pair, words
from .pairs import REVISION, Side


def diff(
    old: Path, new: Path, options: Options = Options(), sources: Sequence[Path] = (), mode: Mode | None = None
) -> RecordDiff | FolderDiff:
    """What changed from `old` to `new`: two reports or records, or two folders of them.

    A record that another version or other rules than the program's own made is made again from its report, which is
    looked for by its sha256 in `sources` and beside the record; UsageError where it is not found, since the
    difference of two programs is no difference of two reports.
    """
    for folder in sources:
        if not folder.exists():
            raise UsageError(f"--source {folder}: no such file or folder")
    for path in (old, new):
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; give two reports, two records or two folders of them")
    if old.is_dir() != new.is_dir():
        raise UsageError(f"{old} and {new}: one is a folder and one a file; give two of a kind")
    if old.is_dir():
        return _folders(old, new, _Program(options, sources, mode))
    return _Program(options, sources, mode).compare(old, load(old, options), new, load(new, options))


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


@dataclass(frozen=True)
class _Program:
    """What compares: the options of extraction, where reports may lie, and the mode."""

    options: Options
    sources: Sequence[Path]
    mode: Mode | None

    def compare(self, old_path: Path, old: Side, new_path: Path, new: Side) -> RecordDiff:
        """The diff of two sides that one program made, one or both of them made again where it was not so."""
        for path, side in ((old_path, old), (new_path, new)):
            _refuse_unread(path, side.record)
        if _alike(old.record.made_by, new.record.made_by):
            return compare(old, new, self.mode)
        if old.record.source.sha256 == new.record.source.sha256:
            versions = " and ".join(dict.fromkeys(_made(side.record.made_by) for side in (old, new)))
            note = f"both records are of the same file, made by {versions}: what differs between them comes from that"
            return compare(new, new, self.mode, [note])
        notes: list[str] = []
        sides = [self._current(path, side, notes) for path, side in ((old_path, old), (new_path, new))]
        return compare(sides[0], sides[1], self.mode, notes)

    def _current(self, path: Path, side: Side, notes: list[str]) -> Side:
        made = side.record.made_by
        if _alike(made, made_by_of({span.language for span in side.record.languages}, self.options)):
            return side
        wanted = side.record.source
        source = _find_source(side.record, path.parent, self.sources)
        if source is None:
            raise UsageError(
                f"{path}: made by {_made(made)}, its counterpart by another version, rules or options, and its report "
                f"{wanted.name} (sha256 {wanted.sha256[:12]}…) is not at hand; name the folder of reports: --source DIR"
            )
        report, record = process(source, wanted.name, self.options)
        notes.append(f"{path.name} was made by {_made(made)}; made again from {source.name} by this one ({VERSION})")
        return Side(record, report.text)


def _refuse_unread(path: Path, record: Record) -> None:
    """UsageError for a report in a language without rules: all facts of the other side would seem to be missing."""
    length = sum(span.end - span.start for span in record.languages)
    unread = sum(span.end - span.start for span in record.unread)
    if not record.facts and unread > length / 2:
        languages = ", ".join(sorted({span.language for span in record.unread}))
        raise UsageError(f"{path}: is in a language that has no rules yet ({languages}): it has no facts to compare")


def _alike(a: MadeBy, b: MadeBy) -> bool:
    """Whether two records were made by one program; rules of a language that only one report contains do not matter."""
    common = a.rules_by_language.keys() & b.rules_by_language.keys()
    rules = bool(common) and all(a.rules_by_language[code] == b.rules_by_language[code] for code in common)
    return a.version == b.version and a.options == b.options and rules


def _made(made: MadeBy) -> str:
    return f"reportfacts {made.version} with rules {made.rules[:8]}"


def _find_source(record: Record, beside: Path, folders: Sequence[Path]) -> Path | None:
    """The report of a record, by size and sha256: beside it, or anywhere below the folders."""
    for path in _candidates(beside, folders):
        same_size = path.is_file() and path.stat().st_size == record.source.bytes
        if same_size and hashlib.sha256(path.read_bytes()).hexdigest() == record.source.sha256:
            return path
    return None


def _candidates(beside: Path, folders: Sequence[Path]) -> Iterator[Path]:
    yield from sorted(beside.iterdir())
    for folder in folders:
        yield from [folder] if folder.is_file() else sorted(folder.rglob("*"))


# ── folders ──────────────────────────────────────────────────────────────────────────────


def _folders(old: Path, new: Path, program: _Program) -> FolderDiff:
    unread: list[Unread] = []
    left = _side_files(old, "old", program.options, unread)
    right = _side_files(new, "new", program.options, unread)
    reports = []
    for name_a, name_b in _pair_reports(left, right):
        a, b = left.pop(name_a), right.pop(name_b)
        try:
            reports.append(program.compare(old / name_a, a, new / name_b, b))
        except ReportfactsError as error:
            unread.append(Unread(name=name_a, side="old", failed=True, reason=str(error)))
    return FolderDiff(
        schema_version="1.0",
        reports=tuple(reports),
        only_old=tuple(sorted(left)),
        only_new=tuple(sorted(right)),
        unread=tuple(unread),
    )


def _side_files(folder: Path, side: Literal["old", "new"], options: Options, unread: list[Unread]) -> dict[str, Side]:
    """Records and reports below a folder by relative name; texts beside records are no reports.

    A file that cannot be read goes to `unread`, with the reason.
    """
    found: dict[str, Side] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder)
        is_text_of_record = path.suffix == ".txt" and path.with_suffix(".json").is_file()
        if is_text_of_record or path.name == "run.json" or any(part.startswith(".") for part in name.parts):
            continue
        try:
            found[str(name)] = load(path, options)
        except ReportfactsError as error:
            failed = not isinstance(error, NotAReport)
            unread.append(Unread(name=str(name), side=side, failed=failed, reason=str(error)))
    if not found and not unread:
        raise UsageError(f"{folder}: no report and no record below it")
    return found


def _pair_reports(old: dict[str, Side], new: dict[str, Side]) -> list[tuple[str, str]]:
    """By document symbol, then by name, then by content; each report once.

    Of several reports with one symbol those of one name go together, then those of one language and format.
    """
    found: list[tuple[str, str]] = []
    left, right = dict(old), dict(new)

    def take(matches: Sequence[tuple[str, str]]) -> None:
        for a, b in matches:
            if a in left and b in right:
                found.append((a, b))
                del left[a], right[b]

    for key in (_by_symbol_and_name, _by_symbol_and_format, _by_symbol, _by_name, _by_stem):
        keys = {k: name for name, side in reversed(right.items()) if (k := key(name, side)) is not None}
        take([(name, keys[k]) for name, side in left.items() if (k := key(name, side)) in keys])
    names = list(left), list(right)
    items = [[_content(side[n]) for n in names[i]] for i, side in enumerate((left, right))]
    take([(names[0][i], names[1][j]) for i, j in pair(items[0], items[1], *weights.REPORTS)])
    return sorted(found)


def _by_symbol(name: str, side: Side) -> tuple[str | None, ...] | None:
    return (REVISION.sub("", side.record.symbol),) if side.record.symbol else None


def _by_symbol_and_name(name: str, side: Side) -> tuple[str | None, ...] | None:
    symbol = _by_symbol(name, side)
    return (*symbol, name) if symbol else None


def _by_symbol_and_format(name: str, side: Side) -> tuple[str | None, ...] | None:
    symbol = _by_symbol(name, side)
    languages = ",".join(sorted({span.language for span in side.record.languages}))
    return (*symbol, side.record.source.media_type, languages) if symbol else None


def _by_name(name: str, side: Side) -> tuple[str | None, ...] | None:
    return (name,)


def _by_stem(name: str, side: Side) -> tuple[str | None, ...] | None:
    """Without the formats: `sub/a.pdf.json` and `sub/a.docx` are both `sub/a`."""
    path = Path(name.removesuffix(".json"))
    return (str(path.with_suffix("")),)


def _content(side: Side) -> Item:
    text = side.text if side.text is not None else " ".join(f.evidence.quote for f in side.record.facts)
    return Item({"country": side.record.country}, {"words": words(text)})
