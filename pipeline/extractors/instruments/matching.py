"""Which names mean the same instrument: equal words, short forms, numbers, and the gazetteer of treaties."""

import re
from dataclasses import dataclass, field

from ...model import InstrumentKind
from .found import Found
from .lexicon import Lexicon, Treaty, stems

PROTOCOL = ("protocol", "protocols", "протокол", "بروتوكول")
STATE_PROGRAMME = re.compile(r"\b(?:план|стратеги|программ|концепци)", re.IGNORECASE)
UN_BODY = re.compile(r"Объедин[её]нных Наций|\bООН\b")
AMENDS = "amendi"  # the stem that sets an amending act apart from the act that it amends
# A plan whose title stands behind its noun: "Programme for Children and Youth 2006–2016".
TITLED_PLAN = re.compile(
    r"(?:Plan|Strategy|Programme|Program) (?:for|against|on) (?:the |all )?(?:[A-Z][\w’'-]+)(?: .*[A-Z]| (?:19|20)\d\d)"
)
PLAN_OF_BODY = ("nations", "un", "environment", "development")  # bodies that are called programmes
# The protocols of a treaty, the usual one first.
CHILDREN = {"crc": ("opsc", "opac", "opic", "crc-op"), "iccpr": ("iccpr-op1", "iccpr-op2"), "cat": ("opcat",)}
GENERAL_PLAN = re.compile(r"National (?:Plan of Action|Action Plan|Strategy|Plan)")


@dataclass(slots=True)
class Entry:
    """An entry in the making."""

    key: str
    name: str
    kind: InstrumentKind
    head: str
    words: tuple[str, ...]
    titled: bool
    treaty: str | None = None
    year: str | None = None
    number: str | None = None
    aliases: list[str] = field(default_factory=list)
    acronyms: set[str] = field(default_factory=set)
    collective: bool = False
    derived: bool = False
    parent: str = ""

    def add_name(self, name: str) -> None:
        if name and name != self.name and name not in self.aliases:
            self.aliases.append(name)


def squeeze(name: str) -> str:
    return " ".join(name.split())


def clash(entry: Entry, found: Found) -> bool:
    """Whether years or numbers say that a name means another instrument."""
    if entry.year and found.year and entry.year != found.year:
        if "/" not in entry.year or "/" not in found.year:
            return True
        first, second = sorted((entry.year.split("/"), found.year.split("/")))
        return first[1] <= second[0]
    return bool(entry.number and found.number and not same_number(entry.number, found.number))


def same_number(one: str | None, other: str) -> bool:
    """Whether two numbers agree, one being perhaps shorter (92, 92-PM)."""
    if one is None or one == other:
        return one == other
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and not long[len(short)].isdigit()


def policy(found: Found, words: Lexicon) -> bool:
    """Whether a plan is named by title: capitalised words before its noun, or the "Plan of Action" of something."""
    if found.name[:1].lower() == found.name[:1].upper():
        return True  # a script without capitals: what is no title has no name
    if not found.name[:1].isupper():
        return False
    if words.plans is not None:
        return words.plans.match(found.name) is not None
    ahead = found.name.lower().find(found.head)
    if GENERAL_PLAN.fullmatch(found.name):
        return found.determiner in ("the", "its")
    if found.head in ("programme", "program") and found.name.lower().endswith(found.head):
        return re.search(r"\b(?:National|State|Federal|Government)\b", found.name[:ahead]) is not None
    if STATE_PROGRAMME.search(found.name):
        return UN_BODY.search(found.name) is None and (ahead > 0 or found.head[:4] != "прог")
    if ahead == 0 and TITLED_PLAN.match(squeeze(found.name)):
        return found.determiner not in PLAN_OF_BODY
    return (ahead > 0 and (found.head != "policy" or "ation" in found.name[:ahead])) or found.name.startswith(
        "Plan of Action "
    )


def prefix_of_plan(short: str, entry: Entry) -> bool:
    """Whether "the National Action Plan" may recall a plan with a longer name."""
    return entry.kind == "policy" and entry.name.startswith(short + " ")


