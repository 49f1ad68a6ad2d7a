"""The date words of a language, checked and compiled: month names, connectors, qualifiers, counted nouns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...errors import RulesError
from ...rules import Rules, names_of

LISTS = (
    "month_words",
    "before_month",
    "day_article",
    "day_suffixes",
    "between_day_and_month",
    "before_year",
    "after_year",
    "to",
    "and",
    "between",
    "from",
    "since",
    "about",
    "around_year",
    "decade_suffixes",
    "parts_alone",
    "counted",
    "units_before",
    "units_after",
    "year_follows",
    "year_surely_follows",
    "old_year_follows",
    "first_months",
    "months_word",
    "year_codes",
)
OPTIONAL = (
    "recurring",
    "decade_prefixes",
)
TABLES = ("months", "months_short", "ordinals", "parts", "month_counts")
FLAGS = ("day_first", "decades_short", "months_alone")
DASH = r"\s?[-\u00ad\u2010-\u2015\u2212]\s?"
YEAR = r"(?:1[5-9]|2[01])\d\d"
END = r"(?!\d|[.,]\d{3})"
NOTED = rf"(?:{END}|(?=[1-9]\d?(?![\d%]|[.,]\d)))"  # a year with the mark of a note glued to it: "febrero de 20073"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Compiled once for each language and Rules; `[dates]` of the language's file says what each list means."""

    months: Mapping[str, int]
    month_words: frozenset[str]
    short_months: frozenset[str]
    ordinals: Mapping[str, int]
    parts: Mapping[str, int]
    parts_alone: frozenset[str]
    month_counts: Mapping[str, int]
    day_first: bool
    years: re.Pattern[str]
    month_names: re.Pattern[str]
    atom: re.Pattern[str]
    day: re.Pattern[str]
    days_to: re.Pattern[str]
    to: re.Pattern[str]
    and_: re.Pattern[str]
    between: re.Pattern[str]
    from_: re.Pattern[str]
    about: re.Pattern[str]
    around_year: re.Pattern[str]
    before_month: re.Pattern[str]
    month_before: re.Pattern[str]
    month_after: re.Pattern[str]
    since: re.Pattern[str]
    recurring: re.Pattern[str]
    counted: re.Pattern[str]
    unit_before: re.Pattern[str]
    unit_after: re.Pattern[str]
    year_follows: re.Pattern[str]
    year_surely_follows: re.Pattern[str]
    old_year_follows: re.Pattern[str]
    plural: re.Pattern[str]


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words, the longest possible, a blank for each space; it never matches if there is none.

    Common beginnings are written once, so that most text is turned down at its first letter.
    """
    ends: dict[str, set[str]] = {}
    for word in words:
        ends.setdefault(word[:1], set()).add(word[1:])
    whole = ends.pop("", None) is not None
    if not ends:
        return "" if whole else "(?!)"
    branches = [(r"\s" if head == " " else re.escape(head)) + any_of(ends[head]) for head in sorted(ends)]
    return "(?:" + "|".join(branches) + ")" + ("?" if whole else "")


def cased(words: Iterable[str]) -> list[str]:
    """The words as given, with a capital, and in capitals."""
    return [form for word in words for form in (word, word[:1].upper() + word[1:], word.upper())]


@cache
def words(language: str, rules: Rules) -> Words | None:
    """The date words of a language, None where it has none; RulesError names what is wrong in the table."""
    table = rules.languages.get(language, {}).get("dates")
    if not table:
        return None
    _check(table, f"languages/{language}.toml: [dates]")
    to, and_, article = any_of(table["to"]), any_of(table["and"]), any_of(table["day_article"])
    signs, money = _currencies(language, rules)
    months = cased([*table["months"], *table["months_short"]])

    def before(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){any_of(cased(table[key]))}\s$")

    return Words(
        months={name.lower(): number for key in ("months", "months_short") for name, number in table[key].items()},
        month_words=frozenset(cased(table["month_words"])),
        short_months=frozenset(cased(table["months_short"])),
        ordinals={word.lower(): number for word, number in table["ordinals"].items()},
        parts={word.lower(): number for word, number in table["parts"].items()},
        parts_alone=frozenset(table["parts_alone"]),
        month_counts={word.lower(): number for word, number in table["month_counts"].items()},
        day_first=table["day_first"],
        years=re.compile(r"[0-9][0-9][0-9][0-9]" + (r"|[3-9]0[-–]" if table["decades_short"] else "")),
        month_names=re.compile(any_of(months)),
        atom=re.compile(_atom(table)),
        day=re.compile(r"\d{1,2}"),
        days_to=re.compile(rf"{DASH}|/|\s{to}\s"),
        to=re.compile(rf",?\s{to}\s(?:{article}\s)?|{DASH}|/"),
        and_=re.compile(rf"(?:,\s|,?\s{and_}\s)(?:(?:{any_of(table['before_month'])})\s)?(?:{article}\s)?"),
        between=re.compile(rf"(?<!\w){any_of(cased(table['between']))}\s(?:{article}\s)?$"),
        from_=before("from"),
        about=before("about"),
        around_year=re.compile(rf"(?<!\w){any_of(cased(table['around_year']))}(?<=[\s-])$"),
        before_month=before("before_month"),
        month_before=re.compile(rf"{any_of(months)}\.?(?:{DASH}|/|,\s|\s{and_}\s)$"),
        month_after=re.compile(rf"(?:{DASH}|/|\s(?:{and_}|{to})\s){any_of(months)}(?!\w)"),
        since=before("since"),
        recurring=re.compile(rf"(?<!\w){any_of(cased(table.get('recurring', ())))}\s$"),
        counted=re.compile(rf"\s(?P<described>[^\W\d_]+\s)?{any_of(table['counted'])}(?!\w)"),
        unit_before=re.compile(rf"(?<!\w)(?:{any_of([*table['units_before'], *signs])})\s?$"),
        unit_after=re.compile(
            rf"\s?{any_of([*table['units_after'], *signs])}(?!\w)|\s(?:{money})(?!\w)|[.,]\d|\s\d{{3}}(?!\d)"
        ),
        year_follows=before("year_follows"),
        year_surely_follows=before("year_surely_follows"),
        old_year_follows=before("old_year_follows"),
        plural=re.compile(rf"\s(?:{table['plural']})(?!\w)"),
    )


def _currencies(language: str, rules: Rules) -> tuple[list[str], str]:
    """Codes and symbols of all currencies, and a pattern of their names."""
    entries = rules.shared.get("currencies", {})
    signs = [code for code, entry in entries.items() if entry.get("code", True)] + ["$", "€", "£", "¥", "₽"]
    names = [names_of(entry, language) for entry in entries.values() if entry.get(language)]
    symbols = [sign for entry in entries.values() for key in ("symbols", "local") for sign in entry.get(key, ())]
    return [*signs, *symbols], "|".join(names) or "(?!)"


def _check(table: Mapping[str, Any], place: str) -> None:
    for key in (*LISTS, *OPTIONAL):
        value = table.get(key, [] if key in OPTIONAL else None)
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise RulesError(f"{place} {key}: a list of words is wanted, not {value!r}")
    for key in TABLES:
        value = table.get(key)
        if not isinstance(value, Mapping) or not all(isinstance(number, int) for number in value.values()):
            raise RulesError(f"{place} {key}: a table from words to numbers is wanted, not {value!r}")
    for word, number in [*table["months"].items(), *table["months_short"].items()]:
        if not 1 <= number <= 12:
            raise RulesError(f"{place} months: {word} is given as month {number}; 1 to 12 is wanted")
    for key in FLAGS:
        if not isinstance(table.get(key), bool):
            raise RulesError(f"{place} {key}: true or false is wanted, not {table.get(key)!r}")
    if not isinstance(table.get("plural"), str):
        raise RulesError(f"{place} plural: a regular expression is wanted, not {table.get('plural')!r}")
    if unknown := sorted(set(table) - {*LISTS, *OPTIONAL, *TABLES, *FLAGS, "plural", "part_first"}):
        raise RulesError(f"{place}: unknown key {unknown[0]}")


def _atom(table: Mapping[str, Any]) -> str:
    """One pattern with an alternative for each form of a date, each a named group."""
    to, and_, article = any_of(table["to"]), any_of(table["and"]), rf"(?:{any_of(table['day_article'])}\s)?"
    day = rf"(?:0?[1-9]|[12]\d|3[01])(?!\d|[.,]\d)(?:\s?{any_of(table['day_suffixes'])}(?!\w))?"
    step = rf"(?:{DASH}|/|\s{to}\s{article}|,?\s{and_}\s{article})"
    comma = rf"(?:,\s{day})*,?\s{and_}\s{article}{day}"
    month = f"(?:{any_of(cased(table['months']))}|{any_of(cased(table['months_short']))}\\.?)(?![^\\W\\d])"
    of_month = rf"(?:\s(?:{any_of(table['between_day_and_month'])}\s)?|-|(?<=\d)(?=[^\W\d]))"
    before = any_of(table["before_year"])
    of_year = rf"(?:,?\s(?:{before}\s)?|-|(?<=\w)(?=\d))"
    after = f"(?:\\s?{any_of(table['after_year'])}(?!\\w))?"
    part = rf"(?P<ordinal>{any_of(cased(table['ordinals']))})[\s-](?P<part_unit>{any_of(cased(table['parts']))})(?!\w)"
    if table.get("part_first"):  # "the quarter the third": «الربع الثالث»
        part = rf"(?P<part_unit>{any_of(table['parts'])})\s{article}(?P<ordinal>{any_of(table['ordinals'])})(?!\w)"
    decade = (r"(?:[3-9]0|" if table["decades_short"] else "(?:") + r"(?:(?:1[5-9]|20)[1-9]0|2000))"
    ordinal = any_of(cased(table["ordinals"]))
    alone = "?" if table["months_alone"] else ""
    list_step = rf"(?:,\s|,?\s{and_}\s)(?:{article})?{ordinal}"
    forms = {
        "fm": rf"{any_of(cased(table['first_months']))}{alone}"
        rf"(?P<fm_count>{any_of(cased(table['month_counts']))}|1[01]|[2-9])\s{any_of(table['months_word'])}\s(?:{before}\s)?(?P<fm_year>{YEAR}){END}{after}",
        "several": rf"(?P<several_ordinal>{ordinal})(?=(?:{list_step})+\s(?P<several_unit>{any_of(table['parts'])})"
        rf"\s(?:{before}\s)?(?P<several_year>{YEAR}){END})",
        "fy": rf"{any_of(table['year_codes'])}\s?(?P<fy_a>{YEAR})(?:\s?[/–-]\s?(?P<fy_b>\d{{4}}|\d\d))?"
        r"(?![\w/]|[.,]\d{3})",
        "rom": rf"(?P<rom_day>\d{{1,2}})(?P<rom_sep>[./ -])(?P<rom_month>VI{{0,3}}|I{{1,3}}|I[VX]|XI{{0,2}})"
        rf"(?P=rom_sep)(?P<rom_year>{YEAR})(?![\w/]){after}",
        "dm": rf"(?P<dm_days>{day}(?:{comma}|(?:{step}{day})*)){of_month}(?P<dm_month>{month})"
        rf"(?:{of_year}(?P<dm_year>{YEAR}){NOTED}{after})?",
        "md": rf"(?P<md_month>{month})(?:\s|,\s(?={day},?\s{YEAR})){article}(?P<md_days>{day}(?:{step}{day})*)(?!\w)"
        rf"(?:,?\s(?P<md_year>{YEAR}){END}{after})?",
        "my": rf"(?P<my_month>{month}){of_year}(?P<my_year>{YEAR}){NOTED}{after}",
        "part": rf"{part}(?:\s(?:{before}\s)?(?P<part_year>{YEAR}){END}{after})?",
        "qh": rf"(?P<qh_unit>[QH])(?P<qh_number>[1-4])[\s/-]?(?:{before}\s)?(?P<qh_year>{YEAR}){END}",
        "iso": rf"(?P<iso_year>{YEAR})-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>0[1-9]|[12]\d|3[01])(?![\w-])",
        "num": rf"(?P<num_a>\d{{1,2}})(?P<num_sep>[./-])(?P<num_b>\d{{1,2}})(?P=num_sep)(?P<num_year>{YEAR})"
        rf"(?![\w/]){after}",
        "named_decade": rf"{any_of(table.get('decade_prefixes', ()))}(?P<named_decade_year>(?:[3-9]0|{decade}))"
        r"(?![\w/-]|[.,]\d)",
        "decade": rf"(?P<decade_year>{decade}){any_of(table['decade_suffixes'])}(?!\w)",
        "glued": r"(?P<glued_a>(?:19|20)\d\d)(?P<glued_b>(?:19|20)\d\d)(?!\d|[.,]\d)",
        "fiscal": rf"(?P<fiscal_a>{YEAR})\s?/\s?(?P<fiscal_b>\d{{4}}|\d\d)(?![\w/]|[.,]\d{{3}}){after}",
        "span": rf"(?P<span_a>{YEAR}){DASH}(?P<span_b>{YEAR})(?!\d|[-–/]\d|[.,]\d{{3}}){after}(?!\w)",
        "short": rf"(?P<short_a>{YEAR})[-\u2010-\u2015\u2212](?P<short_b>\d\d?)(?![\w/\-–]|[.,]\d){after}",
        "year": rf"{YEAR}(?!\d|[/:]\w|[.,]\d(?!\d?\d?(?:\s[^\Wa-zß-ÿа-яё]|$))|%|[-–]\d){after}(?!\w)",
        "only": rf"(?P<only_month>{any_of(cased(table['months']))}|{any_of(cased(table['months_short']))}\.?)(?!\w)",
    }
    # Which letters a form may begin with, asked first for speed.
    keys = ["months", "months_short", "ordinals", "first_months", "decade_prefixes"]
    keys += (["month_counts"] if table["months_alone"] else []) + (["parts"] if table.get("part_first") else [])
    letters = {word[0] for key in keys for word in cased(table.get(key, ())) if word} | {"Q", "H"}
    letters |= {word[0] for word in table["year_codes"]}
    first = "[0-9" + "".join(sorted(letter for letter in letters if letter.isalpha())) + "]"
    alternatives = "|".join(f"(?P<{name}>{form})" for name, form in forms.items())
    return rf"(?<![\w$€£¥₽#@=&])(?={first})(?!(?<=\d/)\d)(?:{alternatives})"
