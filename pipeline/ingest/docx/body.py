"""The story of a Word document in reading order: paragraphs, tables, notes, text boxes, running heads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from ...model import MarkupKind
from ..blocks import Block, Grid, GridCell, Para, Run
from . import numbering
from .package import Package, R, W, whole
from .styles import OFF, Style, Styles, number_of, outline_level, raised, switch

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# Elements that hold what they wrap; tracked insertions are accepted, deletions left out.
WRAPPERS = frozenset(
    W + tag for tag in ("ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "sdtContent")
)
GONE = frozenset(W + tag for tag in ("del", "moveFrom"))
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011"}
DRAWINGS = frozenset(W + tag for tag in ("drawing", "pict", "object"))
# What a raised run may be to count as a note's mark: `1`, `12`, `a`, `a,b`, `*`; not the `th` of `9th`.
MARK = re.compile(r"\s*[(\[]?(?:\d{1,3}|[a-zа-я]|[*†‡§]{1,4})(?:\s?[,–-]\s?(?:\d{1,3}|[a-zа-я]))*[)\]]?\s*|[,–-]")
EXPONENT = re.compile(r"(?:^|[\s\d])(?:[mkcd]?m|[kc]?м)$")
# A head of so many lines is the first page's, in a section of its own (as converters write it).
MASTHEAD = 4
TAB = 720  # the distance of Word's own tab stops, in twentieths of a point
COUNTED = re.compile(r"[\d.]+[.)]?")


def blocks(package: Package) -> tuple[list[Block], str | None]:
    """All blocks of the document in reading order, and what had to be mended."""
    reader = _Reader(package)
    root = package.xml(package.main)
    body = root.find(W + "body")
    found = reader.story(body) if body is not None else []
    found += reader.endnotes
    repaired = f"notes without text: {', '.join(reader.lost)}" if reader.lost else None
    return reader.heads(root) + found, repaired


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package.first("styles"))
        linked = {name: style.number[0] for name in self.styles.elements if (style := self.styles.of(name)).number}
        self.numbering = numbering.read(
            package.first("numbering"), {name: number for name, number in linked.items() if number}
        )
        self.footnotes = _notes(package.first("footnotes"))
        self.endnoted = _notes(package.first("endnotes"))
        self.seen = {"footnote": 0, "endnote": 0}
        self.pending: list[Block] = []
        self.endnotes: list[Block] = []
        self.lost: list[str] = []
        self.fields: list[bool] = []
        self.carried: list[Run] = []

    def heads(self, root: etree._Element) -> list[Block]:
        """The first page's head as text, the other pages' as furniture where it says something else."""
        section = next(root.iter(W + "sectPr"), None)
        if section is None:
            return []
        parts = {}
        for reference in section.findall(W + "headerReference"):
            kind, part = self.package.related.get(reference.get(R + "id", ""), ("", ""))
            if kind == "header" and part in self.package.parts:
                parts[reference.get(W + "type", "default")] = part
        first: list[Para] = []
        if switch(section, "titlePg", False) and "first" in parts:
            head = self.story(self.package.xml(parts["first"]))
            first = [Para(para.runs) for para in _paragraphs(head) if para.text.strip()]
        running: list[Para] = []
        if "default" in parts:
            head = self.story(self.package.xml(parts["default"]))
            running = [Para(para.runs, "furniture") for para in _paragraphs(head) if para.text.strip()]
            if not first and len(running) >= MASTHEAD:
                first, running = [Para(para.runs) for para in running], []
            said = " ".join(para.text for para in first)
            running = [para for para in running if para.text.strip() not in said]
        self.pending = []
        return [*running, *first]

    def story(self, container: etree._Element) -> list[Block]:
        """Blocks of a body, head or text box, each followed by its notes and text boxes."""
        found: list[Block] = []
        for element in _children(container):
            if element.tag == W + "p":
                found += self.paragraph(element)
            elif element.tag == W + "tbl":
                found.append(self.table(element))
            else:
                continue
            found += self.pending
            self.pending = []
        return found

    def paragraph(self, element: etree._Element) -> list[Block]:
        layout = element.find(W + "pPr")
        reference = layout.find(W + "pStyle") if layout is not None else None
        identity = reference.get(W + "val") if reference is not None else None
        style = self.styles.of(identity)
        boxes: list[Block] = []
        runs = self.carried + list(self.runs(element, style, boxes))
        self.carried = []
        self.fields = [shown for shown in self.fields if shown]
        mark = layout.find(W + "rPr") if layout is not None else None
        if mark is not None and mark.find(W + "del") is not None:
            self.carried = runs
            return boxes
        marker = self.marker(layout, style, identity)
        if not any(run.text.strip() for run in runs):
            return boxes
        outline = outline_level(layout)
        level = style.level if outline is None else (outline + 1 if outline < 9 else None)
        kind: MarkupKind | None = "caption" if style.caption else "heading" if level else None
        para = Para(tuple(runs), kind, level, None, _indent(layout, runs))
        if marker is not None:
            while runs and not runs[0].text.strip():
                runs.pop(0)
            shown = Run(marker.text + marker.space, runs[0].bold, runs[0].italic)
            para = replace(para, runs=(shown, *runs))
            if para.kind is None and (marker.bullet or marker.level > 1 or not COUNTED.fullmatch(marker.text)):
                para = replace(para, kind="item", level=marker.level)
        return [para, *boxes]

    def marker(self, layout: etree._Element | None, style: Style, identity: str | None) -> numbering.Marker | None:
        own = number_of(layout)
        number, level = own if own else (None, None)
        if number is None and style.number:
            number, level = style.number[0], level if level is not None else None
        return self.numbering.next(number, level, identity or self.styles.default)

    def runs(self, element: etree._Element, style: Style, boxes: list[Block]) -> Iterator[Run]:
        """The visible runs of a paragraph; text boxes found on the way are put into `boxes`."""
        before = ""
        for child in _children(element):
            if child.tag == W + "r":
                for run in self.run(child, style, before, boxes):
                    before = run.text
                    yield run
            elif child.tag in WRAPPERS:
                yield from self.runs(child, style, boxes)
            elif child.tag.endswith(("}oMath", "}oMathPara")):
                yield Run("".join(part.text or "" for part in child.iter(M_TEXT)))

    def run(self, element: etree._Element, style: Style, before: str, boxes: list[Block]) -> Iterator[Run]:
        look = element.find(W + "rPr")
        reference = look.find(W + "rStyle") if look is not None else None
        own = self.styles.of(reference.get(W + "val", "")) if reference is not None else Style()
        if switch(look, "vanish", own.hidden or style.hidden):
            return
        bold, italic = switch(look, "b", own.bold or style.bold), switch(look, "i", own.italic or style.italic)
        up = raised(look, own.raised)
        custom: list[str] = []
        for child in _children(element):
            text = self.sign(child)
            if child.tag in (W + "footnoteReference", W + "endnoteReference") and self.visible():
                kind = child.tag.removeprefix(W).removesuffix("Reference")
                if child.get(W + "customMarkFollows", "0") not in OFF:
                    custom = [kind, child.get(W + "id", "")]
                else:
                    self.seen[kind] += 1
                    yield Run(str(self.seen[kind]), mark=True)
                    self.note(kind, child.get(W + "id", ""), str(self.seen[kind]))
            elif child.tag in DRAWINGS:
                boxes += self.boxed(child)
            elif text and self.visible():
                if custom:
                    yield Run(text, mark=True)
                    self.note(custom[0], custom[1], text.strip())
                    custom = []
                else:
                    mark = up and bool(MARK.fullmatch(text)) and not EXPONENT.search(before)
                    yield Run(text, bold, italic, mark)

    def sign(self, element: etree._Element) -> str:
        """The characters of one element of a run; fields show their result alone."""
        tag = element.tag
        if tag == W + "t":
            return element.text or ""
        if tag == W + "fldChar":
            kind = element.get(W + "fldCharType")
            if kind == "begin":
                self.fields.append(False)
            elif kind == "separate" and self.fields:
                self.fields[-1] = True
            elif kind == "end" and self.fields:
                self.fields.pop()
            return ""
        if tag == W + "sym":
            return _symbol(element.get(W + "char", ""))
        return SIGNS.get(tag, "")

    def visible(self) -> bool:
        return all(self.fields)

    def boxed(self, element: etree._Element) -> list[Block]:
        """The stories of the text boxes in a drawing."""
        found: list[Block] = []
        for child in _children(element):
            if child.tag == W + "txbxContent":
                kept, self.pending, fields, self.fields = self.pending, [], self.fields, []
                found += self.story(child)
                self.pending, self.fields = kept, fields
            else:
                found += self.boxed(child)
        return found

    def note(self, kind: str, identity: str, number: str) -> None:
        """Read the note that is referred to: footnotes wait for the block's end, endnotes for the document's."""
        element = (self.footnotes if kind == "footnote" else self.endnoted).get(identity)
        if element is None:
            self.lost.append(number)
            return
        kept, self.pending, fields, self.fields = self.pending, [], self.fields, []
        paras = [block for block in self.story(element) if isinstance(block, Para) and block.text.strip()]
        self.pending, self.fields = kept, fields
        target = self.pending if kind == "footnote" else self.endnotes
        for at, para in enumerate(paras):
            runs = para.runs
            if at == 0:
                words = [run for run in runs if run.text.strip()][:1]
                if words and words[0].mark and words[0].text.strip() == number:
                    runs = runs[runs.index(words[0]) + 1 :]
                runs = (Run(number, mark=True), Run("\t"), *_unindented(runs))
            target.append(Para(runs, "note", None, number))

    def table(self, element: etree._Element) -> Grid:
        grid = element.find(W + "tblGrid")
        widths = [column.get(W + "w", "0") for column in grid.findall(W + "gridCol")] if grid is not None else []
        cells: list[GridCell] = []
        open_cells: dict[int, int] = {}
        waiting: list[Block] = []
        heading = True
        row = 0
        for line in _rows(element):
            properties = line.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            heading = heading and switch(properties, "tblHeader", False)
            column = _count(properties, "gridBefore", 0)
            for cell in _cells(line):
                own = cell.find(W + "tcPr")
                span = _count(own, "gridSpan", 1)
                merge = own.find(W + "vMerge") if own is not None else None
                if merge is not None and merge.get(W + "val", "continue") == "continue" and column in open_cells:
                    at = open_cells[column]
                    above = cells[at]
                    spanned = row - above.row + 1
                    cells[at] = GridCell(above.row, column, above.blocks, spanned, above.column_span, above.header)
                else:
                    inner, notes = self.cell(cell)
                    waiting += notes
                    cells.append(GridCell(row, column, inner, 1, span, heading))
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = len(cells) - 1
                column += span
            row += 1
        self.pending = waiting
        numbers = tuple(float(width) if width.isdecimal() else 0.0 for width in widths)
        return Grid(tuple(cells), numbers if all(numbers) else ())

    def cell(self, element: etree._Element) -> tuple[tuple[Block, ...], list[Block]]:
        """The blocks of a cell, and the notes that wait for the table's end."""
        found = self.story(element)
        notes = [block for block in found if isinstance(block, Para) and block.kind == "note" and block.number]
        inner = tuple(block for block in found if not any(block is note for note in notes))
        return inner, list(notes)