def prefix(short: str, long: str) -> bool:
    """Whether a name is the beginning of another ("Hague Convention")."""
    return len(short.split()) > 1 and not GENERAL_PLAN.fullmatch(short) and long.lower().startswith(short.lower() + " ")


def inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether words stand in a longer name side by side."""
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def short_form(found: Found, key: tuple[str, ...], titled: bool, entry: Entry) -> bool:
    """Whether one name shortens the other: "Anti-Trafficking Law" of "Law on Anti-Trafficking in Persons"."""
    if not key or not entry.words or not (titled or entry.titled) or (AMENDS in key) != (AMENDS in entry.words):
        return False
    if len(key) < len(entry.words) and inside(key, entry.words):
        if not titled and prefix(found.name, entry.name):
            return True
        return len(key) / len(entry.words) > 0.5 or (titled and key[-1] == entry.words[-1] and entry.kind != "policy")
    if len(entry.words) < len(key) and inside(entry.words, key):
        if not entry.titled and prefix(entry.name, found.name):
            return True
        return len(entry.words) / len(key) >= 0.6
    return False


def is_titled(found: Found, words: Lexicon) -> bool:
    """Whether the name has a title after its noun ("Law on …")."""
    return not found.name.lower().rstrip(")").endswith(found.head)


def general(found: Found, key: tuple[str, ...], words: Lexicon) -> bool:
    """Names that say no more than a kind of law ("National Legislation", "Action Plan", "International Law")."""
    if found.kind == "constitution" or (found.year and found.kind != "policy") or found.number:
        return False
    if found.kind == "policy" and words.genitive and found.year and is_titled(found, words):
        return False  # «План действий на 2018–2020 годы»
    if found.kind == "policy" and "/" in (found.year or "") and found.name.istitle() and len(found.name.split()) > 2:
        return False  # "National Development Strategy (2011–2020)"
    return not GENERAL_PLAN.fullmatch(found.name) and all(word in words.general for word in key)


def vague_treaty(found: Found) -> bool:
    """Bilateral papers without a title of their own."""
    if re.fullmatch(r"(?:First|Second|Third|Fourth|Fifth) \w+", found.name):
        return True
    return (
        found.head in ("agreement", "accord", "pact", "memorandum of understanding", "treaty")
        and not found.capital
        and " on " not in found.name
    )


def kin(found: Found, entry: Entry) -> bool:
    """Whether "the Law" may mean the entry: same kind, and of treaties the same noun."""
    if {found.kind, entry.kind} == {"law", "code"} and found.head == entry.head:
        return True  # languages that call a code a law: «قانون العقوبات»
    if found.kind != entry.kind:
        return False
    if words_of_form(found.head, entry.head):
        return True
    if found.kind == "treaty":
        return entry.head.rstrip("s") == found.head.rstrip("s")
    return found.head.rstrip("s") == entry.head.rstrip("s") or (
        {found.head, entry.head} <= {"law", "act"} and found.head == "law"
    )


def words_of_form(one: str, other: str) -> bool:
    """Whether two nouns are forms of one (закон, закона)."""
    return "а" <= one[0] <= "я" and one[:4] == other[:4]


def identify(name: str, protocol: bool, number: str | None, words: Lexicon) -> Treaty | None:
    """The treaty of the gazetteer that a name means: the one most of whose words stand in it."""
    have = set(stems(name))
    acronym = next((words.acronyms.get(w) or words.shared.get(w) for w in name.split()[:1]), None)
    if acronym and not protocol:
        return next(treaty for treaty in words.treaties if treaty.id == acronym)
    best: Treaty | None = None
    size = 0
    for treaty in words.treaties:
        if (treaty.family == "protocol") != protocol:
            continue
        if number and treaty.number == number and not protocol:
            return treaty
        for key in treaty.keys:
            if len(key) > size and key <= have:
                best, size = treaty, len(key)
    return best
