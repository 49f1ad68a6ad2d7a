"""From names to entries: one entry for each instrument, and what "the Law" means."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...model import About, Instrument, InstrumentKind, Mention, Passage, Place, Register
from ...rules import Rules, unspaced
from . import han
from .found import Found
from .lexicon import Lexicon, Treaty, by_first_letter, lexicon, stems, under
from .matching import (
    CHILDREN,
    GENERAL_PLAN,
    PROTOCOL,
    Entry,
    clash,
    general,
    identify,
    is_titled,
    kin,
    policy,
    prefix,
    prefix_of_plan,
    same_number,
    short_form,
    squeeze,
    vague_treaty,
    words_of_form,
)
from .naming import cites, content, read

# A declaration is no treaty, but one of which an article is cited is an instrument.
OF_ARTICLE = re.compile(r"(?:\barticles?|\barts?\.|\bстат\w+|\bст\.)\s[^.;]{1,40}$", re.IGNORECASE)
# What describes a law that is not named: "the 2015 anti-trafficking law".
DESCRIBED = re.compile(
    r"\b(?:the|its|their|this|that)\s+((?:(?:19|20)\d\d\s+)?(?:[A-Za-z][\w’'-]*\s+){0,3})$", re.IGNORECASE
)
PREFIXES = frozenset({"anti", "counte", "new"})
NEAR = 14


@dataclass(slots=True)
class Sight:
    """An item of a passage with the entry that it turned out to mean."""

    passage: int
    found: Found
    entry: Entry | None = None
    anaphoric: bool = False


def build(passages: Sequence[Passage], about: About, rules: Rules) -> Register:
    """The register of a report, and its mentions in reading order."""
    return _Builder(passages, about, rules).build()


class _Builder:
    def __init__(self, passages: Sequence[Passage], about: About, rules: Rules) -> None:
        self.passages, self.about, self.rules = passages, about, rules
        self.entries: list[Entry] = []
        self.sights: list[Sight] = []
        self.passages_read: list[Passage] = []

    def build(self) -> Register:
        read_here = [p for p in self.passages if self.rules.languages[p.language].get("instruments")]
        self.passages_read = [p for p in read_here if not unspaced(p.language, self.rules)]
        for passage in self.passages_read:
            words = lexicon(self.rules, passage.language)
            for found in read(passage.text, words):
                self.sights.append(Sight(passage.index, found))
        # "the Optional Protocol to the Covenant" needs the covenant's full name, which may come later
        for sight in sorted(self.sights, key=lambda s: self.words(s).to_main.search(s.found.name) is not None):
            if sight.found.name or sight.found.head.startswith(PROTOCOL):
                self.name(sight, self.words(sight))
        self.acronyms()
        self.sights.sort(key=lambda s: (s.passage, s.found.start, -s.found.end))
        self.anaphora()
        self.drop_collective()
        marked = [p for p in read_here if unspaced(p.language, self.rules)]
        self.sights += [Sight(*sight) for sight in han.sights(marked, self.entries, self.about, self.rules)]
        self.sights.sort(key=lambda s: (s.passage, s.found.start, -s.found.end))
        return self.register(self.subject())

    def words(self, sight: Sight) -> Lexicon:
        return lexicon(self.rules, self.passages[sight.passage].language)

    # ── names ──

    def name(self, sight: Sight, words: Lexicon) -> None:
        """Tie a name to its entry, or make one."""
        found = sight.found
        if found.kind == "treaty":
            self.name_treaty(sight, words)
            return
        heading = self.passages[sight.passage].block.kind == "heading"
        key = content(found.name, found.head, words)
        if general(found, key, words):
            return
        titled = is_titled(found, words)
        entry = self.by_acronym(found) or self.enacted(found) or self.same(found, key, titled)
        if entry is None:
            if found.plural and not (found.year or found.number) and found.kind != "regulation":
                return
            if found.kind == "policy" and (heading or not policy(found, words)):
                return
            if found.kind == "policy" and GENERAL_PLAN.fullmatch(found.name):
                entry = next((e for e in reversed(self.entries) if prefix_of_plan(found.name, e)), None)
                if entry is not None:
                    sight.entry = entry
                    return
            if found.kind == "regulation" and not found.capital and found.plural and not found.number:
                return
            titled_by_year = found.year and not found.name.lower().startswith(found.head)  # "Labour Code Order, 1992"
            if found.head in words.numbered and not (found.number or titled_by_year):
                return
            entry = self.make(found, key, titled)
        self.take(entry, found)
        sight.entry = entry

    def make(self, found: Found, key: tuple[str, ...], titled: bool, treaty: str | None = None) -> Entry:
        entry = Entry(f"i{len(self.entries)}", squeeze(found.name), found.kind, found.head, key, titled, treaty)
        self.entries.append(entry)
        return entry

    def take(self, entry: Entry, found: Found) -> None:
        """Add to an entry what this way of naming it tells."""
        if entry.derived and found.name:
            entry.name, entry.derived = squeeze(found.name), False
        entry.add_name(squeeze(found.name))
        entry.year = entry.year or found.year or found.weak
        entry.number = entry.number or found.number
        if found.acronym and self.owns(entry, found.acronym, found):
            entry.acronyms.add(found.acronym)
            entry.add_name(found.acronym)

    def owns(self, entry: Entry, acronym: str, found: Found) -> bool:
        """Whether an acronym in brackets is that of the entry and not of a treaty in its name."""
        words = lexicon(self.rules, "en")
        known = words.acronyms.get(acronym) or words.shared.get(acronym)
        return known is None or known == entry.treaty

    def same(self, found: Found, key: tuple[str, ...], titled: bool) -> Entry | None:
        """The entry that a name means: equal words, then a short form of one; the latest named wins."""
        mine = set(key)
        fits: list[Entry] = []
        short: list[Entry] = []
        if found.kind == "constitution":
            mine = set()
        for entry in reversed(self.entries):
            if entry.kind != found.kind or entry.treaty or clash(entry, found):
                continue
            theirs = set(entry.words) if found.kind != "constitution" else set()
            acronyms = {stem for acronym in entry.acronyms for stem in stems(acronym)}
            if (
                mine == theirs
                or (mine & acronyms and mine <= theirs | acronyms)
                or (
                    found.number
                    and same_number(entry.number, found.number)
                    and (not mine or not theirs or mine & theirs)
                )
            ):
                fits.append(entry)
            elif found.kind not in ("code", "constitution") and short_form(found, key, titled, entry):
                short.append(entry)
        year = found.year
        if not key and not found.number and year and found.kind in ("law", "code", "decree"):
            return next((e for e in reversed(self.entries) if e.kind == found.kind and e.year == year), None)
        for entry in fits:
            if year is None or entry.year == year:
                return entry
        if fits:
            return next((entry for entry in fits if entry.year is None), fits[0] if year is None else None)
        return short[0] if len(short) == 1 else None

    def by_acronym(self, found: Found) -> Entry | None:
        """The entry whose acronym is all that a name has beside its noun: "the IPC Act" is the Indian Penal Code."""
        said = found.name.split()
        if len(said) != 2 or said[1].lower() != found.head:
            return None
        return next((entry for entry in reversed(self.entries) if said[0] in entry.acronyms), None)

    def enacted(self, found: Found) -> Entry | None:
        """The code that an act enacts under its name, or the other way round: "Penal Code Act", "Penal Code"."""
        if "code" not in found.name.lower():
            return None
        plain = squeeze(found.name).lower()
        pairs = ((entry, entry.name.lower()) for entry in reversed(self.entries) if entry.kind in ("code", "law"))
        return next((entry for entry, name in pairs if plain == f"{name} act" or name == f"{plain} act"), None)

    def usual_name(self, entry: Entry) -> None:
        """A constitution goes by the name that the report uses most."""
        names = Counter(squeeze(s.found.name) for s in self.sights if s.entry is entry and s.found.name)
        usual = max(names, key=lambda name: names[name], default=entry.name)
        if usual != entry.name:
            entry.aliases = [entry.name, *(alias for alias in entry.aliases if alias != usual)]
            entry.name = usual

    # ── treaties ──

    def name_treaty(self, sight: Sight, words: Lexicon) -> None:
        found = sight.found
        text = self.passages[sight.passage].text
        key = content(found.name, found.head, words)
        protocol = found.head.startswith(PROTOCOL)
        treaty = identify(found.name, protocol, found.number, words)
        if treaty is None and protocol and words.to_main.search(found.name):
            parent = self.main_treaty(found.name.split()[-1].lower())
            if parent is not None:
                treaty = identify(f"{found.name} {parent.name}", True, None, words)
            if treaty is None:
                key = (*key, "to-main")
        if (
            treaty is None
            and protocol
            and not found.number
            and "to-main" not in key
            and set(key) <= {"option", "additi", "facult", "supple", "факуль", "дополн", "اختيار", "اضافي"}
        ):
            self.related_protocol(sight, words)
            return
        if treaty is None and (
            found.head in words.known or (found.head in words.adjectived and found.head in found.name)
        ):
            return
        if treaty is None and found.head in words.qualified and found.name.lower().startswith(found.head):
            return
        if (
            treaty is None
            and "to-main" not in key
            and (general(found, key, words) or found.plural or vague_treaty(found))
        ):
            return
        named = any(treaty is not None and e.treaty == treaty.id for e in self.entries)
        if (
            treaty is not None
            and treaty.family == "declaration"
            and not named
            and not OF_ARTICLE.search(text[max(0, found.start - 60) : found.start])
        ):
            return
        entry = self.treaty_entry(found, key, treaty, text)
        self.take(entry, found)
        sight.entry = entry

    def treaty_entry(self, found: Found, key: tuple[str, ...], treaty: Treaty | None, text: str) -> Entry:
        for entry in self.entries:
            if treaty is not None and entry.treaty == treaty.id:
                if entry.name in entry.acronyms and found.name not in entry.acronyms:
                    entry.aliases.append(entry.name)
                    entry.name = squeeze(found.name)
                    if entry.name in entry.aliases:
                        entry.aliases.remove(entry.name)
                return entry
            if treaty is None and entry.kind == found.kind and entry.words == key and not clash(entry, found):
                return entry
        if treaty is None:
            for entry in reversed(self.entries):
                if (
                    entry.kind == "treaty"
                    and not clash(entry, found)
                    and (prefix(found.name, entry.name) or (entry.treaty is None and prefix(entry.name, found.name)))
                ):
                    return entry
        return self.make(found, key, True, treaty.id if treaty else None)

    def main_treaty(self, head: str) -> Entry | None:
        """The only main treaty of a report with this noun ("the Optional Protocol to the Covenant")."""
        fits = [
            e
            for e in self.entries
            if e.kind == "treaty" and e.treaty and (e.head == head or words_of_form(e.head, head))
        ]
        return fits[0] if len(fits) == 1 else None

    def related_protocol(self, sight: Sight, words: Lexicon) -> None:
        """ "… and its Optional Protocols": a protocol to the treaty named just before."""
        found = sight.found
        text = self.passages[sight.passage].text
        if not words.protocols_of.search(text, max(0, found.start - 48), found.start):
            return
        parent = self.before(sight)
        if parent is None:
            return
        kind = text[found.start : found.name_end].strip()
        name = f"{kind} to the {parent.name}"
        treaty = identify(name, True, None, words)
        if words.noun_first:
            name = treaty.titles.get(words.language, name) if treaty else f"{kind} ({parent.name})"
        for entry in self.entries:
            if (treaty and entry.treaty == treaty.id) or entry.name == name:
                sight.entry = entry
                return
        entry = Entry(f"i{len(self.entries)}", name, "treaty", found.head, (), True, treaty.id if treaty else None)
        entry.collective, entry.derived, entry.parent = found.plural, True, parent.name
        self.entries.append(entry)
        sight.entry = entry

    def before(self, sight: Sight) -> Entry | None:
        """The main treaty named last before a place in its passage, not more than a sentence away."""
        best: tuple[int, Entry] | None = None
        for other in self.sights:
            if other.passage != sight.passage or other.found.end > sight.found.start or other.entry is None:
                continue
            if (
                other.entry.kind == "treaty"
                and not other.found.head.startswith(PROTOCOL)
                and sight.found.start - other.found.end < 120
            ):
                best = (other.found.end, other.entry)
        if best is None:
            return self.acronym_before(sight)
        return best[1]

    def acronym_before(self, sight: Sight) -> Entry | None:
        passage = self.passages[sight.passage]
        words = lexicon(self.rules, passage.language)
        window = passage.text[max(0, sight.found.start - 60) : sight.found.start]
        known = {**words.acronyms, **words.shared}
        hits = [token for token in re.findall(r"\b[A-ZÀ-ÞА-ЯЁ]{2,}\b", window) if token in known]
        if not hits:
            return None
        return self.acronym_entry(hits[-1], known[hits[-1]])

    def acronym_entry(self, acronym: str, treaty: str) -> Entry:
        for entry in self.entries:
            if entry.treaty == treaty:
                return entry
        siblings = CHILDREN["crc"]
        if treaty in siblings and any(e.treaty in siblings[:3] for e in self.entries):
            for entry in self.entries:
                if entry.treaty == "crc-op" and not entry.collective and not entry.acronyms:
                    return entry
        entry = Entry(f"i{len(self.entries)}", acronym, "treaty", "convention", (), True, treaty)
        entry.acronyms.add(acronym)
        self.entries.append(entry)
        return entry

    # ── acronyms ──

    def acronyms(self) -> None:
        """Acronyms that stand alone: those of the gazetteer, and those that the report itself explains."""
        own: dict[str, Entry] = {}
        for entry in self.entries:
            for acronym in sorted(entry.acronyms):
                if entry.kind in ("treaty", "policy") or entry.head[0] in acronym.lower():
                    own.setdefault(acronym, entry)
        taken: dict[int, list[Found]] = {}
        for sight in self.sights:
            if sight.found.name:
                taken.setdefault(sight.passage, []).append(sight.found)
        by_language: dict[str, re.Pattern[str]] = {}
        for passage in self.passages_read:
            words = lexicon(self.rules, passage.language)
            pattern = by_language.get(passage.language)
            if pattern is None:
                known = {**words.acronyms, **words.shared, **own}
                any_of = by_first_letter(list(known), behind=r"(?<![\w/-].)") or "(?!)"
                pattern = re.compile(rf"(?:{any_of})(?!-[A-Z])")
                by_language[passage.language] = pattern
            for match in pattern.finditer(passage.text):
                if not any(f.start <= match.start() < f.end for f in taken.get(passage.index, ())):
                    self.acronym(passage, match, own, words)
            for match in words.cited_acronym.finditer(passage.text) if words.cited_acronym else ():
                self.cited_law(passage, match, {*words.acronyms, *words.shared, *own})

    def cited_law(self, passage: Passage, match: re.Match[str], known: set[str]) -> None:
        """A law that the report names by an acronym alone and cites a section of: "section 4 of the PHTA"."""
        acronym = match.group("law")
        if acronym in known:
            return
        head = "code" if acronym.endswith("C") else "act"
        kind: InstrumentKind = "code" if head == "code" else "law"
        found = Found(match.start("law"), match.end("law"), kind, head, acronym, match.end("law"), acronym=acronym)
        entry = next((entry for entry in self.entries if acronym in entry.acronyms), None)
        if entry is None:
            entry = self.make(found, (acronym.lower(),), True)
            entry.acronyms.add(acronym)
        self.sights.append(Sight(passage.index, found, entry))

    def acronym(self, passage: Passage, match: re.Match[str], own: dict[str, Entry], words: Lexicon) -> None:
        acronym = match.group()
        text = passage.text
        treaty = words.acronyms.get(acronym) or words.shared.get(acronym)
        if acronym not in own and acronym in words.shared:
            before = text[max(0, match.start() - 30) : match.start()]
            if words.body_after.match(text, match.end()) or words.body_before.search(before):
                return
        if text[match.end() : match.end() + 1] == "/" or re.match(
            r"\s*[-–]?\s*Committee", text[match.end() : match.end() + 12]
        ):
            return
        entry = own.get(acronym) or self.acronym_entry(acronym, treaty or "")
        entry.acronyms.add(acronym)
        entry.add_name(acronym)
        found = Found(match.start(), match.end(), entry.kind, entry.head, acronym, match.end())
        self.sights.append(Sight(passage.index, found, entry))

    # ── anaphora ──

    def anaphora(self) -> None:
        """ "the Law", "the Convention", "its Optional Protocol": the instrument of that kind named last."""
        done: list[Sight] = []
        for sight in self.sights:
            if sight.entry is None:
                entry = self.antecedent(sight, done) or self.described(sight)
                if entry is not None:
                    sight.entry, sight.anaphoric = entry, True
            if sight.entry is not None:
                done.append(sight)

    def antecedent(self, sight: Sight, done: Sequence[Sight]) -> Entry | None:
        found = sight.found
        words = self.words(sight)
        cited = self.cited(sight)
        definite = found.capital or cited
        pointed = found.determiner in words.determiners or (words.articleless and definite)
        if words.pointing and not definite and found.kind != "constitution":
            pointed = found.determiner in words.pointing
        if not pointed or (found.plural and found.kind != "treaty"):
            return None
        if words.noun_first and definite and not found.name and (own := self.own_treaty(found, words)):
            return own
        optional = found.name.lower().startswith(("optional", "факульт"))
        for other in reversed(done):
            away = sight.passage - other.passage
            if away > (NEAR if definite else 1):
                break
            if (
                other.entry is not None
                and kin(found, other.entry)
                and (not optional or "ption" in other.entry.name or "акульт" in other.entry.name)
            ):
                return other.entry
        if not definite and found.kind != "constitution":
            return None
        fits = [entry for entry in self.entries if kin(found, entry)]
        if len(fits) == 1:
            return fits[0]
        return self.default(found, fits, words, cited=cited)

    def cited(self, sight: Sight) -> bool:
        """Whether a bare noun is that of a treaty whose article is cited: « l’article 1 a) de la convention »."""
        found = sight.found
        bare = found.kind == "treaty" and not found.name and not found.plural
        return bare and cites(self.passages[sight.passage].text, found.start, self.words(sight))

    def described(self, sight: Sight) -> Entry | None:
        """ "the anti-trafficking law", "the 2015 act": the only law of the report with these words in its name."""
        found = sight.found
        text = self.passages[sight.passage].text
        told = DESCRIBED.search(text, max(0, found.start - 70), found.start)
        if told is None or found.name or found.plural or found.kind != "law":
            return None
        said = set(stems(told.group(1))) - PREFIXES
        years = {word for word in said if word.isdigit()}
        fits = [
            entry
            for entry in self.entries
            if entry.kind == "law" and said - years <= set(entry.words) and years <= {entry.year}
        ]
        if len(fits) != 1 or not said:
            return None
        sight.found = replace(found, start=told.start(1))
        return fits[0]

    def own_treaty(self, found: Found, words: Lexicon) -> Entry | None:
        """What « la Convention » means in a report under a convention, whatever others were named shortly before."""
        if found.plural or found.determiner in words.pointing or self.made_under() is None:
            return None
        return self.default(found, [entry for entry in self.entries if kin(found, entry)], words)

    def default(self, found: Found, fits: Sequence[Entry], words: Lexicon, *, cited: bool = False) -> Entry | None:
        """The treaty under which the report is made, where "the Convention" may mean it."""
        treaty = self.made_under()
        apart = treaty is None or (treaty.family == "main" and found.head.startswith(PROTOCOL))
        if apart and found.kind == "treaty" and not fits and not found.plural:
            return self.unnamed(found, words, cited=cited)
        if found.kind != "treaty" or treaty is None or (treaty.family == "protocol") != found.head.startswith(PROTOCOL):
            return None
        short = [word for name in treaty.short for word in name.lower().split()]
        if not any(name == found.head or words_of_form(name, found.head) for name in short):
            return None
        for entry in fits:
            if entry.treaty == treaty.id:
                return entry
        if any(entry.treaty == treaty.id for entry in self.entries):
            return None
        official = treaty.titles.get(words.language) if words.articleless or words.noun_first else None
        name = found.name or official or found.head.capitalize()
        entry = Entry(f"i{len(self.entries)}", name, "treaty", found.head, (), False, treaty.id)
        self.entries.append(entry)
        return entry

    def unnamed(self, found: Found, words: Lexicon, *, cited: bool) -> Entry | None:
        """The Covenant, the Convention, the Optional Protocol of a report that never names it in full."""
        optional = found.head.startswith(PROTOCOL)
        if not cited and ((optional and not found.name) or not (optional or found.head in words.unnamed)):
            return None
        if found.determiner not in words.determiners and not (words.articleless and (optional or cited)):
            return None
        head = words.nominatives.get(found.head, found.head)
        name = squeeze(found.name) or (head.capitalize() if found.capital else head)
        name = f"{found.determiner} {name}" if words.uncased and not found.name else name
        entry = Entry(f"i{len(self.entries)}", name, "treaty", found.head, (), False)
        self.entries.append(entry)
        return entry

    def made_under(self) -> Treaty | None:
        """The treaty under which the report is made, as its symbol says, or its body where it shows no symbol."""
        if self.about.symbol is not None or self.about.body is None:
            return under(self.about.symbol, self.rules)
        bodies = self.rules.shared.get("bodies", {}).values()
        named = (body for body in bodies if body["name"] == self.about.body)
        first = next((body["symbols"][0] for body in named if body.get("symbols")), None)
        if first is None:  # a body whose papers bear no symbol, as the ITU's
            return None
        return under(f"{first}C", self.rules) or under(first, self.rules)  # "CAT/C", "E/C.12/"

    def subject(self) -> str | None:
        """The key of the entry of the treaty under which the report is made."""
        treaty = self.made_under()
        if treaty is None:
            return None
        return next((entry.key for entry in self.entries if entry.treaty == treaty.id), None)

    def drop_collective(self) -> None:
        """ "its Optional Protocols" is no entry of its own where the report names one of them."""
        for entry in [e for e in self.entries if e.collective]:
            parents = {e.treaty for e in self.entries if e.name == entry.parent and e.treaty}
            named = [
                e
                for e in self.entries
                if e is not entry and e.treaty and any(e.treaty in CHILDREN.get(p or "", ()) for p in parents)
            ]
            if named:
                self.entries.remove(entry)
                for sight in self.sights:
                    if sight.entry is entry:
                        sight.entry = named[0] if len(named) == 1 else None

    def register(self, subject: str | None) -> Register:
        for entry in self.entries:
            if entry.kind == "constitution":
                self.usual_name(entry)
        mentioned = {sight.entry.key for sight in self.sights if sight.entry is not None}
        mentions = tuple(
            Mention(Place(s.passage, s.found.start, s.found.end), s.entry.key, s.anaphoric)
            for s in self.sights
            if s.entry is not None
        )
        return Register(
            tuple(
                Instrument(e.key, e.name, e.kind, e.year, e.number, tuple(e.aliases))
                for e in self.entries
                if e.key in mentioned
            ),
            mentions,
            subject if subject in mentioned else None,
        )
