"""What each draft is: heading, numbered paragraph, item, caption, cover matter, or plain text."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..model import Table
from .drafts import Draft
from .rows import EDGE, URL, Layout, caps, leads
from .words import Words

PAGES = re.compile(r"\d{1,4}(?:\s?[-–—]\s?\d{1,4})?")
PAGE_END = re.compile(r"(?:\s|\t)\d{1,3}(?:[–-]\d{1,3})?(?:\s+\d{1,3})?$")
VALUE = re.compile(r":\s*\S|\d\s?%?$")
SENTENCE = re.compile(r"[.!?]\s+[A-ZÀ-ÞА-ЯЁ]")
LONGEST, TITLE, BODY = 220, 500, 250
PLAIN = 130
"""Nothing but its shortness tells a heading of plain text from a sentence without a stop."""


def kinds(
    drafts: list[Draft], chain: Mapping[int, str], tables: Sequence[Table], how: Layout, words: Words
) -> list[Draft]:
    """The drafts with their kinds settled; those that turned out to be no drafts of their own are merged."""
    drafts = _merged(drafts, chain)
    _contents(drafts, words)
    _unlabelled(drafts)
    _captions(drafts, words)
    _endnotes(drafts, words)
    for index, draft in enumerate(drafts):
        if draft.kind is None and draft.label is not None:
            _labelled(drafts, index)
    heads = _forms(drafts, tables, how, words)
    for index, draft in enumerate(drafts):
        if draft.kind is None:
            draft.kind = "heading" if index in heads else "paragraph"
    _cover(drafts, words)
    _titles(drafts, words)
    return drafts


def _merged(drafts: list[Draft], chain: Mapping[int, str]) -> list[Draft]:
    """Numbers of the chain set; a doubtful label that is not in it was a line of the draft before."""
    found: list[Draft] = []
    for index, draft in enumerate(drafts):
        if index in chain:
            draft.kind, draft.number = "paragraph", chain[index]
        elif draft.weak and found and not draft.declared:
            found[-1].rows.extend(draft.rows)
            continue
        elif draft.label is not None and draft.label.bare and not draft.declared:
            draft.label = None
        found.append(draft)
    return found


def _unlabelled(drafts: Sequence[Draft]) -> None:
    """A number with points that continues no numbering is part of the words: the number of an article, a sum."""
    seen: set[tuple[int, ...]] = set()
    for draft in drafts:
        label = draft.label
        if label is None or label.kind not in ("number", "dotted"):
            continue
        if label.kind == "dotted" and draft.kind is None and not draft.declared:
            opens = set(label.value[1:]) == {1} and label.value[0] <= 2
            if label.value[:-1] not in seen and not opens:
                draft.label = None
                continue
        seen.update(label.value[:length] for length in range(1, len(label.value) + 1))


def _captions(drafts: Sequence[Draft], words: Words) -> None:
    """What a format calls a heading may be a caption: "Table 3", "Figure 2.I", and the title under such a line."""
    for index, draft in enumerate(drafts):
        if draft.kind != "heading" or not draft.declared or draft.number:
            continue
        before = drafts[index - 1] if index else None
        alone = before is not None and before.kind == "caption" and before.size < 20
        if words.caption.match(draft.first.text) or alone:
            draft.kind = "caption"


def _endnotes(drafts: Sequence[Draft], words: Words) -> None:
    """Numbered drafts under a heading for notes are notes, and so is what stands between them."""
    inside = False
    for index, draft in enumerate(drafts):
        if draft.label is None and words.notes.fullmatch(draft.first.text.strip(" *:")):
            following = drafts[index + 1] if index + 1 < len(drafts) else None
            label = following.label if following is not None else None
            inside = label is not None and label.kind == "number" and label.value == (1,)
            if inside:
                draft.kind, draft.number = "heading", None
        elif inside and draft.label is not None and draft.label.kind == "number" and not draft.declared:
            draft.kind, draft.number = "note", draft.label.number
        elif inside and (draft.kind is not None or draft.first.bold):
            inside = False
        elif inside:
            draft.kind = "note"


def _contents(drafts: Sequence[Draft], words: Words) -> None:
    """Tables of contents are page furniture: lines with dot leaders, or with page numbers under their heading."""
    inside = False
    for index, draft in enumerate(drafts):
        if words.contents.fullmatch(draft.first.text.strip(" *:")):
            draft.kind, draft.number, inside = "furniture", None, True
            continue
        if draft.kind not in (None, "paragraph", "heading"):
            continue
        if _leads(draft) or (inside and (_paged(draft) or _heads_entry(drafts, index))):
            draft.kind, draft.number = "furniture", None
        else:
            inside = False


def contents_tables(ordered: Sequence[Draft], words: Words) -> None:
    """A table below the heading of the contents is page furniture if a third of its cells are numbers of pages."""
    listed: int | None = None
    for before, draft in pairwise(ordered):
        if draft.kind != "cell" or draft.table is None:
            continue
        if before.kind == "furniture" and words.contents.fullmatch(before.first.text.strip(" *:")):
            cells = [other.first.text.strip(" .") for other in ordered if other.table == draft.table]
            paged = 3 * sum(PAGES.fullmatch(text) is not None for text in cells) >= len(cells)
            listed = draft.table if paged else None
        if draft.table == listed:
            draft.kind, draft.table, draft.cell = "furniture", None, None


def _leads(draft: Draft) -> bool:
    return any(leads(row.text) for row in draft.rows)


def _paged(draft: Draft) -> bool:
    return PAGE_END.search(draft.last.text) is not None and draft.size < LONGEST and not draft.last.ended


def _heads_entry(drafts: Sequence[Draft], index: int) -> bool:
    """A short line among the entries, such as "Annex" above its title."""
    after = drafts[index + 1 : index + 3]
    return (
        drafts[index].size < 60
        and not drafts[index].last.ended
        and any(_leads(draft) or _paged(draft) for draft in after)
    )


def _labelled(drafts: Sequence[Draft], index: int) -> None:
    draft = drafts[index]
    label = draft.label
    assert label is not None
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    before = drafts[index - 1] if index else None
    draft.number = label.number if label.kind != "bullet" else None
    if label.kind == "bullet":
        draft.kind = "item"
    elif label.kind in ("roman", "letter"):
        short = draft.size < 120 and not SENTENCE.search(draft.words()) and draft.last.text.endswith(".")
        draft.kind = "heading" if draft.headlike or (short and label.kind == "roman") else "item"
    elif label.kind in ("number", "dotted"):
        headed = draft.headlike and draft.size <= LONGEST and not _listed(drafts, index)
        draft.kind = "heading" if headed else "item"
    else:
        listed = before is not None and before.last.text.endswith((":", ";", ",", "：", "；", "，", "؛", "،"))
        headed = draft.headlike and following is not None and following.kind in ("paragraph", "heading") and not listed
        draft.kind = "heading" if headed and following is not None and following.number else "item"


def _listed(drafts: Sequence[Draft], index: int) -> bool:
    """Its neighbour bears the next or the last number of the same kind: a list, for a heading has text under it."""
    label = drafts[index].label
    assert label is not None
    for place, step in ((index + 1, 1), (index - 1, -1)):
        other = drafts[place].label if 0 <= place < len(drafts) else None
        if (
            other is not None
            and other.kind == label.kind
            and other.value == (*label.value[:-1], label.value[-1] + step)
        ):
            return True
    return False


def _forms(drafts: Sequence[Draft], tables: Sequence[Table], how: Layout, words: Words) -> set[int]:
    """Indexes of unnumbered drafts that are headings by their form, their type or their words."""
    starts = sorted(table.start for table in tables)
    found: set[int] = set()
    run: list[int] = []
    closed = False
    for index, draft in enumerate(drafts):
        if draft.kind is not None:
            closed = closed and draft.kind != "heading"
            _keep(run, found, drafts)
            run = []
            continue
        text = draft.words()
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        if URL.match(text) or closed or (len(draft.rows) == 1 and EDGE.fullmatch(text)):
            draft.kind = "other"
        elif words.closing.match(text):
            draft.kind, closed = "other", True
        elif words.annex.fullmatch(text.strip(" *")):
            draft.level = 1
            found.add(index)
        elif words.top.fullmatch(text.strip(" *:")):
            found.add(index)
        elif (words.caption.match(text) and draft.size < 400) or _before_table(draft, following, starts):
            draft.kind = "caption"
        elif _heading_form(drafts, index, how, index - 1 in found or index - 1 in run):
            run.append(index)
            continue
        _keep(run, found, drafts)
        run = []
    _keep(run, found, drafts)
    return found


def _keep(run: Sequence[int], found: set[int], drafts: Sequence[Draft]) -> None:
    """Many short lines on end are a list or an address; up to three are headings under headings."""
    typed = [index for index in run if drafts[index].first.bold or caps(drafts[index].words())]
    found.update(run if len(run) <= 3 else typed)


def _before_table(draft: Draft, following: Draft | None, starts: Sequence[int]) -> bool:
    end = draft.last.end
    stop = following.start if following is not None else 1 << 60
    return draft.size < 300 and any(end <= start < stop for start in starts)


def _heading_form(drafts: Sequence[Draft], index: int, how: Layout, above: bool) -> bool:
    draft = drafts[index]
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    before = drafts[index - 1] if index else None
    if not draft.headlike or draft.size > LONGEST or len(draft.rows) > 4 or following is None:
        return False
    text = draft.words()
    if (VALUE.search(text) and not draft.first.bold) or (following.kind == "note" and draft.first.top is None):
        return False
    printed = draft.first.top is not None
    apart = above or (printed and before is not None and draft.first.style != before.last.style)
    if before is not None and before.kind in (None, "paragraph", "item") and not (before.last.ended or apart):
        return False
    if printed:
        larger = (draft.first.size or 0) > how.body * 1.06
        italic = all(row.italic for row in draft.rows) and draft.size < PLAIN
        return draft.first.bold or larger or italic or caps(text)
    if len(draft.rows) > 2 or draft.size > PLAIN or text[0].isdigit() or text[0] in "(“" or "@" in text:
        return False
    return draft.first.blanks > 0 or following.first.blanks > 0 or following.label is not None


def _cover(drafts: Sequence[Draft], words: Words) -> None:
    """All before the first numbered heading or paragraph is cover matter where the cover's words are in it."""
    stop = 0
    for index, draft in enumerate(drafts):
        text = draft.words()
        if (draft.number and draft.kind in ("heading", "paragraph")) or (draft.kind == "furniture" and index):
            stop = index
            break
        plain = text.strip(" *:")
        if words.top.fullmatch(plain) or words.annex.fullmatch(plain):
            stop = index
            break
    else:
        stop = next((i for i, draft in enumerate(drafts) if draft.size > BODY and draft.last.ended), 0)
    head = drafts[:stop]
    if not any(
        words.cover.match(row.text) or words.bodies.match(row.text) or EDGE.fullmatch(row.text)
        for draft in head
        for row in draft.rows
    ):
        return
    formal = any(words.cover.match(row.text) for draft in head for row in draft.rows)
    for draft in head:
        if not draft.declared or (draft.kind == "heading" and (formal or not draft.level)):
            draft.title = draft.kind == "heading"
            draft.kind = "other"


def _titles(drafts: Sequence[Draft], words: Words) -> None:
    """Lines without number and stop right above a heading, at the start or under "Annex", are a title, no section."""
    for index, draft in enumerate(drafts[:-1]):
        if draft.number or draft.kind not in ("heading", "paragraph") or draft.last.ended or draft.label:
            continue
        if draft.declared:
            continue
        text = draft.words().strip(" *:")
        opens = index == 0 or words.annex.fullmatch(drafts[index - 1].words().strip(" *:"))
        plain = words.annex.fullmatch(text) or words.top.fullmatch(text)
        if opens and not plain and drafts[index + 1].kind == "heading" and draft.size < TITLE:
            draft.kind, draft.title = "heading", True
