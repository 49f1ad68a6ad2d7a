"""A diff in the form that was asked for, and what its forms for people share."""

from collections import Counter
from collections.abc import Iterable

from ..records import FactBase, Paragraph
from .model import FACT_KINDS, Change, ChangeKind, ItemKind, Mode, RecordDiff, SideInfo

SIGNS: dict[ChangeKind, tuple[str, str]] = {
    "changed": ("~", "yellow"),
    "added": ("+", "green"),
    "removed": ("-", "red"),
    "moved": (">", "cyan"),
    "reworded": ("=", "blue"),
}
KINDS: tuple[ItemKind, ...] = (*FACT_KINDS, "instrument", "section", "paragraph")
MODES: dict[Mode, str] = {
    "versions": "two versions of one text",
    "cycle": "two reports of a cycle: figures are paired by what they measure",
    "languages": "two languages: facts are paired by value and place",
}
AGREEMENT: dict[ChangeKind, str] = {
    "changed": "contradict", "added": "only in the new", "removed": "only in the old",
}  # fmt: skip
NO_SECTION = "(no section)"


def name(side: SideInfo) -> str:
    """`a.pdf (A/HRC/40/51)`."""
    return f"{side.name} ({side.symbol})" if side.symbol else side.name


def summary(diff: RecordDiff) -> list[str]:
    """One line for all facts, one for each other kind that differs: `facts: 2 changed, 1 added, 310 unchanged`."""
    facts = [change for change in diff.changes if change.kind in FACT_KINDS]
    same = "agree" if diff.mode == "languages" else "unchanged"
    lines = [f"facts: {', '.join([*_counts(facts, diff.mode), f'{diff.unchanged} {same}'])}"]
    for kind in KINDS:
        said = _counts((c for c in diff.changes if c.kind == kind and kind not in FACT_KINDS), diff.mode)
        if said:
            lines.append(f"{kind}s: {', '.join([*said, f'{diff.unchanged_by_kind.get(kind, 0)} {same}'])}")
    if diff.readings:
        lines.append(
            f"{len(diff.readings)} more come from the reading, not from the reports: the same words stand in both"
        )
    return lines


def _counts(changes: Iterable[Change], mode: Mode) -> list[str]:
    counts = Counter(change.change for change in changes)
    words = AGREEMENT if mode == "languages" else {}
    return [f"{counts[kind]} {words.get(kind, kind)}" for kind in SIGNS if counts[kind]]


def split_renumbered(changes: Iterable[Change]) -> tuple[list[Change], list[str]]:
    """The changes without paragraphs that only bear another number, and these as runs: `4–39 → 5–40`."""
    rest: list[Change] = []
    runs: list[list[tuple[str, str]]] = []
    for change in changes:
        old, new = change.old, change.new
        if change.fields == ("number",) and isinstance(old, Paragraph) and isinstance(new, Paragraph):
            if runs and _follows(runs[-1][-1], (old.number, new.number)):
                runs[-1].append((old.number, new.number))
            else:
                runs.append([(old.number, new.number)])
        else:
            rest.append(change)
    return rest, [" → ".join(_span(run[0][i], run[-1][i]) for i in range(2)) for run in runs]


def _follows(before: tuple[str, str], after: tuple[str, str]) -> bool:
    return all(a.isdigit() and b.isdigit() and int(b) == int(a) + 1 for a, b in zip(before, after, strict=True))


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def heading(change: Change) -> str:
    """What a change is listed under."""
    return change.section or ("Instruments" if change.kind == "instrument" else NO_SECTION)


def values(change: Change) -> str:
    """`345 count → 382 count (+10.7 %)`; of a paragraph only that its words are others."""
    if change.fields == ("text",):
        return "other words"
    said = " → ".join(part for part in (change.before, change.after) if part is not None)
    return said if change.change_percent is None else f"{said} ({percent(change.change_percent)})"


def percent(value: float | None) -> str:
    """`+10.7 %`, `−3 %`; nothing for none."""
    return "" if value is None else f"{value:+g} %".replace("-", "−") if value else "0 %"


def value_in(value: str, period: str | None) -> str:
    """`345 (2015)`."""
    return f"{value} ({period})" if period else value


def where(item: FactBase) -> str:
    """`p. 7, para. 27`."""
    parts = (
        item.evidence.page is not None and f"p. {item.evidence.page}",
        item.evidence.paragraph and f"para. {item.evidence.paragraph}",
    )
    return ", ".join(str(part) for part in parts if part) or f"character {item.evidence.start}"


def one_line(text: str) -> str:
    return " ".join(text.split())


def shortened(text: str, size: int) -> str:
    line = one_line(text)
    return line if len(line) <= size else line[: size - 1].rstrip() + "…"
