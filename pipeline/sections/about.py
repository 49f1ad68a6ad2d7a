"""What a report says of itself."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..errors import RulesError
from ..model import About, Block, Outline, Report
from ..rules import Rules
from .words import words

HEAD, LONGEST = 6000, 400
SYMBOL = re.compile(r"[A-Z]{1,5}/(?:[A-Z0-9][\w.-]*/){0,7}[A-Z0-9][\w.-]*(?:\s\([\w. ]+\)(?:/[\w. ]+)?)?")
LEADING = re.compile(rf"({SYMBOL.pattern})\*{{0,3}}(?=\s|$)")
COUNTRY_PART = re.compile(r"(?<=/)([A-Z]{3})(?=/|$)")
READ, FEWEST, SHARE = 15000, 4, 0.6
"""A report without a cover is about the country that it names so often, with this share of all that it names."""


@dataclass(frozen=True, slots=True, eq=False)
class _Country:
    """`fixed` are the parts of its names that never change, `names` patterns for all of them, the longest first."""

    code: str
    fixed: tuple[str, ...]
    names: tuple[str, ...]


def _named(text: str, rules: Rules, fewest: int = 1) -> list[str]:
    """The countries that a text names, one entry for each time; those named fewer times may be left out."""
    likely = [one for one in _countries(rules) if sum(map(text.count, one.fixed)) >= fewest]
    parts = sorted(((name, one.code) for one in likely for name in one.names), key=lambda part: (-len(part[0]), part))
    if not parts:
        return []
    firsts = "".join(sorted({char for name, _ in parts for char in (name[1:3] if name[0] == "[" else name[0])}))
    pattern = re.compile(rf"(?=[{firsts}])\b(?:" + "|".join(f"({name})" for name, _ in parts) + r")(?!\w)")
    return [parts[(match.lastindex or 1) - 1][1] for match in pattern.finditer(text)]


def about(report: Report, outline: Outline, rules: Rules) -> About:
    """Symbol, title, issuing body, country and date, as far as the report names them; None rather than a guess."""
    text = report.text
    first = outline.sections[0].start if outline.sections else HEAD
    cover = [
        b
        for b in outline.blocks
        if b.kind in ("other", "heading", "furniture") and b.pieces[0].start < min(first + 1, HEAD)
    ]
    lines = [" ".join(" ".join(text[p.start : p.end] for p in block.pieces).split()) for block in cover]
    symbol = _symbol(report, outline, lines)
    title = _title(report, outline, cover, lines, rules)
    body = _body(symbol, lines, text, rules)
    return About(symbol, title, body, _country(symbol, title, text, rules), _date(cover, lines, text, rules))


def _symbol(report: Report, outline: Outline, lines: Sequence[str]) -> str | None:
    """The symbol that stands alone on a line of the cover or in the running heads, most often."""
    counted: Counter[str] = Counter()
    for block in outline.blocks:
        if block.kind == "furniture":
            for piece in block.pieces:
                match = LEADING.match(report.text[piece.start : piece.end].strip())
                if match:
                    counted[match.group(1).rstrip(".")] += 1
    for line in lines:
        match = LEADING.match(line)
        if match and ("/" in line[:12]):
            counted[match.group(1).rstrip(".")] += 1
    fitting = [(count, name) for name, count in counted.items() if any(char.isdigit() for char in name)]
    if not fitting:
        return None
    most = max(count for count, _ in fitting)
    return next(name for count, name in fitting if count == most)


def _title(report: Report, outline: Outline, cover: Sequence[Block], lines: Sequence[str], rules: Rules) -> str | None:
    """Lines of a cover after its formal lines and the line that names the agenda item; else a title above headings."""
    said = words(rules)
    printed = [i for i, block in enumerate(cover) if block.kind != "furniture"]
    cover, lines = [cover[i] for i in printed], [lines[i] for i in printed]
    formal = [i for i, line in enumerate(lines) if said.cover.match(line) or LEADING.match(line)]
    sections = {section.start for section in outline.sections}
    agenda = [i for i in formal if said.agenda.match(lines[i])]
    starts = [i + 1 for i in formal if i + 1 < len(lines) and i + 1 not in formal]
    if starts:
        start = agenda[-1] + 1 if agenda else starts[-1]
        if agenda and not said.agenda.sub("", lines[agenda[-1]]).strip(" :.*"):
            start += 1
        found: list[str] = []
        for line, block in zip(lines[start:], cover[start:], strict=True):
            formally = any(line == lines[i] for i in formal)
            if block.pieces[0].start in sections or (formally and found):
                break
            if not formally and not _day(line, rules) and any(char.isalpha() for char in line):
                if line[-1] in ".,;" or len(line) > LONGEST:
                    break
                found.append(line.rstrip("*: "))
        return ": ".join(found[:3]) or None
    for block, line in zip(cover, lines, strict=True):
        if block.kind == "heading" and block.level is None:
            return line.rstrip("* ")
    return None


def _body(symbol: str | None, lines: Sequence[str], text: str, rules: Rules) -> str | None:
    table = rules.shared.get("bodies", {})
    best: tuple[int, str] | None = None
    for entry in table.values():
        for start in entry.get("symbols", []) if symbol else []:
            if symbol and symbol.startswith(start) and (best is None or len(start) > best[0]):
                best = (len(start), entry["name"])
    if best is not None:
        return best[1]
    names = _bodies(rules)
    named = [name for line in lines for name, pattern, _ in names if pattern is not None and pattern.match(line)]
    if named:
        return named[-1]
    said = " ".join(text.lower().split())
    return next((name for name, _, says in names if any(phrase in said for phrase in says)), None)


@cache
def _bodies(rules: Rules) -> tuple[tuple[str, re.Pattern[str] | None, tuple[str, ...]], ...]:
    found = []
    for key, entry in rules.shared.get("bodies", {}).items():
        if not isinstance(entry.get("name"), str):
            raise RulesError(f"bodies.toml, table [{key}]: entry 'name' must be a text")
        found.append((entry["name"], _any(entry.get("names"), r"(?:\W|$)"), tuple(entry.get("says", ()))))
    return tuple(found)


def _any(parts: Sequence[str] | None, end: str) -> re.Pattern[str] | None:
    return re.compile("(?:" + "|".join(parts) + ")" + end, re.IGNORECASE) if parts else None


def _country(symbol: str | None, title: str | None, text: str, rules: Rules) -> str | None:
    """By the symbol's part, by the one country that the title names, or by far the most named in the text."""
    known = rules.shared.get("countries", {})
    for part in COUNTRY_PART.findall(symbol or ""):
        if part in known:
            return str(part)
    named = set(_named((title.title() if title.isupper() else title) if title else "", rules))
    if len(named) == 1:
        return named.pop()
    if named or symbol is not None:
        return None
    counted = Counter(_named(text[:READ], rules, FEWEST))
    if not counted:
        return None
    (code, count), total = counted.most_common(1)[0], sum(counted.values())
    return code if count >= FEWEST and count >= SHARE * total else None


