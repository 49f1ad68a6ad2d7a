"""A diff as one self-contained HTML page."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ..records import FactBase
from .model import Change, FolderDiff, RecordDiff
from .render import (
    KINDS,
    MODES,
    SIGNS,
    heading,
    name,
    one_line,
    percent,
    split_renumbered,
    summary,
    value_in,
    values,
    where,
)

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def to_html(diff: RecordDiff | FolderDiff) -> str:
    """One page without outside parts: both quotes with the difference marked, filters, counts; usable by keyboard."""
    reports = (diff,) if isinstance(diff, RecordDiff) else diff.reports
    parts = [(report, *split_renumbered(report.changes)) for report in reports]
    changes = [change for _, shown, _ in parts for change in shown]
    folder = diff if isinstance(diff, FolderDiff) else None
    return _template().render(
        parts=parts,
        folder=folder,
        kinds=_counted((change.kind for change in changes), KINDS),
        changes=_counted((change.change for change in changes), SIGNS),
        sections=list(dict.fromkeys(map(heading, changes))),
        unchanged=sum(report.unchanged for report in reports),
    )


def _counted(found: Iterable[str], order: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(found)
    return [(value, counts[value]) for value in order if counts[value]]


def _by_section(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Runs of changes under one heading; Jinja's own groupby would sort them."""
    return [(section, list(run)) for section, run in groupby(changes, key=heading)]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        marked=marked, where=where, summary=summary, name=name, signs=SIGNS, modes=MODES, values=values
    )
    environment.filters.update(by_section=_by_section, percent=percent)
    environment.globals["value_in"] = value_in
    environment.tests["fact"] = lambda item: isinstance(item, FactBase)
    return environment.get_template("page.html")


def marked(change: Change, side: str) -> Markup:
    """The quote (or value) of one side, what the other side lacks wrapped in <del> or <ins>."""
    if change.old is None or change.new is None:
        return escape(_said(change, side))
    old, new = WORDS.findall(_said(change, "old")), WORDS.findall(_said(change, "new"))
    tag = Markup("del" if side == "old" else "ins")
    out = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        part = escape("".join(old[a:b] if side == "old" else new[c:d]))
        out.append(part if op == "equal" or not part else Markup("<{0}>{1}</{0}>").format(tag, part))
    return Markup("").join(out)


def _said(change: Change, side: str) -> str:
    item, value = (change.old, change.before) if side == "old" else (change.new, change.after)
    return one_line(item.evidence.quote) if isinstance(item, FactBase) else value or ""
