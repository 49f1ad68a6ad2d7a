"""What a diff says, as closed models: its JSON form is fixed by schemas/diff.schema.json."""

from typing import Literal

from pydantic import Field

from ..records import Closed, Fact, Instrument, Paragraph, Section

ChangeKind = Literal["changed", "added", "removed", "moved", "reworded"]
ItemKind = Literal[
    "article",
    "penalty",
    "date",
    "figure",
    "indicator",
    "treaty_action",
    "recommendation",
    "instrument",
    "section",
    "paragraph",
]
Mode = Literal["versions", "cycle", "languages"]

FACT_KINDS: tuple[ItemKind, ...] = (
    "article",
    "penalty",
    "date",
    "figure",
    "indicator",
    "treaty_action",
    "recommendation",
)


class Change(Closed):
    """One difference. `fields` names what differs; `section` is the heading it stands under (new report first).

    `label` says in a few words which fact it is, `before` and `after` are the differing values as words.
    `change_percent` is that of a figure whose value changed while its unit did not.
    """

    change: ChangeKind
    kind: ItemKind
    label: str
    fields: tuple[str, ...]
    before: str | None
    after: str | None
    section: str | None
    change_percent: float | None
    old: Fact | Instrument | Section | Paragraph | None
    new: Fact | Instrument | Section | Paragraph | None


class SideInfo(Closed):
    """Which record stood on one side."""

    name: str
    sha256: str
    symbol: str | None
    title: str | None
    date: str | None
    version: str
    rules: str


class Series(Closed):
    """What both reports of a cycle measured: values with comparator, periods as EDTF, ids of the facts."""

    measure: str
    unit: str
    old_value: str
    old_period: str | None
    new_value: str
    new_period: str | None
    change_percent: float | None
    old: str
    new: str


class Unread(Closed):
    """A file of a folder that could not be compared; `failed` is false where it is no report at all."""

    name: str
    side: Literal["old", "new"]
    failed: bool
    reason: str


class RecordDiff(Closed):
    """All differences of two records; `unchanged` counts facts, `unchanged_by_kind` all kinds of items.

    `readings` are differences between the records that are none between the reports: the same words stand in both,
    and the program read them in two ways, as where the formats differ. `series` is the table of a cycle.
    """

    schema_version: Literal["1.0"]
    old: SideInfo
    new: SideInfo
    mode: Mode
    notes: tuple[str, ...]
    changes: tuple[Change, ...]
    unchanged: int = Field(ge=0)
    unchanged_by_kind: dict[ItemKind, int]
    readings: tuple[Change, ...]
    series: tuple[Series, ...]

    @property
    def unread(self) -> tuple[Unread, ...]:
        """None: a report that cannot be read is an error."""
        return ()

    @property
    def failed(self) -> bool:
        return False

    @property
    def differs(self) -> bool:
        """Whether a fact was changed, added or removed (moved and reworded facts say the same as before)."""
        return any(c.kind in FACT_KINDS and c.change in ("changed", "added", "removed") for c in self.changes)


class FolderDiff(Closed):
    """The differences of two folders, report by report; reports without a counterpart are listed by name."""

    schema_version: Literal["1.0"]
    reports: tuple[RecordDiff, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    unread: tuple[Unread, ...]

    @property
    def failed(self) -> bool:
        """Whether something that should have been compared was not."""
        return any(file.failed for file in self.unread)

    @property
    def differs(self) -> bool:
        return bool(self.only_old or self.only_new) or any(report.differs for report in self.reports)
