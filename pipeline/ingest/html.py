"""HTML and XHTML, through lxml: visible text in blocks, headings, lists, tables and notes from their tags."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree, html

from ..errors import ReadError
from ..model import MarkupKind, Report, Source
from .assemble import assemble
from .blocks import Block, Grid, GridCell, Para, Run
from .docx.numbering import write
from .encoding import Decoded, decode

HIDDEN = frozenset(
    {"head", "script", "style", "template", "noscript", "nav", "iframe", "object", "embed", "svg", "canvas", "audio"}
    | {"video", "map", "select", "datalist", "button", "input", "textarea", "dialog", "menu"}
)
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"label", "mark", "meter", "nobr", "output", "progress", "q", "ruby", "samp", "small", "span", "strong", "sub"}
    | {"sup", "time", "tt", "u", "var", "wbr", "img", "picture", "br", "rb"}
)
BOLD, ITALIC = frozenset({"b", "strong", "th"}), frozenset({"i", "em", "cite", "var", "dfn"})
GONE = frozenset({"rt", "rp", "del", "s", "strike"})
HEADING = re.compile(r"h([1-6])")
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
NOTE_LINK = re.compile(r"#_?(?:ftn|fn|edn|footnote|endnote|note|en)[-_:]?\w*", re.IGNORECASE)
NOTE_PLACE = re.compile(r"_?(?:ftn|fn|edn|footnote|endnote|note|en)[-_:]?(\d{1,4}|[a-z*])", re.IGNORECASE)
MARK = re.compile(r"\s*[(\[]?(?:\d{1,4}|[a-z]|[ivx]{1,5}|[*†‡§]{1,4})[)\]]?\s*")
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|disc|circle|square|(?:lower|upper)-\w+)", re.IGNORECASE)
LIST_FORMS = {
    **{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"},
    **{"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "lower-roman": "lowerRoman"},
    **{"upper-alpha": "upperLetter", "upper-latin": "upperLetter", "upper-roman": "upperRoman"},
}
SPACE = re.compile(r"[ \t\r\n\f]+")
DEEPEST = 200
WIDEST = 1000


@dataclass(frozen=True, slots=True)
class Look:
    """What the elements around a text make of it."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    mark: bool = False
    kept: bool = False


def read(data: bytes, name: str, sha256: str) -> Report:
    """An HTML file; ReadError where it has no visible text."""
    text, encoding, repaired = decoded(data, name)
    blocks = list(_Reader().blocks(_tree(text, name)))
    made = assemble(blocks)
    if not made.text.strip():
        raise ReadError(f"{name}: an HTML file without visible text; save the page as it shows in the browser")
    return Report(
        Source(name, sha256, "text/html", len(data), None, encoding, repaired),
        made.text,
        lines=tuple(made.lines),
        furniture=tuple(made.furniture),
        note_marks=tuple(made.note_marks),
        markup=tuple(made.markup),
        tables=tuple(made.tables),
    )


def decoded(data: bytes, name: str) -> Decoded:
    """By byte order mark, then valid UTF-8, then the encoding that the page declares, then the most plausible one."""
    declared = DECLARED.search(data[:400]) or CHARSET.search(data[:4096])
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if declared and not marked and b"\0" not in data[:200]:
        label = declared.group(1).decode("ascii", "replace").lower()
        # Browsers read Latin-1 and ASCII pages as windows-1252 (WHATWG Encoding, 4.2).
        label = "cp1252" if label in ("iso-8859-1", "latin1", "us-ascii", "ascii") else label
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return Decoded(data.decode(label), codecs.lookup(label).name)
            except (UnicodeDecodeError, LookupError):
                return decode(data, name)
    return decode(data, name)


def _tree(text: str, name: str) -> etree._Element:
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{name}: an HTML file that cannot be parsed ({error}); save the page again") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise ReadError(f"{name}: an HTML file nested too deep to be read whole; save the page as text")
    body = root.find("body")
    return body if body is not None else root


