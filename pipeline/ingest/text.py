"""Plain text and Markdown, exactly as they are: offsets count the decoded text."""

from ..model import Line, Page, Report, Source


def read(data: bytes, name: str, sha256: str) -> Report:
    encoding = "utf-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "mac_roman"
        text = data.decode(encoding)
    pages = []
    start = 0
    for number, part in enumerate(text.split("\f"), 1):
        pages.append(Page(number, start, start + len(part)))
        start += len(part) + 1
    lines = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append(Line(at, at + len(line.rstrip("\r\n\f"))))
        at += len(line)
    source = Source(name, sha256, "text/plain", len(data), len(pages), encoding)
    return Report(source, text, tuple(pages), tuple(lines))
