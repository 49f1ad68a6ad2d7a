"""Levels, sections and numbered paragraphs: from settled drafts to the outline."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import Block, Language, LanguageSpan, Outline, Paragraph, Report, Section, Span, Table
from .drafts import Draft
from .labels import Label, roman
from .words import Words

TITLE = 300


@dataclass(slots=True)
class _Open:
    """A heading under which the reading stands."""

    id: str
    level: int
    kind: str
    value: tuple[int, ...]
    place: int
    children: int = 0


class Tree:
    """Reads the drafts in order and keeps the headings that are open."""

    def __init__(self, report: Report, languages: Sequence[LanguageSpan], words: Words, marks: Sequence[Span]) -> None:
        self.marks = sorted(marks, key=lambda span: span.start)
        self.mark_starts = [mark.start for mark in self.marks]
        self.report, self.words, self.languages = report, words, languages
        self.language_starts = [span.start for span in languages]
        self.open: list[_Open] = []
        self.aside: list[_Open] = []
        self.roots = 0
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        self.blocks: list[Block] = []
        self.paragraph: int | None = None

    def language(self, offset: int) -> Language:
        return self.languages[max(bisect_right(self.language_starts, offset) - 1, 0)].language

    def add(self, draft: Draft) -> None:
        pieces = draft.pieces()
        if not pieces or draft.kind is None:
            return
        if draft.kind == "heading" and not draft.title:
            self._heading(draft)
        elif draft.kind == "paragraph" and draft.number:
            self.paragraphs.append(Paragraph(draft.number, self.section, draft.start, pieces[-1].end))
            self.paragraph = len(self.paragraphs) - 1
        current = None
        if draft.kind in ("paragraph", "item", "cell", "caption") and self.paragraph is not None:
            known = self.paragraphs[self.paragraph]
            current = known.number
            if draft.kind != "caption":
                self.paragraphs[self.paragraph] = replace(known, end=max(known.end, pieces[-1].end))
        self.blocks.append(
            Block(
                draft.kind,
                pieces,
                self.language(pieces[0].start),
                draft.number,
                draft.level,
                self.section,
                current,
                draft.table,
                draft.cell,
            )
        )

    @property
    def section(self) -> str | None:
        return self.open[-1].id if self.open else None

    def _heading(self, draft: Draft) -> None:
        kind, value = _kind(draft, self.open, self.words)
        self._return(kind, value)
        depth = self._parent(draft, kind, value)
        if not draft.number and any(one.value for one in self.open):
            self.aside = list(self.open)
        del self.open[depth:]
        level = draft.level if draft.declared and draft.level else (len(self.open) + 1)
        if kind == "dotted":
            level = len(value)
        if self.open:
            level = max(level, self.open[-1].level + 1)
            self.open[-1].children += 1
            place = self.open[-1].children
            name = f"{self.open[-1].id}.{place}"
        else:
            self.roots += 1
            place = self.roots
            name = f"s{place}"
        parent = self.section
        draft.level = level
        self.open.append(_Open(name, level, kind, value, place))
        self.paragraph = None
        pieces = draft.pieces()
        title = self._title(pieces)
        self.sections.append(
            Section(
                name,
                parent,
                draft.number,
                title[:TITLE],
                level,
                self.language(draft.start),
                draft.start,
                pieces[-1].end,
            )
        )

    def _return(self, kind: str, value: tuple[int, ...]) -> None:
        """A side box stood in the middle: a number that goes on with the headings before it returns to them."""
        if not value or kind not in ("number", "dotted") or any(_continues(one, kind, value) for one in self.open):
            return
        if any(_continues(one, kind, value) for one in self.aside):
            self.open = list(self.aside)

    def _title(self, pieces: Sequence[Span]) -> str:
        """The words of a heading without the marks of its notes."""
        parts = []
        for piece in pieces:
            at = piece.start
            for mark in self.marks[bisect_left(self.mark_starts, piece.start) :]:
                if mark.start >= piece.end:
                    break
                parts.append(self.report.text[at : mark.start])
                at = mark.end
            parts.append(self.report.text[at : piece.end] + " ")
        title = " ".join("".join(parts).split()).rstrip(" *")
        return title.replace("\u00ad", "-" if self.report.boxes is not None else "")

    def _parent(self, draft: Draft, kind: str, value: tuple[int, ...]) -> int:
        """How many of the open headings stay open above this one."""
        if draft.declared and draft.level:
            return next((i for i, one in enumerate(self.open) if one.level >= (draft.level or 1)), len(self.open))
        if kind in ("roman", "annex", "top"):
            for i, one in enumerate(self.open):
                if one.kind == kind:
                    return i
            return (
                next((i for i, one in enumerate(self.open) if one.kind != "annex"), len(self.open))
                if kind == "roman"
                else 0
            )
        if kind == "dotted":
            for i in range(len(self.open) - 1, -1, -1):
                one = self.open[i]
                if (
                    one.kind in ("dotted", "number")
                    and one.value == value[: len(one.value)]
                    and len(one.value) < len(value)
                ):
                    return i + 1
            return next(
                (i for i, one in enumerate(self.open) if one.kind in ("dotted", "top", "plain")), len(self.open)
            )
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i].kind == kind and (not value or not self.open[i].value or value > self.open[i].value):
                return i
        if kind == "plain":
            return next((i for i, one in enumerate(self.open) if one.kind == "top"), len(self.open))
        last = next((i for i, one in enumerate(self.open) if one.kind in ("top", "plain")), len(self.open))
        return last

    def close(self, end: int) -> tuple[Section, ...]:
        """The sections with their ends: each goes up to the next of its level or above."""
        ends = {section.id: section.end for section in self.sections}
        done: list[Section] = []
        stop_at: list[tuple[int, int]] = []  # (level, start) of the sections after, the nearest last
        for section in reversed(self.sections):
            inner = ends[section.id]
            stop = next((start for level, start in reversed(stop_at) if level <= section.level and start >= inner), end)
            stop = max(stop, section.end)
            if section.parent:
                ends[section.parent] = max(ends[section.parent], section.start)
            while stop_at and stop_at[-1][0] >= section.level:
                stop_at.pop()
            stop_at.append((section.level, section.start))
            done.append(replace(section, end=stop))
        done.reverse()
        return tuple(done)


def _continues(one: _Open, kind: str, value: tuple[int, ...]) -> bool:
    if kind == "number":
        return one.kind == "number" and one.value < value
    return one.kind in ("number", "dotted") and one.value == value[: len(one.value)]


def _kind(draft: Draft, opened: Sequence[_Open], words: Words) -> tuple[str, tuple[int, ...]]:
    label = draft.label
    text = draft.words().strip(" *:")
    if label is None:
        if words.annex.fullmatch(text):
            return "annex", ()
        if words.top.fullmatch(text):
            return "top", ()
        if draft.first.top is not None:
            return f"style {draft.first.style}", ()
        return "plain", ()
    if label.kind in ("roman", "letter"):
        return _roman_or_letter(label, opened)
    return label.kind, label.value


def _roman_or_letter(label: Label, opened: Sequence[_Open]) -> tuple[str, tuple[int, ...]]:
    """`I.`, `C.` and the like may be either: a letter where it goes on with the letters that are open."""
    number = label.number
    value = roman(number)
    if len(number) == 1 and number.isascii():
        letter = ord(number) - ord("A") + 1
        if any(one.kind == "letter" and one.value == (letter - 1,) for one in opened):
            return "letter", (letter,)
        if value and (value == 1 or any(one.kind == "roman" and one.value < (value,) for one in opened)):
            return "roman", (value,)
        return "letter", (letter,)
    return (label.kind, label.value) if label.kind == "letter" or not value else ("roman", (value,))


def outline(
    report: Report,
    languages: Sequence[LanguageSpan],
    drafts: Sequence[Draft],
    tables: tuple[Table, ...],
    marks: Sequence[Span],
    words: Words,
) -> Outline:
    """The outline of settled drafts, notes and table cells among them."""
    tree = Tree(report, languages, words, marks)
    for draft in drafts:
        tree.add(draft)
    sections = tree.close(len(report.text))
    return Outline(
        tuple(_tied(tree.blocks, marks, report.text)), sections, tuple(tree.paragraphs), tables, tuple(marks)
    )


def _tied(blocks: Sequence[Block], marks: Sequence[Span], text: str) -> list[Block]:
    """The blocks, each note with the section and paragraph in which its mark stands."""
    calls: dict[str, list[int]] = {}
    for mark in marks:
        calls.setdefault(text[mark.start : mark.end].strip("[]^:fn "), []).append(mark.start)
    starts = [block.pieces[0].start for block in blocks]
    found = list(blocks)
    for index, block in enumerate(blocks):
        if block.kind != "note" or block.number not in calls:
            continue
        places = calls[block.number]
        at = bisect_right(places, starts[index]) - 1
        holder = _holder(blocks, starts, places[max(at, 0)])
        if holder is not None:
            found[index] = replace(block, section=holder.section, paragraph=holder.paragraph)
    return found


def _holder(blocks: Sequence[Block], starts: Sequence[int], place: int) -> Block | None:
    """The block whose words hold the place; notes may stand between its pieces."""
    at = bisect_right(starts, place) - 1
    for block in reversed(blocks[max(at - 30, 0) : at + 1]):
        if any(piece.start <= place < piece.end for piece in block.pieces):
            return block
    return None