class _Reader:
    """Turns elements into blocks; `runs` are the inline runs of the paragraph that is being read."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.kind: MarkupKind | None = None
        self.level: int | None = None
        self.number: str | None = None

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        yield from self.inside(root, Look(), 0, 0)
        yield from self.end()

    def end(self) -> Iterator[Para]:
        """The paragraph read so far, if it has words."""
        runs = tuple(_collapsed(self.runs))
        self.runs = []
        if any(run.text.strip() for run in runs):
            yield Para(runs, self.kind, self.level, self.number)

    def inside(self, element: etree._Element, look: Look, lists: int, depth: int) -> Iterator[Block]:
        self.add(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                yield from self.element(child, look, lists, depth + 1)
            self.add(child.tail, look)

    def element(self, element: etree._Element, look: Look, lists: int, depth: int) -> Iterator[Block]:
        tag = element.tag.lower()
        if tag in HIDDEN or tag in GONE or _is_hidden(element):
            return
        if depth > DEEPEST:
            self.add("".join(str(part) for part in element.itertext()), look)
        elif tag == "br":
            self.runs.append(Run("\n"))
        elif tag in INLINE or ":" in tag:
            yield from self.inside(element, self.look(element, tag, look), lists, depth)
        elif tag == "table":
            yield from self.end()
            yield self.table(element, look, depth)
        elif tag in ("ul", "ol"):
            yield from self.end()
            yield from self.items(element, look, lists + 1, depth)
        else:
            yield from self.end()
            outer = self.kind, self.level, self.number
            self.kind, self.level, self.number = self.declared(element, tag, outer)
            yield from self.inside(element, replace(look, kept=look.kept or tag == "pre"), lists, depth)
            yield from self.end()
            self.kind, self.level, self.number = outer

    def declared(
        self, element: etree._Element, tag: str, outer: tuple[MarkupKind | None, int | None, str | None]
    ) -> tuple[MarkupKind | None, int | None, str | None]:
        """Kind, level and number that a block element declares, else those of the block around it."""
        if match := HEADING.fullmatch(tag):
            return "heading", int(match.group(1)), None
        if tag in ("caption", "figcaption"):
            return "caption", None, None
        if (element.get("role") or "") in ("doc-footnote", "doc-endnote") or (
            tag in ("p", "div", "aside", "dd") and (match := NOTE_PLACE.fullmatch(element.get("id") or ""))
        ):
            return "note", None, outer[2] if outer[0] == "note" else None
        return outer

    def look(self, element: etree._Element, tag: str, look: Look) -> Look:
        style = (element.get("style") or "").replace(" ", "").lower()
        raised = look.raised or tag == "sup" or "vertical-align:super" in style
        href = element.get("href") or ""
        role = element.get("role") or ""
        words = "".join(str(part) for part in element.itertext())
        noted = bool(NOTE_LINK.fullmatch(href)) or role == "doc-noteref"
        mark = look.mark or (bool(MARK.fullmatch(words)) and (raised or noted) and not _is_exponent(self.runs, words))
        return Look(
            look.bold or tag in BOLD or "font-weight:bold" in style,
            look.italic or tag in ITALIC or "font-style:italic" in style,
            raised,
            mark,
            look.kept,
        )

    def add(self, text: str | None, look: Look) -> None:
        if not text:
            return
        if not look.kept:
            text = SPACE.sub(" ", text)
        self.runs.append(Run(text, look.bold, look.italic, look.mark and bool(text.strip())))

    def items(self, element: etree._Element, look: Look, lists: int, depth: int) -> Iterator[Block]:
        """List items, numbered as the browser shows them (`start`, `value`, `type`, `reversed`)."""
        count = _number(element.get("start"), 1)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag.lower() != "li":
                yield from self.element(child, look, lists, depth + 1)
                continue
            count = _number(child.get("value"), count)
            found = list(self.item(child, look, lists, depth))
            shown = _bullet(element, count)
            note = bool(NOTE_PLACE.fullmatch(child.get("id") or ""))
            for at, block in enumerate(found):
                if isinstance(block, Para) and block.kind in (None, "item", "note"):
                    found[at] = _marked(block, shown, lists, note)
                    break
            count += 1
            yield from found

    def item(self, element: etree._Element, look: Look, lists: int, depth: int) -> Iterator[Block]:
        outer = self.kind, self.level, self.number
        self.kind, self.level, self.number = None, None, None
        yield from self.inside(element, look, lists, depth)
        yield from self.end()
        self.kind, self.level, self.number = outer

    def table(self, element: etree._Element, look: Look, depth: int) -> Grid:
        cells: list[GridCell] = []
        free: dict[int, int] = {}  # column → the first row that no cell from above reaches into
        caption: list[Para] = []
        for row, (line, in_head) in enumerate(_rows(element, caption)):
            column = 0
            inside = [cell for cell in line if isinstance(cell.tag, str) and cell.tag.lower() in ("td", "th")]
            for cell in inside:
                while free.get(column, 0) > row:
                    column += 1
                down = min(_number(cell.get("rowspan"), 1), WIDEST) or 1
                across = min(_number(cell.get("colspan"), 1), WIDEST) or 1
                free |= dict.fromkeys(range(column, column + across), row + down)
                head = in_head or (
                    cell.tag.lower() == "th" and (row == 0 or all(c.tag.lower() == "th" for c in inside))
                )
                inner = replace(look, bold=look.bold or cell.tag.lower() == "th")
                reader = _Reader()
                blocks = [*reader.inside(cell, inner, 0, depth + 1), *reader.end()]
                cells.append(GridCell(row, column, tuple(blocks), down, across, head))
                column += across
        return Grid(tuple(cells), (), tuple(caption))


def _marked(para: Para, shown: str, level: int, note: bool) -> Para:
    """The first paragraph of a list item with its number or bullet; a note's number is the note's mark."""
    if note:
        number = shown.rstrip(".")
        return replace(para, runs=(Run(number, mark=True), Run("\t"), *para.runs), kind="note", number=number)
    runs = (Run(f"{shown}\t"), *para.runs) if shown else para.runs
    return replace(para, runs=runs, kind="item", level=level)


def _rows(table: etree._Element, caption: list[Para]) -> Iterator[tuple[etree._Element, bool]]:
    """Rows in order with whether they stand in `thead`; the caption is put into `caption`."""
    for child in table:
        tag = child.tag.lower() if isinstance(child.tag, str) else ""
        if tag == "tr":
            yield child, False
        elif tag in ("thead", "tbody", "tfoot"):
            for line in child:
                if isinstance(line.tag, str) and line.tag.lower() == "tr":
                    yield line, tag == "thead"
        elif tag == "caption":
            caption += [block for block in _Reader().blocks(child) if isinstance(block, Para)]


def _collapsed(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs as a browser shows them: one space where runs meet, none at line ends."""
    before = " "
    for run in runs:
        text = run.text
        if before[-1:].isspace() and text[:1] == " ":
            text = text.lstrip(" ")
        if text:
            before = text
            yield replace(run, text=text)


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in ("navigation", "menu", "menubar", "search")
        or bool(HIDING.search(element.get("style") or ""))
    )


def _is_exponent(runs: Sequence[Run], words: str) -> bool:
    before = "".join(run.text for run in runs[-2:])
    return words.strip() in ("2", "3") and bool(re.search(r"(?:^|[\s\d])[kcd]?m$", before))


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"\s*-?\d{1,6}\s*", value) else otherwise


def _bullet(element: etree._Element, count: int) -> str:
    """What the browser shows before an item of the list: a bullet, a number in the list's form, or nothing."""
    form = LIST_STYLE.search(element.get("style") or "")
    style = form.group(1).lower() if form else (element.get("type") or "")
    if style == "none":
        return ""
    if element.tag.lower() == "ul" or style in ("disc", "circle", "square"):
        return "•"
    return f"{write(count, LIST_FORMS.get(style, 'decimal'))}."
