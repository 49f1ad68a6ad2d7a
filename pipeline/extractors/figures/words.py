"""The words of figures in one language, compiled from the `[figures]` table of its rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from ...errors import RulesError
from ...model import Comparator
from ...rules import Rules, names_of

Nouns = Literal["plural", "case", "first", "next"]
"""What tells the head of a noun phrase: its plural, the last one of the phrase; its case, unlike an adjective's; that
it stands first, behind at most a few adjectives, and is a plural; or that it stands next to the number."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Sets of lower-case words, and regular expressions that are matched at a place."""

    language: str
    nouns: Nouns
    before: Mapping[str, Comparator]
    before_term: Mapping[str, Comparator]
    before_age: Mapping[str, Comparator]
    lead_ends: frozenset[str]
    after: tuple[tuple[re.Pattern[str], Comparator], ...]
    unit: re.Pattern[str]
    units: Mapping[str, str]
    start: frozenset[str]
    between: frozenset[str]
    to: re.Pattern[str]
    and_: re.Pattern[str]
    gap: re.Pattern[str]
    change: re.Pattern[str]
    per: re.Pattern[str]
    per_lead: re.Pattern[str]
    fraction: re.Pattern[str]
    fractions: re.Pattern[str]
    by: frozenset[str]
    age_below: frozenset[str]
    compared: re.Pattern[str]
    existential: re.Pattern[str]
    verbs: re.Pattern[str]
    per_one: re.Pattern[str]
    per_scale: re.Pattern[str]
    averages: re.Pattern[str]
    passive: re.Pattern[str]
    inverted: re.Pattern[str]
    designed: re.Pattern[str]
    not_after: re.Pattern[str]
    word_fraction: re.Pattern[str]
    percentages: frozenset[str]
    infinitive: frozenset[str]
    to_value: frozenset[str]
    elsewhen: re.Pattern[str]
    restating: tuple[str, ...]
    predicate: re.Pattern[str]
    participles: re.Pattern[str]
    finite: re.Pattern[str]
    these: re.Pattern[str]
    respectively: frozenset[str]
    multiple_before: frozenset[str]
    multiple_after: re.Pattern[str]
    target: re.Pattern[str]
    more: frozenset[str]
    age_prefix: frozenset[str]
    age_always: frozenset[str]
    age_nouns: frozenset[str]
    age_lead: frozenset[str]
    age_compounds: frozenset[str]
    age_bands: frozenset[str]
    age_verbs: frozenset[str]
    age_after: re.Pattern[str]
    age_apposed: re.Pattern[str]
    people: frozenset[str]
    labels: frozenset[str]
    soft_labels: frozenset[str]
    label_joiners: frozenset[str]
    not_before: tuple[str, ...]
    half: re.Pattern[str]
    sanction_after: re.Pattern[str]
    sanction_before: re.Pattern[str]
    recall: frozenset[str]
    vague: re.Pattern[str]
    age_adjective: re.Pattern[str]
    currencies: re.Pattern[str]
    currency_signs: re.Pattern[str]
    title_leads: frozenset[str]
    title: re.Pattern[str]
    compounds: re.Pattern[str]
    time_of_day: re.Pattern[str]
    clock_lead: frozenset[str]
    clock_after: re.Pattern[str]
    clock_before: re.Pattern[str]
    quantity: frozenset[str]
    quantity_lead: frozenset[str]
    rates: frozenset[str]
    scores: frozenset[str]
    ranks: frozenset[str]
    function: frozenset[str]
    light: frozenset[str]
    auxiliaries: frozenset[str]
    plurals: frozenset[str]
    partitive: re.Pattern[str]
    partitive_before: re.Pattern[str]
    breaks: frozenset[str]
    reporting: re.Pattern[str]
    prepositions: frozenset[str]
    bare_follow: frozenset[str]
    joiners: frozenset[str]
    attached: frozenset[str]
    participle: re.Pattern[str]
    adjective: re.Pattern[str]
    noun: re.Pattern[str]
    scaled_of: re.Pattern[str]
    bases: re.Pattern[str]
    bases_adjacent: re.Pattern[str]
    bases_of_change: re.Pattern[str]
    base_reach: int
    of: frozenset[str]
    change_before: re.Pattern[str]
    change_after: re.Pattern[str]
    base_after: re.Pattern[str]
    laws: frozenset[str]
    same: re.Pattern[str]
    spans: frozenset[str]
    opening: re.Pattern[str]
    period_lead: re.Pattern[str]
    growth: re.Pattern[str]
    level: re.Pattern[str]
    factors: Mapping[str, int]


