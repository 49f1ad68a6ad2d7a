"""What a report says of itself."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from ..errors import RulesError
from ..model import About, Block, Outline, Report
from ..rules import Rules
from .countries import named
from .words import Words, words

HEAD, LONGEST = 6000, 400
HIGHEST, MASTHEAD = 8, 12
"""Of the lines of a cover the first formal one stands among so many, and all formal ones do."""
NAMED = r"(?:\s*$|\s+[\w-]+\s+(?:session|сессия))"
"""What may stand after a body's name on its line."""
SYMBOL = re.compile(r"[A-Z]{1,5}/(?:[A-Z0-9][\w.-]*/){0,7}[A-Z0-9][\w.-]*(?:\s\([\w. ]+\)(?:/[\w. ]+)?)?")
LEADING = re.compile(rf"({SYMBOL.pattern})\*{{0,3}}(?=\s|$)")
CLOSING = re.compile(rf"(?<=\s)({SYMBOL.pattern})\*{{0,3}}$")
DATED = re.compile(rf"(?:^|\s)({SYMBOL.pattern}),?\s\(?\d{{1,2}} [^\W\d_]+ (?:19|20)\d\d")
"""A symbol with the date of issue: "CRC/C/104/Add.6 (30 August 2005)"."""
STATED = re.compile(r"[^:.\d]{3,30}:\s+\S")
"""A line such as "State party: …" in the table on the cover of a case."""
COUNTRY_PART = re.compile(r"(?<=/)([A-Z]{3})(?=/|$)")
READ, FEWEST, SHARE, SHORT = 15000, 4, 0.6, 8000
"""A report without a cover is about the country that it names so often, with this share of all that it names; a short
one about the only country that it names, if more than once."""


def about(report: Report, outline: Outline, rules: Rules) -> About:
    """Symbol, title, issuing body, country and date, as far as the report names them; None rather than a guess."""
    text = report.text
    first = outline.sections[0].start if outline.sections else HEAD
    cover = [
        b
        for b in outline.blocks
        if b.kind in ("other", "heading", "furniture", "cell") and b.pieces[0].start < min(first + 1, HEAD)
    ]
    lines = [" ".join(" ".join(text[p.start : p.end] for p in block.pieces).split()) for block in cover]
    symbol = _symbol(report, outline, lines, rules)
    title = _title(report, outline, cover, lines, rules)
    body = _body(symbol, lines, text, rules)
    heads = [title, *(section.title for section in outline.sections[:1] if not section.number)]
    heads += [line for block, line in zip(cover[:1], lines, strict=False) if block.kind == "furniture"]
    return About(symbol, title, body, _country(symbol, heads, lines, text, rules), _date(cover, text, rules))


def _symbol(report: Report, outline: Outline, lines: Sequence[str], rules: Rules) -> str | None:
    """The symbol that stands alone on a line of the cover or in the running heads, most often."""
    said = words(rules)
    counted: Counter[str] = Counter()
    for block in outline.blocks:
        if block.kind == "furniture":
            for piece in block.pieces:
                match = LEADING.match(report.text[piece.start : piece.end].strip())
                if match:
                    counted[match.group(1).rstrip(".")] += 1
    for place, line in enumerate(lines):
        match = LEADING.match(line)
        if match and "/" in line[:12] and (place < 2 or _rest(line[match.end() :], said)):
            counted[match.group(1).rstrip(".")] += 1
        elif (match := DATED.search(line)) or ((match := CLOSING.search(line)) and _rest(line[: match.start()], said)):
            counted[match.group(1)] += 1
    fitting = [(count, name) for name, count in counted.items() if any(char.isdigit() for char in name)]
    if not fitting:
        return None
    most = max(count for count, _ in fitting)
    return next(name for count, name in fitting if count == most)


def _rest(text: str, said: Words) -> bool:
    """What stands beside a symbol on its line: nothing, or other formal words of a cover."""
    text = text.strip(" *,")
    return not text or said.cover.match(text) is not None or said.masthead.match(text) is not None


def _title(report: Report, outline: Outline, cover: Sequence[Block], lines: Sequence[str], rules: Rules) -> str | None:
    """Lines of a cover after its formal lines and the line that names the agenda item; else a title above headings."""
    said = words(rules)
    printed = [i for i, block in enumerate(cover) if block.kind not in ("furniture", "note")]
    cover, lines = [cover[i] for i in printed], [lines[i] for i in printed]
    formal = {i for i, line in enumerate(lines) if _formal(line, said, rules)}
    starts = [i + 1 for i in formal if i + 1 < len(lines) and i + 1 not in formal]
    if starts and min(formal) < HIGHEST:
        sections = {section.start for section in outline.sections}
        found: list[str] = []
        for at in range(_first(lines, formal, said, max(starts)), len(lines)):
            line = lines[at].strip("*: ")
            if cover[at].pieces[0].start in sections or (found and (at in formal or STATED.match(line))):
                break
            if at not in formal and not _day(line, rules) and any(char.isalpha() for char in line):
                if lines[at][-1] in ".,;" or len(line) > LONGEST:
                    break
                if found and said.parts.match(found[-1]):
                    found[-1] += f" {line}"
                elif line not in found:
                    found.append(line)
        return ": ".join(found[:3]) or None
    for block, line in zip(cover[:HIGHEST], lines, strict=False):
        plain = not LEADING.match(line) and not said.annex.fullmatch(line)
        if block.kind == "heading" and block.level is None and plain:
            return line.rstrip("* ")
    return _declared(report, outline)