@cache
def _countries(rules: Rules) -> tuple[_Country, ...]:
    found = []
    for code, entry in rules.shared.get("countries", {}).items():
        english = [*entry.get("en", []), *entry.get("en_adjectives", [])]
        names = [re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+") for name in english]
        names += [_inflected(name) for name in entry.get("ru", [])]
        stems = entry.get("ru_adjectives", [])
        names += [rf"[{stem[0]}{stem[0].upper()}]{re.escape(stem[1:])}[а-яё]{{2,3}}" for stem in stems]
        fixed = [re.split(r"[ '’]", name)[0] for name in english]
        fixed += [_stem(name.split()[0]) for name in entry.get("ru", [])] + [stem[1:] for stem in stems]
        longest = sorted(names, key=lambda name: (-len(name), name))
        found.append(_Country(code, tuple(dict.fromkeys(part for part in fixed if part)), tuple(longest)))
    return tuple(found)


def _inflected(name: str) -> str:
    """A Russian name in any case: the endings of its words are free."""
    if name.isupper():
        return re.escape(name)
    stems = map(_stem, name.split())
    return r"\s+".join(re.escape(stem) + ("[а-яё]{0,3}" if stem[-1:].isalpha() else "") for stem in stems)


def _stem(word: str) -> str:
    if word.isupper():
        return word
    return re.sub(r"(?:ая|ие|ые|ий|ый|ое|[аяеоьйиыу])$", "", word) if len(word) > 4 else word.rstrip("ая")


def _date(cover: Sequence[Block], lines: Sequence[str], text: str, rules: Rules) -> str | None:
    """The date that stands alone on the cover (of distribution), or that of the last update."""
    said = words(rules)
    for line in lines[:25]:
        for match in said.issued.finditer(line):
            value = _day(match.group(match.lastgroup or 0), rules)
            if value:
                return value
    for block, line in zip(cover, lines, strict=True):
        if block.kind != "furniture" and (value := _day(LEADING.sub("", line, count=1), rules)):
            return value
    updated = said.updated.search(text, max(len(text) - HEAD, 0))
    return _day(text[updated.end() : updated.end() + 40].splitlines()[0], rules) if updated else None


def _day(text: str, rules: Rules) -> str | None:
    """A day with month and year at the very start of the text and nothing after but a stop."""
    found = _days(rules).match(text.strip())
    if not found:
        return None
    month = next(
        number
        for tables in rules.languages.values()
        for name, number in tables.get("dates", {}).get("months", {}).items()
        if name.lower() == found.group("month").lower()
    )
    return f"{found.group('year')}-{month:02d}-{int(found.group('day')):02d}"


@cache
def _days(rules: Rules) -> re.Pattern[str]:
    months = [name for tables in rules.languages.values() for name in tables.get("dates", {}).get("months", {})]
    return re.compile(
        r"(?:on\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>"
        + "|".join(map(re.escape, months or ["-"]))
        + r")\s+(?P<year>(?:19|20)\d\d)"
        r"(?:\s*(?:г\.|года))?\s*\.?\s*$",
        re.IGNORECASE,
    )