def _indent(layout: etree._Element | None, runs: Sequence[Run]) -> float:
    """Where the first word stands, in points from the margin: the indent, then a tab stop for each leading tab."""
    own = layout.find(W + "ind") if layout is not None else None
    left = whole(own.get(W + "left") or own.get(W + "start")) if own is not None else 0
    hanging = whole(own.get(W + "hanging")) - whole(own.get(W + "firstLine")) if own is not None else 0
    stops = [left] if hanging > 0 else []
    if layout is not None:
        stops += [
            whole(tab.get(W + "pos")) for tab in layout.iterfind(f"{W}tabs/{W}tab") if tab.get(W + "val") != "clear"
        ]
    at = left - hanging
    text = "".join(run.text for run in runs)
    for _ in range(len(text) - len(text.lstrip("\t"))):
        at = min((stop for stop in stops if stop > at), default=(at // TAB + 1) * TAB)
    return at / 20


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Child elements, with wrappers of blocks and of alternatives opened and deletions left out."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in GONE:
            continue
        if child.tag == W + "sdt":
            properties, content = child.find(W + "sdtPr"), child.find(W + "sdtContent")
            if content is not None and (properties is None or properties.find(W + "showingPlcHdr") is None):
                yield from _children(content)
        elif child.tag == MC + "AlternateContent":
            chosen = child.find(MC + "Choice")
            chosen = chosen if chosen is not None else child.find(MC + "Fallback")
            if chosen is not None:
                yield from _children(chosen)
        elif child.tag in WRAPPERS and child.find(f".//{W}p") is not None and child.find(W + "r") is None:
            yield from _children(child)
        else:
            yield child


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in _children(table):
        if child.tag == W + "tr":
            yield child
        elif child.tag in WRAPPERS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in _children(row):
        if child.tag == W + "tc":
            yield child
        elif child.tag in WRAPPERS:
            yield from _cells(child)


def _symbol(code: str) -> str:
    """A character of a symbol font: its own place for characters is read as a bullet."""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) or int(code, 16) < 32:
        return ""
    return numbering.BULLET if 0xF000 <= int(code, 16) <= 0xF0FF else chr(int(code, 16))


def _count(properties: etree._Element | None, tag: str, otherwise: int) -> int:
    found = properties.find(W + tag) if properties is not None else None
    value = whole(found.get(W + "val")) if found is not None else 0
    return min(value, 1000) if value > 0 else otherwise


def _notes(root: etree._Element | None) -> dict[str, etree._Element]:
    """Notes by their ids, without the separators that Word keeps among them."""
    if root is None:
        return {}
    return {note.get(W + "id", ""): note for note in root if note.get(W + "type", "normal") == "normal"}


def _paragraphs(found: Sequence[Block]) -> Iterator[Para]:
    """All paragraphs in order, those in tables too."""
    for block in found:
        if isinstance(block, Para):
            yield block
        else:
            for cell in block.cells:
                yield from _paragraphs(cell.blocks)


def _unindented(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs without the space before the first word."""
    for at, run in enumerate(runs):
        if run.text.strip():
            return (Run(run.text.lstrip(), run.bold, run.italic, run.mark), *runs[at + 1 :])
    return ()
