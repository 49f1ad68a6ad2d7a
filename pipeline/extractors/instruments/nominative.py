"""Russian names in the nominative: «Уголовного кодекса» is entered as «Уголовный кодекс»."""

import re

from .lexicon import Lexicon

PLURAL = re.compile(r"(?:[ыи]е|[ыи]х|[ыи]ми)$")
ENDING = re.compile(r"(?:[ое]го|[ое]му|[ыи]м|[ое]м|[ое]й|[ую]ю|[ыи]й|[ая]я|[ое]е)$")
HISSING = tuple("жчшщц")


def nominative(name: str, head: str, lexicon: Lexicon) -> tuple[str, str]:
    """The name with its head noun and the adjectives before it in the nominative, and that noun in lower case.

    Names in the plural, and those with other words than adjectives before the noun, stay as they are.
    """
    base = lexicon.nominatives.get(head)
    at = name.lower().find(head)
    if base is None or at < 0 or head in lexicon.plural:
        return name, head
    words = name[:at].split()
    if any(PLURAL.search(word) or not ENDING.search(word) for word in words):
        return name, head
    noun = name[at] + base[1:]
    return " ".join([*(_agree(word, base, lexicon) for word in words), noun + name[at + len(head) :]]), base


def _agree(word: str, noun: str, lexicon: Lexicon) -> str:
    stem = ENDING.sub("", word)
    if noun.endswith(("я", "а")):
        return stem + "ая"
    if noun.endswith(("е", "о")):
        return stem + ("ее" if stem.endswith(HISSING) else "ое")
    if stem.lower() in lexicon.stressed:
        return stem + "ой"
    return stem + ("ий" if stem.endswith((*HISSING, "к", "г", "х")) else "ый")
