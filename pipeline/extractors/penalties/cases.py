"""Cases: sanctions of a sentence that belong to one offence, as far as a law or a court attaches them to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...model import Joined, Sanction
from .sanctions import Masked, Named, named
from .words import Words

REACH = 90  # characters between the word that attaches a sanction and the sanction, at most
VERB = 12  # characters of a sanction's word that may itself tell that a court imposed it ("fined"), at most
APART = 130  # characters between two sanctions of one case, at most


@dataclass(frozen=True, slots=True)
class Case:
    """One offence's sanctions at `start` to `end`; `attached` is where the words that attach them begin."""

    start: int
    end: int
    attached: int
    rule: str
    sanctions: tuple[Sanction, ...]
    joined: Joined | None = None
    imposed: bool = False


def cases_in(
    masked: Masked, start: int, end: int, words: Words, before: Sequence[Sanction], graver: bool = False
) -> list[Case]:
    """The cases of the sentence at `start` to `end`; `before` are the sanctions that "the same penalty" repeats,
    `graver` tells that it goes on with the term of a graver case."""
    found: list[Case] = []
    last = start
    for group in _groups(masked, named(masked, start, end, words, graver), words):
        attached = _attached(masked, start, last, group, words, follows=bool(found))
        made = _case(masked, start, end, group, attached, words)
        if made:
            found.append(made)
        last = group[-1].end
    for match in words.patterns["same"].finditer(masked.text, start, end):
        repeated = next((case.sanctions for case in reversed(found) if case.end <= match.start()), tuple(before))
        clear = all(case.end <= match.start() or match.end() <= case.start for case in found)
        if repeated and clear:
            found.append(Case(match.start(), match.end(), match.start(), "penalty.same", repeated))
    return sorted(found, key=lambda case: case.start)


def _groups(masked: Masked, sanctions: Sequence[Named], words: Words) -> list[list[Named]]:
    """Sanctions of one case: named close together, no second case begun, no kind sized twice unless as alternatives."""
    groups: list[list[Named]] = []
    for sanction in sanctions:
        group = groups[-1] if groups else []
        if group:
            gap = masked.text[group[-1].end : sanction.start]
            again = any(
                s.kind.sanction == sanction.kind.sanction and bool(s.bounds) == bool(sanction.bounds)
                for s in group
                if not (s.kind.listed or sanction.kind.listed or s.kind.sanction == "other")
            )
            alternative = _alternative(masked, group[-1], sanction, words)
            apart = len(gap) > APART or words.patterns["new_case"].search(gap)
            if apart or (again and not alternative):
                group = []
        if not group:
            groups.append(group)
        group.append(sanction)
    return [kept for group in groups if (kept := _kept(masked, group, words))]


def _alternative(masked: Masked, last: Named, further: Named, words: Words) -> bool:
    """Whether a second sanction of a kind is an alternative to the first, not what another case brings."""
    gap, tail = masked.text[last.end : further.start], masked.text[further.end : further.end + 12].lstrip(" ,")
    if last.bounds and further.bounds and words.patterns["condition"].match(tail):
        return False
    return bool(len(gap) < 16 and words.patterns["or"].search(gap)) or _tops(masked, last, further, words)


def _tops(masked: Masked, last: Named, life: Named, words: Words) -> bool:
    """Whether a life term is the upper bound of the term before it: "not less than 15 years and may be liable to …"."""
    if not (last.bounds and life.bounds and life.bounds.min == "life" and last.kind.sanction == life.kind.sanction):
        return False
    gap = masked.text[last.end : life.start]
    joined = words.patterns["or"].search(gap) or (last.bounds.max is None and words.patterns["and"].search(gap))
    return len(gap) < 40 and bool(joined)


def _kept(masked: Masked, group: Sequence[Named], words: Words) -> list[Named]:
    """A group without what adds nothing: a kind that is named again, "penalties" where no others are listed."""
    kept = [s for s in group if s.bounds or not any(o.bounds and o.kind.sanction == s.kind.sanction for o in group)]
    beside = [(*kept[max(0, i - 1) : i], *kept[i + 1 : i + 2]) for i in range(len(kept))]
    return [s for s, near in zip(kept, beside, strict=True) if not s.kind.listed or _listed(masked, s, near, words)]


def _listed(masked: Masked, named: Named, neighbours: Sequence[Named], words: Words) -> bool:
    """Whether a word that is a sanction only among others stands in a list with one ("warning, penalties, fines")."""
    for other in neighbours:
        gap = masked.text[min(named.end, other.end) : max(named.start, other.start)].strip()
        joined = gap == "," or any(words.patterns[name].fullmatch(gap.lstrip(", ")) for name in ("and", "or"))
        if joined and not other.kind.listed:
            return True
    return False


