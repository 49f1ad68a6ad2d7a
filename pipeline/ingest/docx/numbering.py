"""Automatic numbers as Word shows them (ECMA-376 part 1, 17.9): `1.`, `(a)`, `II.`, `25.1`, bullets."""

from dataclasses import dataclass, field

from lxml import etree

from .package import W, whole

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` has `%1` for the number of level 1, and so on."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    space: str = "\t"
    legal: bool = False
    restart: bool = True


@dataclass(frozen=True, slots=True)
class Marker:
    """What Word puts before a paragraph: its text, the space after it, its level from 1."""

    text: str
    space: str
    level: int
    bullet: bool


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    used: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted; ask `next` once for each paragraph, in order."""

    lists: dict[str, _List] = field(default_factory=dict)
    by_style: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, number: str | None, level: int | None, style: str | None) -> Marker | None:
        """The marker of the next paragraph of list `number`; None where it has none."""
        found = self.lists.get(number or "")
        if found is None:
            return None
        if level is None:
            level = self.by_style.get((found.abstract, style or ""), 0)
        form = found.levels.get(level)
        if form is None:
            return None
        counts = self.counts.setdefault(found.abstract, {})
        if not found.used:
            found.used = True
            for at in found.starts:
                counts.pop(at, None)
        first = found.starts.get(level, form.start)
        counts[level] = counts[level] + 1 if level in counts else first
        for deeper in [at for at in counts if at > level and found.levels.get(at, Level()).restart]:
            del counts[deeper]
        if form.form == "bullet":
            return Marker(BULLET, form.space, level + 1, True)
        text = self._text(found, level, form, counts)
        return Marker(text, form.space, level + 1, False) if text.strip() else None

    def _text(self, found: _List, level: int, form: Level, counts: dict[int, int]) -> str:
        text = form.text
        for at in range(9):
            if f"%{at + 1}" in text:
                one = found.levels.get(at, Level())
                value = counts.get(at, found.starts.get(at, one.start))
                text = text.replace(f"%{at + 1}", write(value, "decimal" if form.legal and at < level else one.form))
        return text


def write(value: int, form: str) -> str:
    """A number in a list's form; a form that is not known is written in digits, as the standard allows."""
    if form == "none":
        return ""
    if form in ("lowerRoman", "upperRoman") and value > 0:
        letters, rest = "", value
        for worth, sign in ROMAN:
            letters += sign * (rest // worth)
            rest %= worth
        return letters.upper() if form == "upperRoman" else letters
    for prefix, alphabet in (("Letter", LATIN), ("russian", RUSSIAN)):
        if prefix in form and value > 0:
            times, at = divmod(value - 1, len(alphabet))
            letters = alphabet[at] * (times + 1)
            return letters.upper() if "pper" in form else letters
    return f"{value:02d}" if form == "decimalZero" else str(value)


def read(root: etree._Element | None, style_lists: dict[str, str]) -> Numbering:
    """The lists of the numbering part; `style_lists` gives the list of a numbering style that others link to."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {element.get(W + "abstractNumId", ""): element for element in root.iter(W + "abstractNum")}
    links = {}
    for num in root.findall(W + "num"):
        target = num.find(W + "abstractNumId")
        links[num.get(W + "numId", "")] = target.get(W + "val", "") if target is not None else ""
    for num in root.findall(W + "num"):
        identity = num.get(W + "numId", "")
        abstract = _followed(links[identity], abstracts, links, style_lists)
        levels = _levels(abstracts.get(abstract))
        starts: dict[int, int] = {}
        for override in num.findall(W + "lvlOverride"):
            at = whole(override.get(W + "ilvl"))
            start = _value(override, "startOverride")
            if start is not None:
                starts[at] = whole(start, 1)
            own = override.find(W + "lvl")
            if own is not None:
                levels[at] = _level(own)
        numbering.lists[identity] = _List(abstract, levels, starts)
        element = abstracts.get(abstract)
        for level in element.findall(W + "lvl") if element is not None else ():
            style = _value(level, "pStyle")
            if style:
                numbering.by_style[abstract, style] = whole(level.get(W + "ilvl"))
    return numbering


def _followed(
    abstract: str, abstracts: dict[str, etree._Element], links: dict[str, str], styles: dict[str, str]
) -> str:
    """The list that a link to a numbering style (`w:numStyleLink`) leads to."""
    element = abstracts.get(abstract)
    link = _value(element, "numStyleLink") if element is not None else None
    target = links.get(styles.get(link or "", ""), "")
    return target if link and target in abstracts else abstract


def _levels(element: etree._Element | None) -> dict[int, Level]:
    if element is None:
        return {}
    return {whole(level.get(W + "ilvl")): _level(level) for level in element.findall(W + "lvl")}


def _level(element: etree._Element) -> Level:
    suffix = _value(element, "suff") or "tab"
    legal = element.find(W + "isLgl")
    return Level(
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        start=whole(_value(element, "start"), 1),
        space={"tab": "\t", "space": " "}.get(suffix, ""),
        legal=legal is not None and legal.get(W + "val", "1") not in ("0", "false"),
        restart=_value(element, "lvlRestart") != "0",
    )


def _value(element: etree._Element, tag: str) -> str | None:
    found = element.find(W + tag)
    return found.get(W + "val") if found is not None else None
