"""A diff for people: text for the terminal, and one self-contained HTML page."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from click import style
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ..records import FactBase
from .model import Change, ChangeKind, FolderDiff, RecordDiff

SIGNS: dict[ChangeKind, tuple[str, str]] = {
    "changed": ("~", "yellow"),
    "added": ("+", "green"),
    "removed": ("-", "red"),
    "moved": (">", "cyan"),
    "reworded": ("=", "blue"),
}
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def rendered(diff: RecordDiff | FolderDiff, form: str) -> str:
    """The diff as "text", "json" or "html"."""
    match form:
        case "json":
            return diff.model_dump_json(indent=2) + "\n"
        case "html":
            return to_html(diff)
        case _:
            return to_text(diff)


def to_text(diff: RecordDiff | FolderDiff) -> str:
    """The diff as lines, coloured with ANSI codes (strip them with `click.unstyle`)."""
    if isinstance(diff, RecordDiff):
        return "\n".join(_record_lines(diff)) + "\n"
    parts = [to_text(report) for report in diff.reports]
    parts += [f"only in the old folder: {name}\n" for name in diff.only_old]
    parts += [f"only in the new folder: {name}\n" for name in diff.only_new]
    return "\n".join(parts)


def _record_lines(diff: RecordDiff) -> Iterator[str]:
    yield style(f"{_name(diff.old)} → {_name(diff.new)}", bold=True)
    for note in diff.notes:
        yield f"note: {note}"
    for section, changes in groupby(diff.changes, key=lambda change: change.section):
        yield ""
        yield style(section or "(no section)", bold=True)
        for change in changes:
            yield from _change_lines(change)
    yield ""
    yield summary(diff)


def _name(side: object) -> str:
    symbol, name = getattr(side, "symbol", None), getattr(side, "name", "")
    return f"{name} ({symbol})" if symbol else str(name)


def summary(diff: RecordDiff) -> str:
    """`2 changed, 1 added, …, 310 facts unchanged`."""
    counts = Counter(change.change for change in diff.changes)
    said = [f"{counts[kind]} {kind}" for kind in SIGNS if counts[kind]] or ["no difference"]
    return ", ".join(said) + f"; {diff.unchanged} facts unchanged"


def _change_lines(change: Change) -> Iterator[str]:
    sign, colour = SIGNS[change.change]
    percent = f" ({change.change_percent:+g} %)" if change.change_percent is not None else ""
    said = " → ".join(part for part in (change.before, change.after) if part is not None)
    head = f"  {sign} {change.kind} {_short(change.label, 90)}: "
    yield style(head, fg=colour) + _short(said, 160) + percent
    for word, item in (("old", change.old), ("new", change.new)):
        if isinstance(item, FactBase):
            yield style(f"      {word} {where(item)}: ", dim=True) + f"“{_short(item.evidence.quote, 120)}”"


def where(item: FactBase) -> str:
    """`p. 7, para. 27`."""
    parts = (
        item.evidence.page is not None and f"p. {item.evidence.page}",
        item.evidence.paragraph and f"para. {item.evidence.paragraph}",
    )
    return ", ".join(str(part) for part in parts if part) or f"character {item.evidence.start}"


def _short(text: str, size: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= size else line[: size - 1] + "…"


def to_html(diff: RecordDiff | FolderDiff) -> str:
    """One page without outside parts: both quotes with the difference marked, filters, counts; usable by keyboard."""
    reports = [diff] if isinstance(diff, RecordDiff) else list(diff.reports)
    only = ((), ()) if isinstance(diff, RecordDiff) else (diff.only_old, diff.only_new)
    changes = [change for report in reports for change in report.changes]
    return _page().render(
        reports=reports,
        only_old=only[0],
        only_new=only[1],
        kinds=_counted(change.kind for change in changes),
        changes=_counted(change.change for change in changes),
    )


def _by_section(changes: Iterable[Change], field: str) -> list[tuple[str | None, list[Change]]]:
    """Runs of changes under one heading; Jinja's own groupby would sort them."""
    return [(section, list(run)) for section, run in groupby(changes, key=lambda change: getattr(change, field))]


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items())


@cache
def _page() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(marked=marked, where=where, summary=summary, name=_name, signs=SIGNS)
    environment.filters["groupby_order"] = _by_section
    environment.tests["fact"] = lambda item: isinstance(item, FactBase)
    return environment.get_template("page.html")


def marked(change: Change, side: str) -> Markup:
    """The quote (or value) of one side, what the other side lacks wrapped in <del> or <ins>."""
    old, new = _words(change, "old"), _words(change, "new")
    tag = "del" if side == "old" else "ins"
    out = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        part = escape("".join(old[a:b] if side == "old" else new[c:d]))
        out.append(part if op == "equal" or not part else Markup("<{0}>{1}</{0}>").format(Markup(tag), part))
    return Markup("").join(out)


def _words(change: Change, side: str) -> list[str]:
    item, value = (change.old, change.before) if side == "old" else (change.new, change.after)
    if isinstance(item, FactBase):
        text = " ".join(item.evidence.quote.split())
        measure = getattr(item, "measure", None) or getattr(item, "offence", None)
        return WORDS.findall(f"{text} — {measure}" if measure and "quote" not in change.fields else text)
    return WORDS.findall(value or "")