def any_of(words: object) -> str:
    """An alternation of plain words, longest first."""
    listed = sorted(cast("list[str]", words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in listed) or "(?!)"


def patterns(words: object) -> str:
    """An alternation of regular expressions in the order given."""
    return "|".join(cast("list[str]", words)) or "(?!)"


def _set(words: object) -> frozenset[str]:
    return frozenset(cast("list[str]", words))


def _nouns(kind: str) -> Nouns:
    if kind not in get_args(Nouns):
        raise TypeError(f"nouns: must be one of {', '.join(get_args(Nouns))}")
    return cast(Nouns, kind)


def _lead_ends(table: Mapping[str, Any]) -> frozenset[str]:
    """The last words of all that is read leftwards from a number; most numbers follow none of them."""
    phrases = [
        word for key in ("before", "before_term", "before_age") for entry in table[key] for word in entry["words"]
    ]
    phrases += [phrase for key in ("age_prefix", "between", "from") for phrase in table[key]]
    return frozenset(phrase.split()[-1] for phrase in phrases)


def _comparators(entries: list[dict[str, Any]]) -> dict[str, Comparator]:
    return {word: cast(Comparator, entry["comparator"]) for entry in entries for word in entry["words"]}


def _signs(shared: Mapping[str, Mapping[str, Any]], rules: Rules) -> list[str]:
    """Signs before an amount whose currency only the country would tell."""
    named = {sign for entry in shared.values() for sign in entry.get("symbols", ())}
    local = {sign for entry in rules.shared["currencies"].values() for sign in entry.get("local", ())}
    return sorted(named | local)


END = r"(?![^\W_])"


@cache
def compiled(language: str, rules: Rules) -> Words:
    """The words of a language; RulesError names what is missing or of the wrong type."""
    try:
        return _compile(language, rules.languages[language]["figures"], rules)
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"languages/{language}.toml [figures]: missing or ill-typed entry: {error!r}") from error


