"""What paragraph and character styles say of headings, lists and type (ECMA-376 part 1, 17.7)."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from .package import W

# Heading styles of the templates of the United Nations in New York and Geneva (`_ H _Ch`, `_ H_2/3_G`), by their
# names without space and signs. Their outline levels do not tell chapters from sections.
UN_HEADINGS = {"hm": 1, "hch": 1, "h1": 2, "h23": 3, "h4": 4, "h56": 5}
# Titles of the report and lines of its masthead carry outline levels, but head no section.
NO_HEADINGS = re.compile(r"title|subtitle|agenda|session|distribution|publication|sponsor|toc|s[lms]g?$")
NOTES = frozenset({"footnotetext", "endnotetext"})
OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits; `level` of a heading counts from 1, `number` is (numId, ilvl)."""

    name: str = ""
    level: int | None = None
    caption: bool = False
    note: bool = False
    number: tuple[str | None, int] | None = None
    bold: bool = False
    italic: bool = False
    raised: bool = False
    hidden: bool = False


def switch(properties: etree._Element | None, tag: str, otherwise: bool) -> bool:
    """A toggle property (`w:b`): on without a value, else as its value says, `otherwise` where it is not there."""
    found = properties.find(W + tag) if properties is not None else None
    return otherwise if found is None else found.get(W + "val", "1").lower() not in OFF


def raised(properties: etree._Element | None, otherwise: bool) -> bool:
    """Superscript, or type raised by half points (`w:position`) that is set smaller."""
    found = properties.find(W + "vertAlign") if properties is not None else None
    return otherwise if found is None else found.get(W + "val") == "superscript"


def number_of(properties: etree._Element | None) -> tuple[str | None, int | None] | None:
    """(numId, ilvl) of `w:numPr`, None where there is none; numId "0" takes numbering away."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return None
    num, level = found.find(W + "numId"), found.find(W + "ilvl")
    depth = level.get(W + "val", "") if level is not None else ""
    return (num.get(W + "val") if num is not None else None, int(depth) if depth.isdecimal() else None)


def outline_level(properties: etree._Element | None) -> int | None:
    """0 to 8, 9 for body text, None where nothing is said."""
    found = properties.find(W + "outlineLvl") if properties is not None else None
    value = found.get(W + "val", "") if found is not None else ""
    return int(value) if value.isdecimal() else None


class Styles:
    """All styles of a document by their ids; unknown ids are plain."""

    def __init__(self, root: etree._Element | None) -> None:
        self.elements: dict[str, etree._Element] = {}
        self.known: dict[str, Style] = {}
        self.default = ""
        for element in root.iter(W + "style") if root is not None else ():
            identity = element.get(W + "styleId", "")
            self.elements[identity] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") not in OFF:
                self.default = identity

    def of(self, identity: str | None) -> Style:
        """The style with that id, None for the default paragraph style."""
        return self._resolve(identity if identity is not None else self.default, ())

    def _resolve(self, identity: str, below: tuple[str, ...]) -> Style:
        if identity in self.known:
            return self.known[identity]
        element = self.elements.get(identity)
        if element is None or identity in below:
            return Style()
        based = element.find(W + "basedOn")
        under = self._resolve(based.get(W + "val", ""), (*below, identity)) if based is not None else Style()
        look, layout = element.find(W + "rPr"), element.find(W + "pPr")
        label = element.find(W + "name")
        name = label.get(W + "val", "") if label is not None else identity
        number = number_of(layout)
        style = replace(
            under,
            name=name,
            level=_level(name, outline_level(layout), under.level),
            caption=under.caption or name.lower() == "caption",
            note=under.note or _plain(name) in NOTES,
            number=(number[0], number[1] or 0) if number else under.number,
            bold=switch(look, "b", under.bold),
            italic=switch(look, "i", under.italic),
            raised=raised(look, under.raised),
            hidden=switch(look, "vanish", under.hidden),
        )
        self.known[identity] = style
        return style


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _level(name: str, outline: int | None, inherited: int | None) -> int | None:
    plain = _plain(name)
    if match := re.fullmatch(r"heading([1-9])", plain):
        return int(match.group(1))
    if plain.removesuffix("g") in UN_HEADINGS:
        return UN_HEADINGS[plain.removesuffix("g")]
    if NO_HEADINGS.match(plain):
        return None
    if outline is not None:
        return outline + 1 if outline < 9 else None
    return inherited
