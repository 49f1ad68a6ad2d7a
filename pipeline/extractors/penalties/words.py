"""The words of penalties in one language, compiled, and the masked text that their patterns read.

Numbers, sums of money and citations are masked by private characters of the same length, so that one pattern
reads "five years", "5 years" and «пяти лет», an article's number is never taken for a term, and a match's place
is its place in the passage.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from ...errors import RulesError
from ...model import SanctionKind
from ...rules import Rules

NUMBER, AMOUNT, CITED = "\ue000", "\ue001", "\ue002"
# Possessive: a run of masks is one token, so that lists of tokens are read in linear time.
TOKENS = {"<num>": f"{NUMBER}++", "<amount>": f"{AMOUNT}++", "<ref>": f"{CITED}++"}


@dataclass(frozen=True, slots=True)
class SanctionWords:
    """A kind of sanction; `size` says what bounds it: a term or an amount of money.

    `firm` kinds count by their size alone, `sized_only` ones only with a size, `listed` ones only among others,
    `weak` ones alone only beside a word that tells of an offence.
    """

    sanction: SanctionKind
    size: str | None
    firm: bool
    sized_only: bool
    listed: bool
    weak: bool


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    trigger: tuple[str, ...]
    kinds: tuple[SanctionWords, ...]
    sanctions: re.Pattern[str]
    term: re.Pattern[str]
    amount: re.Pattern[str]
    measured: re.Pattern[str]
    years: re.Pattern[str]
    units: Mapping[str, str]
    fine_units: Mapping[str, str]
    patterns: Mapping[str, re.Pattern[str]]


PATTERNS = (
    "least", "more", "most", "less", "from", "least_after", "most_after", "minimum", "maximum", "elliptic",
    "elliptic_next", "not_prison", "cue", "cue_gap", "cue_after", "parallel", "policy", "statistic", "counted",
    "served", "strong", "wished", "courts", "fine_next", "fine_for", "changed", "convicted", "says", "actor",
    "threshold", "imposed", "modal", "same", "new_case", "and", "or", "and_or", "equivalent", "subject_lead",
    "subject_tail", "verb_object", "generic_subject", "condition", "object_lead", "object_end", "purpose",
    "anaphora", "same_article", "cites", "glue_after", "glue_before", "life", "to", "both", "joiners",
    "not_after", "base", "death", "not_meant", "goes_on", "takes_up", "filler", "lays_down",
)  # fmt: skip
# Entries that a language may leave out: what they would match, nothing does.
OPTIONAL = (
    "indefinite",
    "referred",
    "same_term",
    "further_term",
    "makes_it",
    "graver",
    "aside",
    "these",
    "dangling",
    "half_unit",
)
RESTATED = r"<amount>(?:\s?\((?:<amount>|<num>)[^()]{0,12}\))?"  # "five thousand rupees (5,000 Rs.) to …"
REPEATED = r"(?:\s?\(<num>\))?"  # "15 (fifteen) years"
KIND_ENTRIES = {"sanction", "words", "size", "weak", "firm", "sized_only", "listed", "examples", "counter_examples"}
GAPS = frozenset({"glue_after", "glue_before", "cue_gap"})
WHOLE = frozenset({"cue"})


@cache
def words_of(language: str, rules: Rules) -> Words | None:
    """The compiled words of a language, None where it has none; RulesError names the entry that cannot be used."""
    table = rules.languages[language].get("penalties")
    if not table:
        return None
    where = f"languages/{language}.toml [penalties]"
    try:
        halves = rules.languages[language].get("numbers", {}).get("halves", ())
        return _compile(table, where, rf"\s(?:{'|'.join(halves)})(?!\w)" if halves else "(?!)")
    except KeyError as error:
        raise RulesError(f"{where}: entry {error} is missing") from error


def _compile(table: Mapping[str, Any], where: str, half: str) -> Words:
    known = {*PATTERNS, *OPTIONAL, "trigger", "sanctions", "units", "fine_units"}
    if unknown := sorted(set(table) - known):
        raise RulesError(f"{where}: unknown entry {unknown[0]!r}; known are {', '.join(sorted(known))}")
    kinds = tuple(kind_of(entry, where) for entry in table["sanctions"])
    sanctions = "|".join(f"(?P<k{i}>{entry['words']})" for i, entry in enumerate(table["sanctions"]))
    patterns = {name: pattern(table[name], where, name) for name in PATTERNS}
    patterns |= {name: pattern(table.get(name, "(?!)"), where, name) for name in OPTIONAL}
    between = rf"\s*,?\s*(?:{table['both']}|{table['joiners']})?\s*{table['filler']}"
    patterns["bridge"] = pattern(between, where, "filler")
    unit = "|".join(f"(?:{words})" for words in table["units"].values())
    fine_unit = "|".join(f"(?:{words})" for words in table["fine_units"].values())
    return Words(
        trigger=tuple(stem.lower() for stem in table["trigger"]),
        kinds=kinds,
        sanctions=pattern(rf"(?<![^\W_])(?:{sanctions})(?![^\W_])", where, "sanctions"),
        term=pattern(
            _bounded(table, "<num>", rf"{REPEATED}[\s-]*(?P<u>{unit})(?P<h>{half})?", life=True), where, "units"
        ),
        amount=pattern(_bounded(table, RESTATED, "(?P<u>)"), where, "amount"),
        measured=pattern(_bounded(table, "<num>", rf"{REPEATED}\s?(?P<u>{fine_unit})"), where, "fine_units"),
        years=pattern(rf"(?:\s?\(\d+\))?[\s-]*(?:{unit})", where, "units"),
        units=table["units"],
        fine_units=table["fine_units"],
        patterns=patterns,
    )


def kind_of(entry: Mapping[str, Any], where: str) -> SanctionWords:
    if unknown := sorted(set(entry) - KIND_ENTRIES):
        raise RulesError(f"{where}: sanction {entry.get('sanction')!r} has an unknown entry {unknown[0]!r}")
    if entry["sanction"] not in get_args(SanctionKind):
        raise RulesError(f"{where}: {entry['sanction']!r} is no kind of sanction")
    if entry.get("size") not in (None, "term", "amount"):
        raise RulesError(f"{where}: size of {entry['sanction']!r} must be 'term' or 'amount'")
    flags = (bool(entry.get(flag, False)) for flag in ("firm", "sized_only", "listed", "weak"))
    return SanctionWords(cast(SanctionKind, entry["sanction"]), entry.get("size"), *flags)


def pattern(source: object, where: str, name: str) -> re.Pattern[str]:
    """A pattern of the rules, its tokens for numbers, amounts and citations filled in."""
    if not isinstance(source, str):
        raise RulesError(f"{where}: {name} must be a pattern in quotes, not {source!r}")
    if name in GAPS:
        source = rf"(?:\s|(?:{source})(?:(?<=\W)|(?![^\W_])))*+"
    if name in WHOLE:
        source = rf"(?<![^\W_])(?:{source})(?![^\W_])"
    for token, filled in TOKENS.items():
        source = source.replace(token, filled)
    try:
        return re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise RulesError(f"{where}: {name} is no valid pattern: {error}") from error


def _bounded(table: Mapping[str, Any], value: str, unit: str, *, life: bool = False) -> str:
    """One or two values with the words that bound them; the first value's unit may be left to the second."""
    t = {
        name: f"(?:{table[name]})"
        for name in ("least", "more", "most", "less", "from", "to", "both", "joiners", "life", "filler")
    }
    bound = rf"(?:(?P<least>{t['least']}|{t['more']})|(?P<most>{t['most']}|{t['less']})|(?P<from>{t['from']}))"
    units = [unit.replace("(?P<u>", f"(?P<u{i}>").replace("(?P<h>", f"(?P<h{i}>") for i in (1, 2)]
    first, second = f"(?P<v1>{value})(?:{units[0]})?", f"(?P<v2>{value}){units[1]}"
    life1, life2 = (f"|(?P<{name}>{t['life']})" if life else "" for name in ("life1", "life2"))
    cap = rf"(?P<cap>(?:{t['joiners']}\s+)?{t['most']})"
    link = rf"['’]?[-–]?\s*,?\s*(?:{cap}|(?P<to>{t['to']})|(?P<both>{t['both']}))\s*{t['filler']}(?:{second}{life2})"
    return rf"(?<![^\W_])(?:{bound}\s*)?(?:{first}{life1})(?:{link})?(?![^\W_])"
