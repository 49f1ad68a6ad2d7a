"""Identifiers: every entry of the rule data walks over its own examples."""

from pathlib import Path

import pytest

from pipeline import rules
from pipeline.errors import RulesError
from pipeline.extractors.identifiers import Pattern, in_text, patterns, search, words_before_numbers

RULES = rules.load()
ENTRIES = [(code, entry) for code in ("ar", "en", "es", "fr", "ru") for entry in patterns(code, RULES)]
IDS = [f"{code}-{entry.name}" for code, entry in ENTRIES]


def spans(entry: Pattern, text: str) -> list[str]:
    if entry.triggers and not any(trigger in text for trigger in entry.triggers):
        return []
    if entry.triggers:
        return [text[start:end] for start, end, _ in search(entry, text)]
    group = "id" if "id" in entry.regex.groupindex else 0
    forms = {form for word in entry.words for form in (word, word.capitalize(), word.upper())}
    starts = [start for start, word in words_before_numbers(text) if word in forms]
    return [match.group(group) for start in starts if (match := entry.regex.match(text, start))]


@pytest.mark.parametrize(("code", "entry"), ENTRIES, ids=IDS)
def test_every_entry_finds_its_examples(code: str, entry: Pattern) -> None:
    assert entry.examples
    for example in entry.examples:
        wanted = example[example.index("[[") + 2 : example.index("]]")]
        text = example.replace("[[", "").replace("]]", "")
        assert spans(entry, text) == [wanted], example


@pytest.mark.parametrize(("code", "entry"), ENTRIES, ids=IDS)
def test_no_entry_finds_its_counter_examples(code: str, entry: Pattern) -> None:
    assert entry.others
    for text in entry.others:
        assert spans(entry, text) == [], text


def test_spans_are_in_order_and_the_longest_wins() -> None:
    text = "See A/HRC/26/16, para. 12, and resolution 60/251 at www.example.org/2015."
    found = in_text(text, "en", RULES)
    assert [(text[start:end], kind) for start, end, kind in found] == [
        ("A/HRC/26/16, para. 12", "symbol"),
        ("60/251", "resolution"),
        ("www.example.org/2015", "url"),
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('kind = "x"', "kind and pattern"),
        ('kind = "x"\npattern = "("\ntriggers = ["a"]', "not a regular expression"),
        ('kind = "x"\npattern = "<what>"\ntriggers = ["a"]', "no macro <what>"),
        ('kind = "x"\npattern = "a"\ntriggers = ["a"]\nword = 1', "unknown key word"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, entry: str, message: str) -> None:
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "en.toml").write_text(f"[identifiers.mine]\n{entry}\n")
    with pytest.raises(RulesError, match=r"\[identifiers\.mine\]") as error:
        patterns("en", rules.load(tmp_path))
    assert message in str(error.value)
