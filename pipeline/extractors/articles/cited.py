"""Citations of numbered provisions: "Articles 355, 356 and 358", "paragraph 3 (a) of article 14", "arts. 16, 17(e)".

One `Provision` per number; those of one list form a `Group`, which shares its instrument.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from ...errors import RulesError
from ...model import Unit
from ...rules import Rules
from ..instruments.lexicon import by_first_letter

UNITS = ("article", "section", "paragraph", "rule", "chapter", "regulation", "schedule", "part")

NUMBER = re.compile(
    r"(?P<n>(?-i:(?:LO|[LRD])\.?\s?(?=\d+[-‑]\d))?\d{1,4}(?:\.\d{1,3}|:\d{1,3}(?![\d:]))*(?:[-‑](?:[A-Z]{1,2}|[a-z])(?!\w))?"
    r"(?:\s?(?:bis|ter|qu[aá]ter|quinquies|sexies|septies|octies|مكررا?)\b|[A-Z]{1,2}(?![\w’'])|\s[A-Z]{1,2}(?![\w’'.]|\s+(?:[A-ZÀ-Þ]{2}|\d))|[a-np-z](?![\w)])|\s[a-h](?=\s+(?:of|and|or)\s|\s*[,(;]))?"
    r"|(?-i:[IVXLC]{1,7})(?![\w]))(?:\s?[º°]|o\b\.?|\s?er\b)?"
)
BRACKETED_NUMBER = re.compile(r"\((\d{1,3})\)(?=\s?\(|,?\s+(?:of|in)\s|\s*[.;,]|$)")  # "Article (6) (1) (a) of"
HYPHENED = re.compile(r"[-‑](\d{1,3})(?!\d|\.\d)")  # "225-4-1"
SEVERAL = r"s\.?\s*$|(?:فقرات|فقرت[اي]ن|بند[اي]ن|بنود)\s*$|(?:ей|ям|ями|ях|ов|ам|ами|ах|ы|пп\.|чч\.)\s*$"
TITLED = re.compile(r"\s\([«“\"][^()«»“”\"]{3,120}[»”\"]\)")  # 'articles 302 ("Coercion to testify") and 286'
ABOUT = re.compile(r"\s\([^\W\d_][^()\d]{8,160}\)")  # « article 282 (outrage à un État étranger), 287 (offense …) »
MARKED = re.compile(r"(?:[º°]|(?<=\d)o\b\.?)$")
OUTER = ("chapter", "part", "schedule", "section")
LARGER = ("chapter", "part", "schedule")
YEAR = re.compile(r"(?:1[89]|20)\d\d(?!\d)")
DASH = r"\s?[-–—‑−]\s?"
BARE_BEFORE = re.compile(r"(?<![\w.,])(\d{1,3}\.\d{1,2})\s*(?:,|и|или)\s+$")
BRACKETED = re.compile(r"\s?\(\s?(\d{1,2}(?:\s?bis)?|[a-zа-я]{1,2}|[\u0620-\u064a]|[ivx]{1,5}|[A-Z])\s?\)")
TO_BRACKET = re.compile(r"\s?[-–—]\s?(\((?:\d{1,2}|[a-z])\))")
LETTER = re.compile(r"[ \u00a0]?([a-zа-я\u0620-\u064a])\)")
# "artículos 1, 1), y 2, 2), c), del Convenio"
BEHIND_COMMA = re.compile(r",\s(\d{1,2}|[a-z])\)(?=[,;.:]|\s(?:y|e|o|et|ou|del?|du)\s|$)")
LABEL = (
    r"[«“\"(]?(\d{1,3}(?:\.\d{1,2}){0,2}|[a-zа-яё](?![\w])|[\u0620-\u064a](?=\))|[ivx]{1,5}(?![\w])|(?:[IVX]{1,5}|[A-D])(?![\w'’]|\.\w){ordinals})"
    r"[»”\")º°]?"
)
TO_LABEL = r"(?:\s?[-–—]\s?|\s+{to}\s+)(?P<n>\d{1,3})(?!\w|\.\d)"  # "paragraphs 1 to 3"
# What shows that a further number still belongs to a list, not to the words after it ("article 5, 12 persons").
GOES_ON = (
    r"(?:\s?\((?:[^)]{1,6}|(?:p|art|п|ч)[^()]{3,24})\)|\s?[a-zа-я]\))*\s*"
    r"(?:[,;.)\]:”\"]|$|[-–]|of\s|\s(?:[A-ZÀ-ÞА-ЯЁ]|{}))"
)
NEXT_NUMBER = re.compile(r"\s\d{2,3}(?!\d)")
WORD_BEFORE = re.compile(r"[^\W\d_]+[\s.]*$")
RESUMES = re.compile(r"(?:[;,]\s(?:[ye]\s)?|\s[ye]\s)(?=\d)")
STOPS = re.compile(r"[^\W\d_]{4,}\.\s|:")
NESTED = re.compile(r"\s+[^\W\d_]+[\s.]*$")  # «пункта», not "and paragraph": «подпункты a) и b) пункта 3»


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: its place in the passage and its values."""

    start: int
    end: int
    rule: str
    unit: Unit
    number: str
    number_to: str | None = None
    subdivision: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Provisions that one unit word announces, from the first to the last character of the list."""

    start: int
    end: int
    unit: Unit
    provisions: tuple[Provision, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The compiled words of a language."""

    trigger: re.Pattern[str]
    units: Mapping[str, Unit]
    subunits: re.Pattern[str]
    label: re.Pattern[str]
    ordinals: Mapping[str, str]
    first: re.Pattern[str]
    several: re.Pattern[str]
    of_unit: re.Pattern[str]
    of_outer: re.Pattern[str]
    joint: re.Pattern[str]
    to: re.Pattern[str]
    to_label: re.Pattern[str]
    near: frozenset[str]
    explicit: frozenset[str]
    glue_after: re.Pattern[str]
    glue_name: re.Pattern[str]
    glue_before: re.Pattern[str]
    chain: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    unknown: re.Pattern[str]
    amending: re.Pattern[str]
    serial_comma: bool
    again: re.Pattern[str]
    goes_on: re.Pattern[str]
    bare: re.Pattern[str] | None
    papers: re.Pattern[str] | None
    headed: re.Pattern[str] | None
    resumed: re.Pattern[str] | None
    see: re.Pattern[str]
    reporting: re.Pattern[str]