def _declared(report: Report, outline: Outline) -> str | None:
    """The first heading, if the format declares it as the only one of its level and none stands above it."""
    if not outline.sections or outline.sections[0].number:
        return None
    first = outline.sections[0]
    declared = any(mark.kind == "heading" and mark.start == first.start for mark in report.markup)
    alone = all(section.level > first.level for section in outline.sections[1:])
    return first.title if declared and alone and len(outline.sections) > 1 else None


def _formal(line: str, said: Words, rules: Rules) -> bool:
    """A line of a cover that says where the report belongs and not what it is about."""
    return (
        len(line) < 3
        or line[0] == "["
        or any(one.match(line) for one in (said.cover, said.masthead, said.bodies, said.resolution, LEADING))
        or _sessions(rules).match(line) is not None
    )


def _first(lines: Sequence[str], formal: Collection[int], said: Words, last: int) -> int:
    """Where the title begins: after the line of the agenda items and their names, else after the last formal line."""
    agenda = [i for i in sorted(formal) if said.agenda.match(lines[i])]
    if not agenda:
        return last
    match = said.agenda.match(lines[agenda[-1]])
    assert match is not None
    start = agenda[-1] + 1
    if lines[agenda[-1]][match.end() :].strip(" :.*"):
        return start
    names = max(len(re.findall(r"\d+", match.group())), 1)
    while names and start + 1 < len(lines) and start not in formal:
        start, names = start + 1, names - 1
    return start


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
    named = [
        name for line in lines[:MASTHEAD] for name, pattern, _ in names if pattern is not None and pattern.match(line)
    ]
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
        found.append(
            (
                entry["name"],
                _any(entry.get("names"), r"(?:\s*$|\s+[\w-]+\s+(?:session|сессия))"),
                tuple(entry.get("says", ())),
            )
        )
    return tuple(found)


def _any(parts: Sequence[str] | None, end: str) -> re.Pattern[str] | None:
    return re.compile("(?:" + "|".join(parts) + ")" + end, re.IGNORECASE) if parts else None


def _country(
    symbol: str | None, heads: Sequence[str | None], lines: Sequence[str], text: str, rules: Rules
) -> str | None:
    """By the symbol's part, the State of a case, the one country that the first of `heads` that names any names
    (title, first heading, running head), or by far the most named in the text."""
    known = rules.shared.get("countries", {})
    for part in COUNTRY_PART.findall(symbol or ""):
        if part in known:
            return str(part)
    said = words(rules)
    for match in filter(None, map(said.state.match, lines)):
        party = named(match.string[match.end() :], rules)
        if party:
            return party[0]
    for head in heads:
        there = set(named(head.title() if head.isupper() else head, rules)) if head else set()
        if len(there) == 1:
            return there.pop()
        if there or symbol is not None:
            return None
    short = len(text) < SHORT
    counted = Counter(named(text[:READ], rules, 1 if short else FEWEST))
    if not counted:
        return None
    if short and len(counted) == 1 and counted.total() > 1:
        return next(iter(counted))
    (code, count), total = counted.most_common(1)[0], sum(counted.values())
    return code if count >= FEWEST and count >= SHARE * total else None


def _date(cover: Sequence[Block], text: str, rules: Rules) -> str | None:
    """The date that stands alone on the cover (of distribution), or that of the last update."""
    said = words(rules)
    lines = [
        " ".join(line.split())
        for block in cover
        if block.kind != "note"
        for piece in block.pieces
        for line in (text[piece.start : piece.end].splitlines() if block.kind != "furniture" else [])
    ]
    for line in lines[:40]:
        for match in said.issued.finditer(line):
            value = _day(match.group(match.lastgroup or 0), rules)
            if value:
                return value
    for line in lines:
        if value := _day(LEADING.sub("", line, count=1).strip("[] "), rules):
            return value
    updated = said.updated.search(text, max(len(text) - HEAD, 0))
    return _day(text[updated.end() : updated.end() + 40].splitlines()[0], rules) if updated else None


def _day(text: str, rules: Rules) -> str | None:
    """A day with month and year at the very start of the text and nothing after but a stop."""
    found = _days(rules).match(text.strip())
    if not found:
        return None
    month = _months(rules)[found.group("month").lower()]
    return f"{found.group('year')}-{month:02d}-{int(found.group('day')):02d}"


@cache
def _months(rules: Rules) -> dict[str, int]:
    """Month names in lower case, of all languages, and their numbers."""
    found: dict[str, int] = {}
    for tables in rules.languages.values():
        found |= {name.lower(): number for name, number in tables.get("dates", {}).get("months", {}).items()}
    return found


@cache
def _month_pattern(rules: Rules) -> str:
    return "|".join(sorted(map(re.escape, _months(rules)), key=lambda name: (-len(name), name))) or "-"


@cache
def _days(rules: Rules) -> re.Pattern[str]:
    return re.compile(
        rf"(?:on\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\s*(?:de\s+)?(?P<month>{_month_pattern(rules)})\s*(?:de\s+)?"
        r"(?P<year>(?:19|20)\d\d)(?:\s*(?:г\.|года))?\s*\.?\s*$",
        re.IGNORECASE,
    )


@cache
def _sessions(rules: Rules) -> re.Pattern[str]:
    """The days of a session: "10–28 September 2018", "27 October–7 November 2014"."""
    month = rf"(?:\s+(?:de\s+)?(?:{_month_pattern(rules)}))"
    year = r"(?:\s+(?:de\s+)?(?:19|20)\d\d(?:\s*(?:г\.|года))?)"
    return re.compile(
        rf"\(?(?:\w+,\s+)?\d{{1,2}}{month}?{year}?\s*(?:[-–—]|to|по|au|al|a)\s*\d{{1,2}}{month}{year}?\s*\)?\.?$",
        re.IGNORECASE,
    )
