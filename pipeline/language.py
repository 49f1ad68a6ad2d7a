"""Which language each passage is in: script first, then a vote of frequent words, langdetect where the vote is unclear.

Every line gives evidence, counted in words: Cyrillic, Han and Arabic letters speak for Russian, Chinese and Arabic;
a line in Latin script speaks for the language whose frequent words it has, weakly for all three where it has none.
The division of the lines with the most evidence, less a price for each change of language, is found by dynamic
programming (Viterbi), so short lines, numbers, names and quoted titles take the language around them, and a change
falls on the very line where it happens. Changes in the middle of a paragraph cost more than at its start.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from .errors import RulesError
from .model import LANGUAGES, Language, LanguageSpan, Report
from .rules import Rules

LATIN: tuple[Language, ...] = ("en", "fr", "es")
# Prices in words: a passage in the midst of another language needs twice as many to stand apart.
AT_START, IN_PARAGRAPH = 10.0, 25.0
VOTE = 4.0
UNDECIDED = 0.3
SURE = 0.9
SHORTEST = 20
LONGEST = 240
TRIALS = 3  # of langdetect's seven: names in other languages, which it never gets sure of, cost the most

OTHER_SCRIPT = re.compile(
    r"[\u0400-\u04ff\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u3400-\u9fff]"
)
CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+")
HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
LINE = re.compile(r"[^\r\n\f\u2028\u2029]*(?:\r\n|[\r\n\f\u2028\u2029]|\Z)")
CLOSED = tuple('.!?:;…。！？؟"”’»)')

Evidence = dict[Language, float]


def detect(report: Report, rules: Rules) -> tuple[LanguageSpan, ...]:
    """Spans that cover the whole text, in order, neighbours of different languages."""
    text = report.text
    if not text:
        return ()
    votes = _votes(rules)
    if not OTHER_SCRIPT.search(text):
        only = _single(text, votes)
        if only:
            return (LanguageSpan(only, 0, len(text)),)
    starts: list[int] = []
    evidence: list[Evidence] = []
    prices: list[float] = []
    closed = True
    for match in LINE.finditer(text):
        line = match.group()
        if not line:
            break
        starts.append(match.start())
        evidence.append(_evidence(line, votes))
        prices.append(AT_START if closed else IN_PARAGRAPH)
        stripped = line.rstrip()
        closed = not stripped or stripped.endswith(CLOSED) or line.endswith("\f")
    _ask(text, starts, evidence)
    return _spans(starts, _divide(evidence, prices), len(text))


@cache
def _votes(rules: Rules) -> Mapping[str, Language]:
    """Frequent word → its language."""
    tables = rules.shared.get("stopwords", {})
    votes: dict[str, Language] = {}
    for language in LATIN:
        words = tables.get(language, {}).get("words")
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise RulesError(f"stopwords.toml: [{language}] words must be a list of words")
        for word in words:
            if votes.setdefault(word, language) != language:
                raise RulesError(f"stopwords.toml: {word!r} stands under [{votes[word]}] and [{language}]; keep one")
    return votes


def _single(text: str, votes: Mapping[str, Language]) -> Language | None:
    """The language of a Latin text in which no other has votes enough for a passage of its own."""
    counts = dict.fromkeys(LATIN, 0)
    for word in filter(votes.__contains__, text.lower().split()):
        counts[votes[word]] += 1
    best = max(LATIN, key=lambda language: counts[language])
    others = sum(counts.values()) - counts[best]
    return best if counts[best] >= 5 and others * VOTE < AT_START else None


def _evidence(line: str, votes: Mapping[str, Language]) -> Evidence:
    """Words that speak for each language; empty where the line says nothing."""
    if "://" in line or "@" in line or "www." in line:
        line = ADDRESS.sub(" ", line)
    found: Evidence = {}
    if not line.isascii() and OTHER_SCRIPT.search(line):
        for language, pattern, weight in (("ru", CYRILLIC, 1.0), ("ar", ARABIC, 1.0), ("zh", HAN, 0.5)):
            if count := len(pattern.findall(line)):
                found[cast(Language, language)] = count * weight
    words = WORD.findall(line.lower())
    if words:
        counts = dict.fromkeys(LATIN, 0)
        for word in filter(votes.__contains__, words):
            counts[votes[word]] += 1
        for language in LATIN:
            found[language] = max(min(counts[language] * VOTE, len(words)), len(words) * UNDECIDED)
    return found


def _ask(text: str, starts: Sequence[int], evidence: list[Evidence]) -> None:
    """Let the detector speak on runs of Latin lines without a vote, unless the votes on both sides agree."""
    run: list[int] = []
    before: Language | None = None
    for at in range(len(evidence) + 1):
        vote = _vote(evidence[at]) if at < len(evidence) else None
        if at < len(evidence) and vote is None:
            run.append(at)
            continue
        if run and (before is None or before != vote):
            _ask_run(text, starts, run, evidence)
        before, run = vote, []


def _vote(evidence: Evidence) -> Language | None:
    if not evidence:
        return None
    first, second = sorted((-evidence.get(language, 0.0), language) for language in LANGUAGES)[:2]
    return first[1] if -first[0] >= 1.5 * -second[0] and -first[0] >= 2 else None


def _ask_run(text: str, starts: Sequence[int], run: Sequence[int], evidence: list[Evidence]) -> None:
    ends = [*starts[1:], len(text)]
    words = " ".join(" ".join(WORD.findall(text[starts[at] : ends[at]])) for at in run)[:LONGEST]
    if len(words) < SHORTEST:
        return
    language = latin_language(words)
    if language:
        for at in run:
            if evidence[at]:
                evidence[at][language] = max(evidence[at].values()) * 2


@cache
def _detectors() -> Any:
    """langdetect with the three profiles in Latin script and a fixed seed, apart from its global factory."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0
    folder = Path(PROFILES_DIRECTORY)
    factory.load_json_profile([(folder / code).read_text(encoding="utf-8") for code in LATIN])
    return factory


def latin_language(words: str) -> Language | None:
    """English, French or Spanish, as langdetect says of `words` in Latin script; None where it is not sure."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _detectors().create()
    detector.n_trial = TRIALS
    detector.append(words)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    return cast(Language, best.lang) if best.prob >= SURE else None


def _divide(evidence: Sequence[Evidence], prices: Sequence[float]) -> list[Language]:
    """The language of each line: most evidence less the prices of changes; on a tie the change comes late."""
    present = [language for language in LANGUAGES if any(language in line for line in evidence)] or ["en"]
    score = dict.fromkeys(present, 0.0)
    back: list[dict[Language, Language]] = []
    for line, price in zip(evidence, prices, strict=True):
        if not line:
            back.append({})
            continue
        leader = max(present, key=lambda language: score[language])
        step: dict[Language, Language] = {}
        new: dict[Language, float] = {}
        for language in present:
            stay, change = score[language], score[leader] - price
            step[language] = language if stay >= change else leader
            new[language] = max(stay, change) + line.get(language, 0.0)
        score = new
        back.append(step)
    language = max(present, key=lambda one: score[one])
    found: list[Language] = []
    for step in reversed(back):
        found.append(language)
        language = step.get(language, language)
    return found[::-1]


def _spans(starts: Sequence[int], languages: Sequence[Language], end: int) -> tuple[LanguageSpan, ...]:
    """Runs of lines in one language, put together."""
    firsts = [at for at in range(len(starts)) if at == 0 or languages[at] != languages[at - 1]]
    ends = [*(starts[at] for at in firsts[1:]), end]
    return tuple(LanguageSpan(languages[at], starts[at], stop) for at, stop in zip(firsts, ends, strict=True))