def _alternation(words: Sequence[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") + ("" if word.endswith(".") else r"(?![\w])") for word in ordered
    )


def _or(pattern: str) -> str:
    return f"|{pattern}" if pattern else ""


@cache
def grammar(rules: Rules, language: str) -> Grammar | None:
    """The citation grammar of a language, None where it has no article words; RulesError names a bad entry."""
    tables = rules.languages[language].get("articles", {})
    where = f"languages/{language}.toml, table [articles]"
    if not tables:
        return None
    units: dict[str, Unit] = {}
    for unit, words in tables.get("units", {}).items():
        if unit not in UNITS:
            raise RulesError(f"{where}.units: unknown unit '{unit}'; known are {', '.join(UNITS)}")
        units.update(dict.fromkeys(words, cast(Unit, unit)))
    subunits = tables.get("subunits", [])

    def pattern(key: str, wrap: str = "{}") -> re.Pattern[str]:
        value: Any = tables.get(key, "(?!)" if key == "goes_on" else None)
        if not isinstance(value, str):
            raise RulesError(f"{where}: entry '{key}' must be a regular expression")
        try:
            return re.compile(wrap.replace("{}", value))
        except re.error as error:
            raise RulesError(f"{where}: entry '{key}' is no regular expression: {error}") from error

    outer = _alternation(list(units))
    both = [*subunits, *units]
    upper = [word.upper() for word in both if len(word) > 4]
    ordinals = {stem: str(number) for stem, number in tables.get("ordinals", {}).items()}
    worded = rf"(?:{'|'.join(ordinals)})[^\W\d_]{{0,4}}(?!\w)" if ordinals else ""
    of = pattern("of").pattern
    joint = pattern("and").pattern
    first = tables.get("first", "(?!)")
    return Grammar(
        trigger=re.compile(
            rf"(?<![\w.-])({by_first_letter([*both, *upper])})\s*"
            rf"(?=[\d(«“\"]|[IVXLC]+\b|(?:LO|[LRD])\.?\s?\d|[a-zа-яё]\b|[\u0620-\u064a]\){_or(worded)}|{first})"
        ),
        units=units,
        subunits=re.compile(
            rf"(?:(?P<of>{of})|\s*[.,(]?\s*(?:{joint}\s+)?)(?:{_alternation(subunits)})"
            r"\s*(?=[\d(«“\"a-zа-я]|[\u0620-\u064a]\))",
            re.IGNORECASE,
        ),
        label=re.compile(LABEL.replace("{ordinals}", _or(worded))),
        ordinals=ordinals,
        first=re.compile(rf"(?:{first})(?!\w)", re.IGNORECASE),
        several=re.compile(rf"{SEVERAL}|(?:{tables.get('several', '(?!)')})\s*$"),
        of_unit=re.compile(rf"{of}({outer})\s*(?=[\dIVXLC]|{first})", re.IGNORECASE),
        of_outer=re.compile(rf"{of}|,\s+|\s+"),
        joint=re.compile(rf"\s*(?:[,;]\s*(?:{joint}\s+)?|\s{joint}\s+)", re.IGNORECASE),
        to=re.compile(
            rf"\.?{DASH}(?=[\dIVX])|\s+{pattern('to').pattern}\s+(?:(?:{outer})\s*)?(?=\d|[LRD]\.)", re.IGNORECASE
        ),
        to_label=re.compile(TO_LABEL.replace("{to}", pattern("to").pattern), re.IGNORECASE),
        near=frozenset(tables.get("near", ())),
        explicit=frozenset(tables.get("explicit", ())),
        glue_after=pattern("glue_after", "(?i:{})"),
        glue_name=pattern("glue_name"),
        glue_before=pattern("glue_before", "(?i:{})"),
        chain=pattern("chain", "(?i:{})"),
        not_before=pattern("not_before"),
        not_after=pattern("not_after"),
        unknown=pattern("unknown"),
        amending=re.compile(tables.get("amending", "(?!)"), re.IGNORECASE),
        serial_comma=bool(tables.get("serial_comma", True)),
        again=re.compile(rf"({outer})\s*", re.IGNORECASE),
        goes_on=pattern("goes_on", GOES_ON),
        bare=pattern("bare") if "bare" in tables else None,
        papers=pattern("papers") if "papers" in tables else None,
        headed=pattern("headed") if "headed" in tables else None,
        resumed=pattern("resumed") if "resumed" in tables else None,
        reporting=re.compile(tables.get("reporting", "(?!)")),
        see=re.compile(rf"\((?:{tables.get('see', '(?!)')})(?!\w)[^()]*$", re.IGNORECASE),
    )


def groups(text: str, language: str, rules: Rules) -> list[Group]:
    """The citations of a passage, in order."""
    words = grammar(rules, language)
    if words is None:
        return []
    found: list[Group] = []
    at = 0
    for match in words.trigger.finditer(text):
        if match.start() < at or words.not_before.search(text, max(0, match.start() - 24), match.start()):
            continue
        group = _group(text, match, words)
        if group is not None and not words.not_after.match(text, group.end):
            at = group.end
            if found and _within(found[-1], group, text):
                found[-1] = group
                continue
            if (
                found
                and group.unit in OUTER
                and words.of_outer.fullmatch(text[found[-1].end : group.start])
                and found[-1].unit != group.unit
            ):
                found[-1] = replace(found[-1], end=group.end)
                continue
            found.append(group)
    for match in words.headed.finditer(text) if words.headed else ():
        listed = _listed(text, match.end(), match.end(), "article", words)
        if listed is not None:
            found = _instead(found, listed)
    if words.resumed and found:
        found = _resumed(text, found, words, words.resumed)
    found.sort(key=lambda group: group.start)
    if words.bare is not None:
        found.extend(_bare(text, found, words.bare))
        found.sort(key=lambda group: group.start)
    return found


def _instead(found: Sequence[Group], listed: Group) -> list[Group]:
    return [*(g for g in found if g.end <= listed.start or listed.end <= g.start), listed]


def _resumed(text: str, found: list[Group], words: Grammar, follows: re.Pattern[str]) -> list[Group]:
    """Articles of a further law without their word: "los artículos 2 de la Ley Penal; 5 y 7 del Código Civil"."""
    for match in RESUMES.finditer(text, found[0].end):
        before = max((g.end for g in found if g.unit == "article" and g.start < match.start()), default=None)
        if before is None or match.start() < before or STOPS.search(text, before, match.start()):
            continue
        listed = _listed(text, match.end(), match.end(), "article", words)
        if listed is not None and follows.match(text, listed.end):
            found = _instead(found, listed)
    return found


def _within(outer: Group, inner: Group, text: str) -> bool:
    """Whether the larger unit stands before the smaller one: "chapter 6, section 11", « titre II, chapitre 3 »."""
    smaller = inner.unit not in LARGER or (outer.unit, inner.unit) == ("part", "chapter")
    return outer.unit in LARGER and smaller and text[outer.end : inner.start].strip(" ,") == ""


def _bare(text: str, found: Sequence[Group], pattern: re.Pattern[str]) -> list[Group]:
    """Numbers right before the short name of a code: «20.2 КоАП»."""
    more = []
    for match in pattern.finditer(text):
        if not any(group.start < match.end(1) and match.start(1) < group.end for group in found):
            places = [match]
            while ahead := BARE_BEFORE.search(text, max(0, places[0].start() - 14), places[0].start()):
                places.insert(0, ahead)
            for place in places:
                number = "".join(place.group(1).split())
                one = Provision(place.start(1), place.end(1), "article.before-code", "article", number)
                more.append(Group(one.start, one.end, "article", (one,)))
    return more


def _group(text: str, match: re.Match[str], words: Grammar) -> Group | None:
    word = " ".join(match.group(1).lower().split())
    first = _subdivided(text, match, words)
    if first is not None:
        return first
    unit = words.units.get(word)
    return None if unit is None else _listed(text, match.start(), match.end(), unit, words)


def _subdivided(text: str, match: re.Match[str], words: Grammar) -> Group | None:
    """ "paragraphs 1 and 2 of article 9", «частей 1, 2 и 5 статьи 20.2», «п. 2 ч. 1 ст. 105»."""
    word = " ".join(match.group(1).lower().split())
    labels = [] if words.units.get(word) in ("article", "rule") else _labels(text, match.start(), match.end(), words)
    if not labels:
        return None
    inner: list[str] = []
    at = labels[-1][1]
    while True:
        of = words.of_unit.match(text, at)
        if (
            of
            and of.group(1)
            and words.units.get(" ".join(of.group(1).lower().split())) in ("article", "section", "rule")
        ):
            break
        step = words.subunits.match(text, at)
        if step is None:
            return None
        nested = step.group("of") is not None or NESTED.match(step.group()) is not None
        more = _labels(text, step.end(), step.end(), words)
        if (
            more and not inner and not nested and words.joint.match(text, at)
        ):  # "paragraph 1 and paragraph 3 of article 9"
            labels += more
            at = labels[-1][1]
            continue
        if len(labels) > 1 and not nested:
            return None
        if len(more) != 1:
            return None
        inner.insert(0, more[0][2])
        at = more[0][1]
    unit = words.units[" ".join(of.group(1).lower().split())]
    number = _number(text, of.end(), words)
    if number is None:
        return None
    glued, end = _brackets(text, number[1])
    provisions = []
    for index, (start, stop, label) in enumerate(labels):
        last = index == len(labels) - 1
        provisions.append(
            Provision(
                start,
                end if last else stop,
                "article.subdivision-first",
                unit,
                number[0],
                None,
                glued + "".join(inner) + label,
            )
        )
    return Group(match.start(), end, unit, tuple(provisions))


def _labels(text: str, start: int, at: int, words: Grammar) -> list[tuple[int, int, str]]:
    """The labels of a list of subdivisions with their places; the first has the word before it."""
    found: list[tuple[int, int, str]] = []
    outer, closing = "", False
    while label := words.label.match(text, at):
        name, end = label.group(1), label.end()
        if ordinal := next((number for stem, number in words.ordinals.items() if name.startswith(stem)), None):
            name = ordinal
        value = f"({name})"
        if label.group().endswith(")") and name[0].isdigit() and _open(text, at):
            end -= 1  # the bracket around the citation: "(art. 20, para. 5)"
        bare = value
        while more := BRACKETED.match(text, end):
            value, end = value + f"({more.group(1)})", more.end()
        if name[0].isdigit():
            outer = bare if re.fullmatch(r"\(\d+\)\([^\W\d_]\)", value) else ""
            if letter := LETTER.match(text, end):
                outer, value, end = value, value + f"({letter.group(1)})", letter.end()
            elif (to := words.to_label.match(text, end)) and _above(to.group("n"), name):
                value, end = f"{value}-({to.group('n')})", to.end()
        else:
            value = outer + value  # «пункты 3 d) и g)»
        found.append((start if not found else at, end, value))
        joint = words.joint.match(text, end)
        following = words.label.match(text, joint.end()) if joint else None
        if (
            joint is None
            or following is None
            or ";" in joint.group()  # "9, párrafo 1; 14, párrafo 3"
            or ("," in joint.group() and (closing or (not words.serial_comma and joint.group().strip(" ,"))))
            or _takes(text, at, joint, following.end(), words)
            or (
                re.match(r"[a-zа-яё]\w", text[joint.end() : joint.end() + 2])
                and not text.startswith(tuple(words.ordinals) or ("\0",), joint.end())
            )
        ):
            break
        closing = "," not in joint.group() and name[0].isdigit() and following.group(1)[0].isdigit()
        at = joint.end()
    return found


def _takes(text: str, at: int, joint: re.Match[str], end: int, words: Grammar) -> bool:
    """Whether a further number has subdivisions as the one before: "articles 9, paragraph 1, and 14, paragraph 3".

    It is a paragraph itself in "article 12, paragraphs 1 and 2, subparagraph (d)".
    """
    below = words.subunits.match(text, end) if text[end : end + 1] == "," else None
    if below is None:
        return False
    own, other = (WORD_BEFORE.search(text, max(0, place - 24), place) for place in (at, below.end()))
    several = own and words.several.search(own.group()) and "," not in joint.group()
    return not (several and own and other and own.group()[:3].lower() != other.group()[:3].lower())


def _open(text: str, at: int) -> bool:
    """Whether a bracket is open at a place."""
    return text.rfind("(", max(0, at - 80), at) > text.rfind(")", max(0, at - 80), at)


def _plain(number: str) -> str:
    return re.sub(r"\s+(?=[A-Z])", "", " ".join(number.split()))


def _brackets(text: str, at: int) -> tuple[str, int]:
    """Subdivisions glued to a number, "(2)(b)", and where they end."""
    value = ""
    while more := BRACKETED.match(text, at):
        value, at = value + f"({more.group(1).replace(' ', '')})", more.end()
    if value and (to := TO_BRACKET.match(text, at)):
        value, at = f"{value}-{to.group(1)}", to.end()
    if not value and (letter := LETTER.match(text, at)):
        value, at = f"({letter.group(1)})", letter.end()
    while (below := BEHIND_COMMA.match(text, at)) and not _open(text, at):
        value, at = value + f"({below.group(1)})", below.end()
    return value, at


def _listed(text: str, start: int, at: int, unit: Unit, words: Grammar) -> Group | None:
    """A unit word and its numbers: one provision each, ranges one, subdivisions with the number before them."""
    found: list[Provision] = []
    place = start
    end, told, marks = at, False, False
    while True:
        led, at = _led(text, at, words) if found else ("", at)
        number = _number(text, at, words)
        if number is None or (found and YEAR.match(text, at)):
            break
        if found and not _goes_on(text, number[1], words) and not (told and ABOUT.match(text, number[1])):
            break
        value, end = number
        marked = MARKED.search(text, at, end) is not None
        if found and marked and not marks:  # « article 7, 1° et 2°, de la loi »
            found = _itemized(found, place, end, value)
            joint = words.joint.match(text, end)
            if joint is None:
                break
            at = place = joint.end()
            continue
        marks = marks or marked
        sub, end = _brackets(text, end)
        sub = led + sub
        to = words.to.match(text, end)
        upper = _number(text, to.end(), words) if to else None
        if upper is not None and _above(upper[0], value):
            end = upper[1]
            found.append(Provision(place, end, f"{unit}.range", unit, value, upper[0], sub or None))
        else:
            end = _clauses(text, place, end, unit, value, sub, found, words)
        titled = TITLED.match(text, end) or ABOUT.match(text, end)
        joint = words.joint.match(text, titled.end() if titled else end)
        if joint is None:
            break
        told = titled is not None or len(found) > 1 or joint.group().strip()[-1:].isalpha()
        at = place = joint.end()
        again = words.again.match(text, at)
        if again and words.units.get(" ".join(again.group(1).lower().split())) == unit:
            break
        while bracket := BRACKETED.match(text, at):
            label, stop = _brackets(text, at)
            label = _level_of(found[-1].subdivision, label) + label
            found.append(Provision(at + (bracket.group()[0] == " "), stop, f"{unit}.list", unit, value, None, label))
            end = stop
            joint = words.joint.match(text, end)
            if joint is None:
                break
            at = place = joint.end()
        if joint is None:
            break
    return Group(start, end, unit, tuple(found)) if found else None


def _led(text: str, at: int, words: Grammar) -> tuple[str, int]:
    """The part that stands before its article in a list, and where the article's number begins: «ст. 282, ч. 1 148»."""
    step = words.subunits.match(text, at)
    labels = _labels(text, at, step.end(), words) if step else []
    if len(labels) != 1 or not _next(text, labels[0][1], words):
        return "", at
    return labels[0][2], labels[0][1] + 1


def _next(text: str, at: int, words: Grammar) -> bool:
    """Whether the number of a further article follows right after a part."""
    number = NEXT_NUMBER.match(text, at)
    return number is not None and _goes_on(text, number.end(), words)


def _itemized(found: list[Provision], at: int, end: int, value: str) -> list[Provision]:
    """An item with an ordinal mark under the last article: of its own fact from the second on."""
    last = found[-1]
    if last.subdivision is None:
        return [*found[:-1], replace(last, end=end, subdivision=f"({value})")]
    return [*found, replace(last, start=at, end=end, rule=f"{last.unit}.paragraphs", subdivision=f"({value})")]


def _number(text: str, at: int, words: Grammar) -> tuple[str, int] | None:
    """The number of a provision and where it ends, its hyphens read: "225-4-1", not the range "60-64"."""
    match = NUMBER.match(text, at)
    if match is None and (first := words.first.match(text, at)):
        return "1", first.end()
    if match is None:
        bracketed = BRACKETED_NUMBER.match(text, at)
        return (bracketed.group(1), bracketed.end()) if bracketed else None
    value, end = _plain(match.group("n")), match.end()
    while (more := HYPHENED.match(text, end)) and value[-1].isdigit() and not _above(more.group(1), value):
        value, end = f"{value}-{more.group(1)}", more.end()
    return value, end


def _goes_on(text: str, end: int, words: Grammar) -> bool:
    """Whether a further number still belongs to the list, not to the words after it ("article 5, 12 persons")."""
    return words.goes_on.match(text, end) is not None or TITLED.match(text, end) is not None


def _level_of(before: str | None, label: str) -> str:
    """What stands above a letter in a list: "(3) (b), (d)" is (3)(b) and (3)(d)."""
    above = re.match(r"((?:\(\d+\))+)\([^\W\d_]+\)$", before or "")
    return above.group(1) if above and label[1:2].isalpha() else ""


def _clauses(
    text: str, place: int, end: int, unit: Unit, value: str, sub: str, found: list[Provision], words: Grammar
) -> int:
    """ ", paragraphs 1 and 2" after a number: a provision each; without it the number is one."""
    rule = f"{unit}.list" if found else f"{unit}.number"
    step = words.subunits.match(text, end)
    labels = _labels(text, place, step.end(), words) if step else []
    ahead = labels and _next(text, labels[-1][1], words)  # the part of the next one: «ст. 282, ч. 1 148»
    if step is None or not labels or ahead or words.of_unit.match(text, labels[-1][1]):
        found.append(Provision(place, end, rule, unit, value, None, sub or None))
        return end
    if len(labels) == 1 or not (words.several.search(step.group()) or _lettered(text, labels[1:])):
        start, stop, label = labels[0]
        sub, end = sub + label, stop
        while (
            (below := words.subunits.match(text, end))
            and (more := _labels(text, place, below.end(), words))
            and (len(more) == 1 or not words.several.search(below.group()))
        ):
            sub, end = sub + more[0][2], more[0][1]
        if below and len(more) > 1 and not words.of_unit.match(text, more[-1][1]):  # "45, numeral 6, incisos e) y f)"
            for start, stop, label in more:
                found.append(Provision(start, stop, f"{unit}.paragraphs", unit, value, None, sub + label))
            return more[-1][1]
        end += _closes(text, step, end)
        found.append(Provision(place, end, rule, unit, value, None, sub))
        return end
    end = labels[-1][1]
    if (below := words.subunits.match(text, end)) and below.group().startswith(","):
        more = _labels(text, place, below.end(), words)
        if len(more) == 1 and not words.of_unit.match(text, more[0][1]):
            end = more[0][1]
            labels[-1] = (labels[-1][0], end, labels[-1][2] + more[0][2])
    for start, stop, label in labels:
        found.append(Provision(start, stop, f"{unit}.paragraphs", unit, value, None, sub + label))
    return end + _closes(text, step, end)


def _lettered(text: str, labels: Sequence[tuple[int, int, str]]) -> bool:
    """Whether letters go on from a number: "paragraph 3 (b) and (d)"."""
    return all(text[stop - 1] == ")" and not text[start].isdigit() for start, stop, _ in labels)


def _closes(text: str, step: re.Match[str], end: int) -> bool:
    """Whether the bracket that a step opened ends here: "44 (para. 6)"."""
    return "(" in step.group() and text[end : end + 1] == ")"


def _above(upper: str, lower: str) -> bool:
    """Whether a second number makes a range with the first one: 317-320, I-IV, 12.1-12.4, not 121-3."""
    if lower[0].isalpha() and any(c.isdigit() for c in lower):
        lower = lower.lstrip("LRDO. ")  # "L. 321-1 to L. 321-5"
        upper = upper.lstrip("LRDO. ")
        return "-" in upper and _above(upper, lower)
    if upper[0].isdigit() != lower[0].isdigit():
        return False
    if not upper[0].isdigit():
        return True
    if "." in lower and "." not in upper:  # «по ст. 20.3.3 — 90 дней»
        return False
    return [int(n) for n in re.findall(r"\d+", upper)] > [int(n) for n in re.findall(r"\d+", lower)]