def _attached(
    masked: Masked, start: int, last: int, group: Sequence[Named], words: Words, *, follows: bool
) -> int | None:
    """Where the words begin that attach a group to an act ("shall be punished by"), None without such words."""
    text, first = masked.text, group[0].start
    if law := words.patterns["lays_down"].search(text, start, first):
        return law.start()
    for match in reversed(list(words.patterns["cue"].finditer(text, max(start, first - 2 * REACH), first))):
        near = first - match.end() <= REACH and (match.start() >= last or not follows)
        if near and words.patterns["cue_gap"].fullmatch(text, match.end(), first):
            return match.start()
    parallel = words.patterns["parallel"].search(text, last, first) if follows else None
    if parallel and first - parallel.end() <= REACH // 2:
        return parallel.end()
    if follows and (further := words.patterns["goes_on"].search(text[last:first])):
        return last + further.start()
    after = re.compile(r"[\s,]*(?:[^\W\d_]+ ){0,3}?").match(text, group[-1].end)
    if after and words.patterns["cue_after"].search(text, group[-1].end, after.end() + 40):
        return group[0].start
    return None


def _case(
    masked: Masked, start: int, end: int, group: Sequence[Named], attached: int | None, words: Words
) -> Case | None:
    """The case of a group, None where the text only talks of sanctions."""
    p, text = words.patterns, masked.text
    first, last = group[0].start, group[-1].end
    sized = [s for s in group if s.bounds]
    if any(s.bounds.min is None and s.bounds.max is None for s in sized if s.bounds):
        return None  # "increased from three to five years": which of them holds is not told
    exact = all(s.bounds and s.bounds.min == s.bounds.max for s in sized)
    past = _imposed(masked, start, first, last, words)
    imposed = past and (exact or p["courts"].search(text, start, first) is not None)
    bound = p["minimum"].search(text, start, last + 30) or p["maximum"].search(text, start, last)
    if past and not imposed and not bound and p["counted"].search(text, start, end):
        return None  # "25 persons were sentenced to between 2 and 10 years" tells how courts judge, not what a law says
    if p["threshold"].search(text, start, first) or p["statistic"].search(text, start, last):
        return None
    if sized and (p["served"].search(text[max(start, first - 60) : first]) or p["wished"].search(text, start, first)):
        return None
    firm = any(s.bounds and (s.kind.firm or s.elliptic) and s.bounds.min != "life" for s in group)
    weak = not sized and all(s.kind.weak for s in group)
    if weak and not p["strong"].search(text, start, last):
        return None
    if not firm and attached is None:
        return None
    if (not sized or imposed) and p["counted"].search(text, start, end) and not (sized and attached):
        return None
    laid = p["lays_down"].search(text, start, first) and p["object_lead"].match(text, last, end)
    if not sized and (
        (not laid and p["policy"].search(text, start, end)) or (imposed and group[0].kind.sanction != "death")
    ):
        return None
    rule = "penalty.imposed" if imposed else "penalty.sized" if sized else "penalty.named"
    begins = attached if attached is not None else first
    sanctions = _sanctions(group)
    joined = _joined(masked, group, words) if len(sanctions) > 1 else None
    return Case(first, last, begins, rule, sanctions, joined, imposed)


def _imposed(masked: Masked, start: int, first: int, last: int, words: Words) -> bool:
    """Whether a court imposed it: "the court sentenced them to", and no "shall be sentenced"."""
    match = words.patterns["imposed"].search(masked.text, start, min(last, first + VERB))
    after = words.patterns["imposed"].search(masked.text[last : last + 20])
    return bool(after) or bool(match and not words.patterns["modal"].search(masked.text, match.end(), first))


def _sanctions(group: Sequence[Named]) -> tuple[Sanction, ...]:
    """Each sanction once; a kind that is also named without size adds nothing."""
    listed: list[Sanction] = []
    for sanction in (s.sanction for s in group):
        same = [s for s in listed if s.sanction == sanction.sanction]
        if sanction in listed or (same and sanction.min is None and sanction.max is None):
            continue
        if same and sanction.min == "life" and same[-1].min not in (None, "life"):
            listed = [replace(s, max="life") if s is same[-1] else s for s in listed]
            continue
        listed = [s for s in listed if s not in same or s.min is not None or s.max is not None]
        listed.append(sanction)
    return tuple(listed)


def _joined(masked: Masked, group: Sequence[Named], words: Words) -> Joined | None:
    gaps = [masked.text[a.end : b.start] for a, b in pairwise(group)]
    if not gaps:
        return None
    tail = masked.text[group[-1].end : group[-1].end + 12]
    if any(words.patterns["and_or"].search(gap) for gap in [*gaps, tail]):
        return "and/or"
    either = any(words.patterns["or"].search(gap) for gap in gaps)
    both = any(words.patterns["and"].search(gap) for gap in gaps)
    return "and/or" if either and both else "or" if either else "and"