def _compile(language: str, table: Mapping[str, Any], rules: Rules) -> Words:
    periods = table["periods"]
    factors = rules.languages[language]["numbers"]["scales"]
    unit, units = _units(language, table, rules)
    shared = rules.languages[language]["numbers"]["shared_currencies"]
    space = r"[\s\u00a0]"
    return Words(
        language=language,
        nouns=_nouns(table["nouns"]),
        before=_comparators(table["before"]),
        before_term=_comparators(table["before_term"]),
        before_age=_comparators(table["before_age"]),
        lead_ends=_lead_ends(table),
        after=tuple(
            (re.compile(rf" (?:{any_of(entry['words'])}){END}(?! (?:{table['than']}) )", re.I), entry["comparator"])
            for entry in table["after"]
        ),
        unit=unit,
        units=units,
        start=_set(table["from"]),
        between=_set(table["between"]),
        to=re.compile(rf"{space}(?:{any_of(table['to'])}){space}", re.I),
        and_=re.compile(rf"(?:,? (?:{any_of(table['and'])})|,){space}", re.I),
        gap=re.compile(rf"(?:\b(?:{any_of(table['gap'])})\b|\s|[(),])*", re.I),
        change=re.compile(rf"\b(?:{table['change']})", re.I),
        per=re.compile(rf"(?P<noun>(?:[ -][^\W\d_]+){{0,5}}?) (?:{any_of(table['per'])})(?: the)?[ ]$", re.I),
        per_lead=re.compile(rf"(?<![^\W_])(?:{any_of(table['per'])}) $", re.I),
        fraction=re.compile(rf"(?<![^\W_])(?:{any_of(table['fraction_before'])}) $", re.I),
        fractions=re.compile(
            rf" (?:(?P<sure>{patterns(table['fractions'])})|(?:{patterns(table['fractions_of_ten'])})) ", re.I
        ),
        by=_set(table["by"]),
        age_below=_set(table["age_below"]),
        compared=re.compile(rf"(?<![^\W_])(?:{any_of(periods['compared'])}) (?:the )?$", re.I),
        existential=re.compile(rf"(?<![^\W_])(?:{patterns(table['existential'])}) $", re.I),
        verbs=re.compile(table["verbs"]),
        per_one=re.compile(rf" (?:{patterns(table['per_one'])}){END}", re.I),
        per_scale=re.compile(rf" (?:{any_of(table['per'])}) ({any_of(factors)}){END}(?! \d)", re.I),
        averages=re.compile(rf"(?<![^\W_])(?:{patterns(table['averages'])}){END}", re.I),
        passive=re.compile(rf" (?:{patterns(table['passive'])}){END}", re.I),
        inverted=re.compile(rf" (?:{patterns(table['inverted'])})(?= )", re.I),
        designed=re.compile(rf"(?<![^\W_])(?:{patterns(table['designed'])}) $", re.I),
        not_after=re.compile(rf" (?:{patterns(table['not_after'])}){END}"),
        word_fraction=re.compile(rf"(?<![^\W_])(?:{patterns(table['word_fractions'])}) $", re.I),
        to_value=_set(table["to"]),
        infinitive=_set(table["infinitive"]),
        percentages=_set(table["percentages"]),
        elsewhen=re.compile(rf" (?:{patterns(periods['elsewhen'])}){END}", re.I),
        restating=tuple(table["restating"]),
        predicate=re.compile(table["predicate"]),
        participles=re.compile(table["participles"]),
        finite=re.compile(rf"(?:{table['finite']}){END}"),
        these=re.compile(rf"\W*(?:{patterns(table['these'])}),? (?:[^\W\d_]+ )?", re.I),
        respectively=_set(table["respectively"]),
        multiple_before=_set(table["multiple_before"]),
        multiple_after=re.compile(rf" (?:{patterns(table['multiple_after'])}){END}", re.I),
        target=re.compile(rf"(?:{patterns(table['target'])}){END}", re.I),
        more=_set(table["more"]),
        age_prefix=_set(table["age_prefix"]),
        age_always=_set(table["age_always"]),
        age_nouns=_set(table["age_nouns"]),
        age_lead=_set(table["age_lead"]),
        age_compounds=_set(table["age_compounds"]),
        age_bands=_set(table.get("age_bands", ())),
        age_verbs=_set(table.get("age_verbs", ())),
        age_apposed=re.compile(table.get("age_apposed", "(?!)")),
        age_after=re.compile(rf" (?:{patterns(table.get('age_after', ()))}){END}", re.I),
        people=_set(table["people"]),
        labels=_set(table["labels"]),
        soft_labels=_set(table["soft_labels"]),
        label_joiners=_set(table["label_joiners"]),
        not_before=tuple(table["not_before"]),
        half=re.compile(rf" (?:{patterns(rules.languages[language]['numbers']['halves'])}){END}"),
        sanction_after=re.compile(
            rf"['’]?[ -](?:\w+['’]? )?(?:of |in )?(?:{patterns(table['sanction_after'])}){END}", re.I
        ),
        sanction_before=re.compile(rf"(?:^|[^\w])(?:{patterns(table['sanction_before'])}) $", re.I),
        recall=_set(table["recall"]),
        vague=re.compile(rf"(?:{patterns(table['vague'])}){END}", re.I),
        age_adjective=re.compile(table.get("age_adjective", "(?!)"), re.I),
        currencies=re.compile("|".join(shared), re.I),
        currency_signs=re.compile(rf"(?<![^\W_])(?:{any_of(_signs(shared, rules))})[ \u00a0.]{{0,2}}$"),
        title_leads=_set(table["title_leads"]),
        title=re.compile(rf" (?:{any_of(table['title_words'])}) [^\W\d_a-zß-ÿа-яё]"),
        compounds=re.compile(rf"-(?:{patterns(table['compounds'])}){END}", re.I),
        time_of_day=re.compile(rf" ?(?:{patterns(table['time_of_day'])})", re.I),
        clock_lead=_set(table["clock_lead"]),
        clock_after=re.compile(rf"\.? ?\d+ ?(?:{patterns(table['clock_minutes'])})", re.I),
        clock_before=re.compile(rf"\d ?(?:{patterns(table['clock_hours'])})\.? ?$", re.I),
        quantity=_set(table["quantity"]),
        quantity_lead=_set(table["quantity_lead"]),
        rates=_set(table["rates"]),
        scores=_set(table["scores"]),
        ranks=_set(table["ranks"]),
        function=_set(table["function"]),
        light=_set(table["light"]),
        auxiliaries=_set(table["auxiliaries"]),
        plurals=_set(table["people_plural"]),
        partitive_before=re.compile(rf"[\s(](?:{patterns(table['of_which'])}) $", re.I),
        partitive=re.compile(rf"\s(?:{patterns(table['partitive'])}){END}", re.I),
        breaks=_set(table["breaks"]),
        reporting=re.compile(rf"(?<![^\W_])(?:{table.get('reporting', '(?!)')})$", re.I),
        prepositions=_set(table["prepositions"]),
        bare_follow=_set(table["bare_follow"]),
        joiners=_set(table["joiners"]),
        attached=_set(table["attached"]),
        participle=re.compile(table["participle"]),
        adjective=re.compile(table["adjective"]),
        noun=re.compile(table["noun"]),
        scaled_of=re.compile(rf"[ \u00a0](?:{any_of(rules.languages[language]['numbers'].get('of', []))})"),
        bases=re.compile(rf"\b(?:{any_of(periods['bases'])})\b", re.I),
        bases_adjacent=re.compile(rf"\b(?:{any_of(periods['bases_adjacent'])}) (?:the )?$", re.I),
        bases_of_change=re.compile(rf"(?:{patterns(periods['bases_of_change'])}) $", re.I),
        base_reach=int(periods["base_reach"]),
        of=_set(periods["of"]),
        change_before=re.compile(periods["change_before"], re.I),
        change_after=re.compile(periods["change_after"], re.I),
        base_after=re.compile(rf" (?:{patterns(periods['base_after'])}){END}", re.I),
        laws=_set(periods["laws"]),
        same=re.compile(rf"\b(?:{any_of(periods['same'])})\b", re.I),
        spans=_set(periods["spans"]),
        opening=re.compile(rf"(?:{any_of(periods['opening'])})(?: the)? $", re.I),
        period_lead=re.compile(rf"(?:{patterns(periods.get('period_lead', []))})\s$", re.I),
        growth=re.compile(rf"\b{periods['growth']}", re.I),
        level=re.compile(rf"\b{periods['level']}\s*$", re.I),
        factors=factors,
    )


def _units(language: str, table: Mapping[str, Any], rules: Rules) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all that may follow a number as its unit; its group's name leads to the unit."""
    gap = r"[ \u00a0\u2009\u202f]?"
    adjectives = any_of(table["duration_adjectives"])
    parts, units = [], {}
    parts.append(rf"(?P<age>(?:{gap}-?|- )(?i:{patterns(table['age_suffix'])}){END})")
    percent = "|".join(word if word == "%" else rf"(?i:{word}){END}" for word in table["percent"])
    parts.append(rf"(?P<percent>{gap}(?:{percent}))")
    parts.append(rf"(?P<multiple>[ -]?(?i:{patterns(table['multiple'])}){END})")
    for name, words in table["durations"].items():
        parts.append(rf"(?P<t_{name}>(?:{gap}[-‑]?\s?| (?:{adjectives}) )(?i:{words}){END})")
        units[f"t_{name}"] = name
    for i, (name, entry) in enumerate(rules.shared["units"].items()):
        named = names_of(entry, language)
        parts.append(rf"(?P<u{i}>{gap}-?(?:{any_of(entry['symbols'])}|(?i:{named})){END})")
        units[f"u{i}"] = name
    return re.compile("|".join(parts)), units
