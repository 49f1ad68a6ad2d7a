"""The structure of a report: headings, numbered paragraphs, notes, tables, and what the report says of itself."""

import re
from collections.abc import Sequence

from ..model import About, Block, LanguageSpan, Outline, Paragraph, Report, Span
from ..rules import Rules


def outline(report: Report, languages: Sequence[LanguageSpan], rules: Rules) -> Outline:
    """Blocks, sections, paragraphs and tables of the report."""
    blocks, paragraphs = [], []
    for match in re.finditer(r"(?:(\d{1,3})\.\s+)?\S[^\r\n]*(?:\r?\n[^\S\r\n]*\S[^\r\n]*)*", report.text):
        number = match.group(1)
        start = match.end(1) + 1 if number else match.start()
        while start < match.end() and report.text[start].isspace():
            start += 1
        if start >= match.end():
            continue
        if number:
            paragraphs.append(Paragraph(number, None, match.start(), match.end()))
        language = next(s.language for s in reversed(languages) if s.start <= match.start())
        current = paragraphs[-1].number if paragraphs else None
        blocks.append(Block("paragraph", (Span(start, match.end()),), language, number, None, None, current))
    return Outline(tuple(blocks), (), tuple(paragraphs))


def about(report: Report, outline: Outline, rules: Rules) -> About:
    """Symbol, title, issuing body, country and date, as far as the report names them."""
    return About()
