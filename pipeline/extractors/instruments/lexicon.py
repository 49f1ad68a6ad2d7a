"""The words of instruments, compiled once for each set of rules and language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from ...errors import RulesError
from ...model import LANGUAGES, InstrumentKind
from ...rules import Rules

KINDS = ("law", "code", "decree", "constitution", "regulation", "treaty", "bill", "policy")

WORD = re.compile(r"[^\W_]+")


def stem(word: str) -> str:
    """A word cut to six letters, so that inflected forms meet."""
    return word.lower()[:6]


def stems(name: str) -> list[str]:
    """The words of a name in order, lower case, cut to six letters."""
    return [stem(word) for word in WORD.findall(name)]


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty of the gazetteer; `keys` are sets of stems one of which stands in each of its names."""

    id: str
    family: str
    keys: tuple[frozenset[str], ...]
    number: str | None
    symbols: tuple[str, ...]
    short: tuple[str, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What `naming` needs of one language; the patterns are described where they are made."""

    language: str
    trigger: re.Pattern[str]
    kinds: Mapping[str, InstrumentKind]
    capital: frozenset[str]
    plural: frozenset[str]
    connectors: frozenset[str]
    left_connectors: frozenset[str]
    left_long: frozenset[str]
    prepositions: re.Pattern[str]
    lower_prepositions: re.Pattern[str]
    ends: frozenset[str]
    end_pattern: re.Pattern[str]
    leading: frozenset[str]
    idle: frozenset[str]
    title_nouns: frozenset[str]
    actions: frozenset[str]
    parties: re.Pattern[str]
    general: frozenset[str]
    lower_codes: re.Pattern[str]
    codes_after: re.Pattern[str]
    enacting: re.Pattern[str] | None
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    adoption: re.Pattern[str]
    adopted: re.Pattern[str]
    determiners: frozenset[str]
    protocols_of: re.Pattern[str]
    bodies: re.Pattern[str]
    body_after: re.Pattern[str]
    body_before: re.Pattern[str]
    numbered: frozenset[str]
    qualified: frozenset[str]
    articleless: bool
    uncased: Mapping[str, Any] | None
    nominatives: Mapping[str, str]
    stressed: frozenset[str]
    known: frozenset[str]
    adjectived: frozenset[str]
    phrase: re.Pattern[str] | None
    genitive: re.Pattern[str] | None
    goes_on: re.Pattern[str] | None
    subject: re.Pattern[str] | None
    state: re.Pattern[str]
    of_body: re.Pattern[str] | None
    cited_acronym: re.Pattern[str] | None
    adjectives: re.Pattern[str] | None
    noun_first: bool
    adjectives_after: re.Pattern[str] | None
    apart: re.Pattern[str]
    doing: re.Pattern[str] | None
    leads_small: frozenset[str]
    breaking: frozenset[str]
    day: re.Pattern[str] | None
    quoted: re.Pattern[str]
    apposition: re.Pattern[str]
    body_nouns: frozenset[str]
    pointing: frozenset[str]
    unnamed: frozenset[str]
    small: re.Pattern[str]
    cited: re.Pattern[str]
    singular: Mapping[str, str]
    draft: re.Pattern[str]
    plans: re.Pattern[str] | None
    to_main: re.Pattern[str]
    when: str
    issued: re.Pattern[str] | None
    abbreviations: Mapping[str, str]
    synonyms: Mapping[tuple[str, ...], str]
    suffixes: tuple[tuple[str, re.Pattern[str]], ...]
    tails: re.Pattern[str] | None
    official: frozenset[str]
    same_words: Mapping[str, str]
    treaties: tuple[Treaty, ...]
    acronyms: Mapping[str, str]
    shared: Mapping[str, str]


def _need(tables: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    value = tables.get(key)
    if not isinstance(value, kind):
        raise RulesError(f"{where}: entry '{key}' must be a {kind.__name__}, is {type(value).__name__}")
    return value


def _words(tables: Mapping[str, Any], key: str, where: str) -> list[str]:
    value = _need(tables, key, list, where)
    if not all(isinstance(word, str) and word for word in value):
        raise RulesError(f"{where}: entry '{key}' must be a list of words")
    return cast(list[str], value)


def _pattern(tables: Mapping[str, Any], key: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(_need(tables, key, str, where))
    except re.error as error:
        raise RulesError(f"{where}: entry '{key}' is no regular expression: {error}") from error


def any_of(words: Sequence[str]) -> str:
    """An alternation, longest first, in which a space stands for any space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def by_first_letter(words: Sequence[str], capital: frozenset[str] = frozenset(), behind: str = "") -> str:
    """An alternation of words with or without a capital (those in `capital` with one), grouped by first letter.

    Grouped so, scanning costs a third less than with a plain alternation. `behind` is what must hold right after the
    first letter: of acronyms, that nothing stands before it, for then a search looks at capitals only.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        first = f"[{word[0].upper()}{'' if word in capital or word[0].isupper() else word[0]}]"
        end = r"(?!\w)" if word[-1].isalnum() else ""
        rest = re.sub(r"\\([- ])(\w)", lambda m: f"{m[1]}[{m[2].upper()}{m[2]}]", re.escape(word[1:]))
        rest = rest.replace(r"\ ", r"\s+").replace(" ", r"\s+")
        groups.setdefault(first, []).append(rest + end)
    return "|".join(f"{first}{behind}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))


def _trigger(
    heads: Mapping[str, InstrumentKind], capital: frozenset[str], abbreviations: Sequence[str]
) -> re.Pattern[str]:
    """Head nouns, capitalised or in lower case where that may name an instrument too, and short names of codes."""
    return re.compile(rf"(?<![\w-])(?:{by_first_letter([*heads, *abbreviations], capital)})(?!-[^\W\d_])")


@cache
def gazetteer(rules: Rules) -> tuple[tuple[Treaty, ...], Mapping[str, str], Mapping[str, str]]:
    """The treaties, then acronym → id of those that name only the treaty, and of those shared with a body."""
    treaties, acronyms, shared = [], {}, {}
    for entry in rules.shared.get("treaties", {}).get("treaty", ()):
        where = f"treaties.toml, treaty {entry.get('id')!r}"
        keys = [key for code in LANGUAGES for key in entry.get(code, ())]
        treaties.append(
            Treaty(
                _need(entry, "id", str, where),
                _need(entry, "family", str, where),
                tuple(frozenset(stems(key)) for key in keys),
                entry.get("number"),
                tuple(entry.get("symbol", ())),
                tuple(entry.get("short", ())),
                {code: re.sub(r"[\[\]]", "", entry[f"title_{code}"]) for code in LANGUAGES if f"title_{code}" in entry},
            )
        )
        acronyms.update(dict.fromkeys(entry.get("acronyms", ()), entry["id"]))
        shared.update(dict.fromkeys(entry.get("shared", ()), entry["id"]))
    return tuple(treaties), acronyms, shared


def under(symbol: str | None, rules: Rules) -> Treaty | None:
    """The treaty under which a report is made, as its symbol says."""
    fits = [(len(s), t) for t in gazetteer(rules)[0] for s in t.symbols if (symbol or "").startswith(s)]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _nations(rules: Rules, language: str) -> frozenset[str]:
    """Stems of the adjectives of countries and of their names of one word, which tell no instrument from another."""
    found: set[str] = set()
    spelling = rules.spellings.get(language)
    for entry in rules.shared.get("countries", {}).values():
        adjectives = entry.get(f"{language}_adjectives", ())
        adjectives = [spelling.word(word) for word in adjectives] if spelling else adjectives
        found.update(stem(word) for word in adjectives if " " not in word)
        names = entry.get(language, ())
        found.update(stem(word) for word in names if " " not in word and len(word) > 3)
        found.update(stem(word) for name in names for word in WORD.findall(name) if len(word) > 1 and word.isupper())
    return frozenset(found)


def _tails(rules: Rules, language: str, kinds: Mapping[str, InstrumentKind]) -> re.Pattern[str] | None:
    """What follows the head noun in official titles with commas; `[…]` in the data is optional."""
    heads = {word for word, kind in kinds.items() if kind == "treaty"}
    found: set[str] = set()
    for entry in rules.shared.get("treaties", {}).get("treaty", ()):
        for title in (entry.get(f"title_{language}", ""), *entry.get(f"titles_{language}", ())):
            words = title.split()
            at = next((i for i, word in enumerate(words) if word.lower().strip("[],") in heads), None)
            if at is None or at + 1 == len(words):
                continue
            parts = re.split(r"\[([^\]]*)\]\s*", " ".join(words[at + 1 :]))
            body = "".join(f"(?:{_flexible(p)}\\s+)?" if i % 2 else _flexible(p) for i, p in enumerate(parts))
            found.add(r",?\s+" + body.strip())
    ordered = sorted(found, key=lambda tail: (-len(tail), tail))
    return re.compile(f"(?:{'|'.join(ordered)})(?!\\w)", re.IGNORECASE) if ordered else None


def _official_words(rules: Rules, language: str, kinds: Mapping[str, InstrumentKind]) -> frozenset[str]:
    """The words before the head noun in official titles, in lower case."""
    found: set[str] = set()
    for entry in rules.shared.get("treaties", {}).get("treaty", ()):
        words = [word.lower().strip("[],") for word in entry.get(f"title_{language}", "").split()]
        at = next((i for i, word in enumerate(words) if kinds.get(word) == "treaty"), 0)
        found.update(words[:at])
    return frozenset(found)


def _flexible(words: str) -> str:
    """The words with any space between them, commas and hyphens optional."""
    escaped = re.escape(words.strip())
    escaped = re.sub(r"([а-яё]{3,}?)(?:ийся|[а-яё]{3})(?![а-яё])", r"\1\\w*", escaped)
    escaped = escaped.replace(",", ",?").replace(r"\-", r"[-\s]?").replace(r"\ ", r"\s+").replace("'", "['’]")
    return escaped + (r"\s+" if words.endswith(" ") else "")


def _suffixes(tables: Mapping[str, Any], where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What may follow a name: year, span of years, number, acronym, an amending clause."""
    year, month = r"(?:1[89]|20)\d\d", _need(tables, "month", str, where)
    issued, number = _need(tables, "years", str, where), _need(tables, "number", str, where)
    period = _need(tables, "period", str, where)
    dated = _need(tables, "dated", str, where)
    chapter = _need(tables, "chapter", str, where)
    when = _need(tables, "when", str, where)
    forms = [
        (
            "span",
            rf",?\s*\(?(?:{period})?(?<![\d/])({year})\s*(?:[-–—/]|(?:to|по|до|a|à|al)\s)\s*((?:20)?\d\d)(?!\d)\)?(?:\s+(?:годы|гг\.))?",
        ),
        (
            "year",
            rf",?\s*\((?:{issued}\s+(?:{when})\s+)?{month}({year})(?:\s*(?:год[ау]?|г\.|version|edition|revision))?\)",
        ),
        ("number", rf"\s*\((?:{chapter})\s*(?P<no>\d[\w/.-]*)(?:\s+(?:of|de|du)\s+(?P<yr>\d{{4}}))?\)"),
        ("number", rf"\s*\({number}\s*(?P<no>[\dA-Za-zА-Яа-я](?:[\w/.-]*\w)?)(?:\s+(?:of|de|du)\s+(?P<yr>\d{{4}}))?\)"),
        ("number", rf"\s*\((?P<no>(?P<yr>{year}):\d{{1,4}})\)"),
        ("number", rf",?\s*{number}\s*(?P<no>[\dA-Za-zА-Яа-я](?:[\w/.-]*\w)?)"),
        ("year", rf",?\s+{dated}\s+{month}({year})(?:\s*(?:года|г\.))?(?![\d/])"),
        ("year", rf",?\s+(?:(?:which|that)\s+(?:was|were)\s+)?{issued}\s+(?:(?:{when})\s+)?{month}({year})(?![\d/])"),
        ("year", rf",?\s+({year})(?![\d/-]|\s*[-–]\s*\d)"),
        ("amended", r"\s*\((?:[Aa]s\s+)?[Aa]mended[^()]*\)|\s*\([Rr]evised[^()]*\)"),
        (
            "acronym",
            r"\s*[(\[]\s*[\"“«']?(?:the\s+|hereinafter\s+|hereinafter:?\s+the\s+|далее\s*[-–—:]?\s*)?"
            r"[\"“«']?(?P<acr>[^\W\d_][\w.&/ –-]{0,28}?)[\"”»']?\s*[)\]](?!\s*(?:No\.?\s*)?\d)",
        ),
    ]
    return tuple((name, re.compile(form)) for name, form in forms)


def _nominatives(tables: Mapping[str, Any]) -> dict[str, str]:
    """Each form of a head noun with its nominative, the first form of it in the list."""
    found: dict[str, str] = {}
    for words in tables["heads"].values():
        for word in words:
            found[word] = next(first for first in words if first[:4] == word[:4])
    return found


def _other_cases(capital: frozenset[str], unnamed: Sequence[str]) -> re.Pattern[str]:
    """Nouns of treaties in small letters, where others need a capital, and in capitals."""
    words = [*(word for word in unnamed if word in capital), *(word.upper() for word in unnamed)]
    return re.compile(rf"(?<!\w)(?:{any_of(words)})(?!\w)")


def _cited(articles: Mapping[str, Any]) -> re.Pattern[str]:
    """What ends right before the instrument of a cited article: "article 2, paragraph 1, and article 25 of the"."""
    article = articles.get("units", {}).get("article", [])
    first, and_, to, of = (articles.get(key, "(?!)") for key in ("first", "and", "to", "of"))
    inside = rf"[^\W\d_]{{1,2}}|[IVXLC]+|{first}|{and_}|{to}|{any_of([*article, *articles.get('subunits', [])])}"
    labels = rf"(?:[\d\s.,()°º-]|(?<!\w)(?:{inside})(?!\w))+"
    return re.compile(rf"(?<!\w)(?:{any_of(article)})\s?{labels}{of}$", re.IGNORECASE)


@cache
def lexicon(rules: Rules, language: str) -> Lexicon:
    """The compiled words of a language; RulesError names an entry that is missing or ill-typed."""
    tables = rules.languages[language].get("instruments", {})
    where = f"languages/{language}.toml, table [instruments]"
    heads: dict[str, InstrumentKind] = {}
    for kind, words in _need(tables, "heads", dict, where).items():
        if kind not in KINDS:
            raise RulesError(f"{where}: unknown kind of instrument '{kind}'; known are {', '.join(KINDS)}")
        heads.update(dict.fromkeys(words, cast(InstrumentKind, kind)))
    capital = frozenset(_words(tables, "capital", where))
    abbreviations = tables.get("abbreviations", {})
    treaties, acronyms, shared = gazetteer(rules)
    return Lexicon(
        language=language,
        trigger=_trigger(heads, capital - set(tables.get("adjectived", ())), list(abbreviations)),
        kinds=heads,
        capital=capital,
        plural=frozenset(_words(tables, "plural", where)),
        connectors=frozenset(_words(tables, "connectors", where)),
        left_connectors=frozenset(_words(tables, "left_connectors", where)),
        left_long=frozenset(_words(tables, "left_long", where)),
        prepositions=re.compile(rf"\s+(?:{any_of(_words(tables, 'prepositions', where))})(?=\s)", re.IGNORECASE),
        lower_prepositions=re.compile(rf"\s+(?:{any_of(_words(tables, 'lower_prepositions', where))})(?=\s)"),
        ends=frozenset(_words(tables, "ends", where)),
        end_pattern=_pattern(tables, "end_pattern", where),
        leading=frozenset(_words(tables, "leading", where)),
        idle=frozenset(stem(word) for word in _words(tables, "idle", where)) | _nations(rules, language),
        title_nouns=frozenset(_words(tables, "title_nouns", where)),
        actions=frozenset(_words(tables, "actions", where)),
        parties=_pattern(tables, "parties", where),
        general=frozenset(cut for word in _words(tables, "general", where) for cut in stems(word)),
        lower_codes=re.compile(rf"(?:^|[\s(“\"])((?:{any_of(_words(tables, 'lower_codes', where))})\s)$"),
        codes_after=re.compile(rf"\s+(?:{any_of(_words(tables, 'lower_codes', where))})(?!\w)"),
        enacting=_pattern(tables, "enacting", where) if "enacting" in tables else None,
        not_before=_pattern(tables, "not_before", where),
        not_after=_pattern(tables, "not_after", where),
        adoption=_pattern(tables, "adoption", where),
        adopted=_pattern(tables, "adopted", where),
        determiners=frozenset(_words(tables, "determiners", where)),
        protocols_of=_pattern(tables, "protocols_of", where),
        bodies=_pattern(tables, "bodies", where),
        body_after=_pattern(tables, "body_after", where),
        body_before=_pattern(tables, "body_before", where),
        numbered=frozenset(_words(tables, "numbered", where)),
        qualified=frozenset(_words(tables, "qualified", where)),
        articleless=bool(tables.get("articleless")),
        uncased=tables.get("uncased"),
        nominatives=_nominatives(tables) if tables.get("articleless") or "uncased" in tables else {},
        stressed=frozenset(tables.get("stressed", ())),
        phrase=_pattern(tables, "phrase", where) if "phrase" in tables else None,
        adjectived=frozenset(tables.get("adjectived", ())),
        known=frozenset(tables.get("known", ())),
        goes_on=_pattern(tables, "goes_on", where) if "goes_on" in tables else None,
        genitive=_pattern(tables, "genitive", where) if "genitive" in tables else None,
        subject=_pattern(tables, "subject", where) if "subject" in tables else None,
        state=_pattern(tables, "state", where),
        cited_acronym=_pattern(tables, "cited_acronym", where) if "cited_acronym" in tables else None,
        of_body=_pattern(tables, "of_body", where) if "of_body" in tables else None,
        adjectives=_pattern(tables, "adjectives", where) if "adjectives" in tables else None,
        noun_first=tables.get("order") == "noun first",
        adjectives_after=_pattern(tables, "adjectives_after", where) if "adjectives_after" in tables else None,
        apart=re.compile(rf"\s+(?:{any_of(tables.get('apart', ['$^']))})(?=\s)"),
        doing=_pattern(tables, "doing", where) if "doing" in tables else None,
        leads_small=frozenset(tables.get("leads_small", ())),
        breaking=frozenset(tables.get("breaking", ())),
        quoted=re.compile(rf"[,:]?\s+(?:{tables.get('titled', '$^')}\s+)?[“\"«][^”\"»]{{3,200}}[”\"»]"),
        apposition=re.compile(rf",\s+(?:{tables.get('titled', '$^')}\s+(?:la\s+|el\s+)?)?"),
        body_nouns=frozenset(tables.get("body_nouns", ())),
        day=_pattern(tables, "day", where) if "day" in tables else None,
        pointing=frozenset(tables.get("pointing", ())),
        unnamed=frozenset(_words(tables, "unnamed", where)),
        small=_other_cases(capital, tables["unnamed"]),
        cited=_cited(rules.languages[language].get("articles", {})),
        singular=tables.get("singular", {}),
        draft=_pattern(tables, "draft", where),
        plans=_pattern(tables, "plans", where) if "plans" in tables else None,
        to_main=_pattern(tables, "to_main", where),
        when=_pattern(tables, "when", where).pattern,
        issued=_pattern(tables, "issued", where) if "issued" in tables else None,
        abbreviations={short: names[0] for short, names in abbreviations.items()},
        synonyms={tuple(sorted(set(stems(name)))): names[0] for names in abbreviations.values() for name in names},
        suffixes=_suffixes(tables, where),
        tails=_tails(rules, language, heads),
        official=_official_words(rules, language, heads) | frozenset(_words(tables, "official", where)),
        same_words={stem(a): stem(b) for a, b in tables.get("same_words", {}).items()},
        treaties=treaties,
        acronyms=acronyms,
        shared=shared,
    )
