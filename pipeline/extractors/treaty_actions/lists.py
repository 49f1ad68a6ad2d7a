"""Lists of treaties under the sentence that tells what was done: "ratified the following: (a) …, in 2012"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from ...model import Passage
from .prose import Chain, Prose, Told
from .words import TREATY

ITEM = re.compile(rf"[^{TREATY}]{{0,60}}{TREATY}")
"""An item begins with the name of its treaty."""


class Lists:
    """Follows the lists of a report from passage to passage."""

    def __init__(self) -> None:
        self.chain: Chain | None = None
        self.parties: tuple[str, ...] = ()
        self.items = 0

    def closed(self) -> None:
        self.chain = None

    def opened(self, passage: Passage) -> bool:
        """Whether a list is open at this passage; a new numbered paragraph closes it, and so does text after items."""
        block = passage.block
        if block.kind != "item" and (block.number or self.items):
            self.closed()
        return self.chain is not None

    def read(self, passage: Passage, prose: Prose, told: Sequence[Told]) -> Iterator[Told]:
        """What the open list tells of the treaties of an item, where that tells nothing itself."""
        if self.chain is not None:
            self.items += 1
            if not told and not prose.words.did.search(prose.text):
                yield from self.item(prose, self.chain)
        if passage.text.endswith(":"):
            self.open(passage, prose)

    def item(self, prose: Prose, chain: Chain) -> Iterator[Told]:
        treaties = prose.masked.treaties
        if not treaties or not ITEM.match(prose.text) or prose.said["stop"].search(prose.text[: treaties[0].start]):
            return
        listed = prose.listed(treaties, 0)
        days = prose.days(replace(chain, start=0, end=0), "", listed, 0, len(prose.text))
        for treaty, day in zip(listed, days, strict=True):
            for party, action in product(self.parties, chain.acts):
                until = max(treaty.end, day.end if day else 0)
                yield Told(treaty.start, until, treaty, party, action, "listed", day.edtf if day else None)

    def open(self, passage: Passage, prose: Prose) -> None:
        """Open a list at a passage whose last sentence tells of an act without its treaties."""
        start, end = passage.sentences[-1]
        last = max((t.start for t in prose.masked.treaties), default=-1)
        for chain in reversed(prose.chains(start, end)):
            filler = prose.text[chain.end : end]
            if last >= chain.end or prose.said["stop"].search(filler):
                continue
            parties = prose.actors(chain, filler, end, start)
            if parties and prose.factual(chain, end, start, end):
                self.chain, self.parties, self.items = chain, parties, 0
                return
