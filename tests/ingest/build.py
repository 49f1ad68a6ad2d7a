"""DOCX files made part by part, so that a test shows the markup that it is about."""

import io
import zipfile

from pipeline.model import Cell, Line, Report, Span

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def p(text: str = "", style: str = "", properties: str = "", runs: str = "") -> str:
    """A paragraph; `runs` is markup that takes the place of `text`."""
    layout = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    return f"<w:p><w:pPr>{layout}</w:pPr>{runs or r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def raised(text: str) -> str:
    return r(text, '<w:vertAlign w:val="superscript"/>')


def listed(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, head: bool = False) -> str:
    inside = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def docx(body: str, parts: dict[str, str] | None = None, section: str = "") -> bytes:
    """A DOCX with that body; `parts` maps `styles`, `numbering`, `footnotes`, `header1` … to their content."""
    parts = parts or {}
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        main = f'<Relationship Id="m" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{main}</Relationships>')
        links = ""
        for name, content in parts.items():
            kind = roots.get(name, "header")
            root = roots.get(name, "hdr")
            links += f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
            file.writestr(f"word/{name}.xml", f"<w:{root} {NAMESPACES}>{content}</w:{root}>")
        file.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>')
        story = f"{body}<w:sectPr>{section}</w:sectPr>"
        file.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{story}</w:body></w:document>")
    return stream.getvalue()


def words(report: Report, span: Span | Line | Cell) -> str:
    return report.text[span.start : span.end]


def marked(report: Report, kind: str) -> list[tuple[str, int | None, str | None]]:
    """(words, level, number) of each block of a kind."""
    return [(report.text[m.start : m.end], m.level, m.number) for m in report.markup if m.kind == kind]


def cells(report: Report, table: int = 0) -> list[tuple[int, int, str, bool]]:
    """(row, column, words, header) of each cell."""
    return [
        (cell.row, cell.column, report.text[cell.start : cell.end], cell.header) for cell in report.tables[table].cells
    ]
