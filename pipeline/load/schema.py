"""The relational shape of records, defined once for all sinks.

Every row belongs to a version of a report (the sha256 of its file) and says from when until when the program
said so: `valid_until` is null while it does. Rows are retired, never deleted. Times are UTC, without a zone.

A report, that is a symbol, may have several versions: a new text, the same text in another format, and its
translations. `report_versions.latest` marks for each report and language the version that was loaded last (of
several in one load the last by name), and the views keep to those, so that no fact is counted twice in a language.
The primary key of each table is its first columns, its history the last two.
"""

from typing import get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from .. import model
from ..model import Language

KINDS = ("article", "penalty", "date", "figure", "indicator", "treaty_action", "recommendation")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, values: object) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in get_args(values))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _history() -> tuple[Column[object], Column[object], CheckConstraint]:
    return (
        Column("valid_from", DateTime, nullable=False),
        Column("valid_until", DateTime),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="valid"),
    )


def _span() -> tuple[Column[object], Column[object], CheckConstraint]:
    return (
        Column("start_offset", Integer, nullable=False),
        Column("end_offset", Integer, nullable=False),
        CheckConstraint("start_offset >= 0 AND end_offset >= start_offset", name="span"),
    )


def _version(primary: bool = True) -> Column[str]:
    return Column("version", String(64), ForeignKey("report_versions.version"), primary_key=primary)


def _fact() -> tuple[Column[str], Column[str], ForeignKeyConstraint]:
    return (
        Column("version", String(64), primary_key=True),
        Column("fact_id", Text, primary_key=True),
        ForeignKeyConstraint(["version", "fact_id"], ["facts.version", "facts.id"]),
    )


reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("symbol", Text),
    Column("path", Text, nullable=False),
    Column("title", Text),
    Column("body", Text),
    Column("country", String(3)),
    Column("date", Text),
    *_history(),
    Index(None, "country"),
)

report_versions = Table(
    "report_versions",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("language", String(2)),
    Column("latest", Boolean, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("pages", Integer),
    Column("encoding", Text),
    Column("repaired", Text),
    Column("schema_version", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("record", String(64), nullable=False),
    *_history(),
    _one_of("language", Language),
    Index(None, "report_id"),
)

languages = Table(
    "languages",
    metadata,
    _version(),
    Column("start_offset", Integer, primary_key=True),
    Column("end_offset", Integer, nullable=False),
    Column("language", String(2), nullable=False),
    Column("unread", Boolean, nullable=False),
    *_history(),
    _one_of("language", Language),
)

sections = Table(
    "sections",
    metadata,
    _version(),
    Column("id", Text, primary_key=True),
    Column("parent", Text),
    Column("number", Text),
    Column("title", Text, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("language", String(2), nullable=False),
    *_span(),
    *_history(),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    _version(),
    Column("start_offset", Integer, primary_key=True),
    Column("end_offset", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("section_id", Text),
    *_history(),
    ForeignKeyConstraint(["version", "section_id"], ["sections.version", "sections.id"]),
)

instruments = Table(
    "instruments",
    metadata,
    _version(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("year", Text),
    Column("number", Text),
    *_history(),
    _one_of("kind", model.InstrumentKind),
    Index(None, "name"),
)

instrument_aliases = Table(
    "instrument_aliases",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("instrument_id", Text, primary_key=True),
    Column("alias", Text, primary_key=True),
    *_history(),
    ForeignKeyConstraint(["version", "instrument_id"], ["instruments.version", "instruments.id"]),
)

facts = Table(
    "facts",
    metadata,
    _version(),
    Column("id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("section_id", Text),
    Column("paragraph", Text),
    Column("page", Integer),
    Column("quote", Text, nullable=False),
    *_span(),
    Column("language", String(2), nullable=False),
    Column("confidence", Double),
    Column("found_by", Text, nullable=False),
    *_history(),
    ForeignKeyConstraint(["version", "section_id"], ["sections.version", "sections.id"]),
    CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in KINDS)})", name="kind"),
    Index(None, "report_id", "id"),
    Index(None, "kind"),
)

articles = Table(
    "articles",
    metadata,
    *_fact(),
    Column("unit", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("number_to", Text),
    Column("subdivision", Text),
    Column("instrument_id", Text),
    *_history(),
    ForeignKeyConstraint(["version", "instrument_id"], ["instruments.version", "instruments.id"]),
    _one_of("unit", model.Unit),
    Index(None, "version", "instrument_id"),
)

penalties = Table(
    "penalties",
    metadata,
    *_fact(),
    Column("offence", Text),
    Column("joined", Text),
    Column("imposed", Boolean, nullable=False),
    Column("place", Text),
    Column("actor", Text),
    *_history(),
    _one_of("joined", model.Joined),
)

penalty_articles = Table(
    "penalty_articles",
    metadata,
    *_fact(),
    Column("article_id", Text, primary_key=True),
    *_history(),
    ForeignKeyConstraint(["version", "article_id"], ["facts.version", "facts.id"]),
)

# A term has durations as written in the record and in months (a year 12, 30 days 1); a fine has amounts.
sanctions = Table(
    "sanctions",
    metadata,
    *_fact(),
    Column("ordinal", SmallInteger, primary_key=True),
    Column("sanction", Text, nullable=False),
    Column("min_duration", Text),
    Column("max_duration", Text),
    Column("min_months", Double),
    Column("max_months", Double),
    Column("min_amount", Double),
    Column("max_amount", Double),
    Column("unit", Text),
    *_history(),
    _one_of("sanction", model.SanctionKind),
    CheckConstraint("min_duration IS NULL OR min_amount IS NULL", name="term_or_fine"),
)

dates = Table(
    "dates",
    metadata,
    *_fact(),
    Column("edtf", Text, nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    *_history(),
    CheckConstraint("earliest IS NULL OR latest >= earliest", name="order"),
    Index(None, "earliest"),
)

figures = Table(
    "figures",
    metadata,
    *_fact(),
    Column("value", Double, nullable=False),
    Column("value_to", Double),
    Column("unit", Text, nullable=False),
    Column("per", Integer),
    Column("measure", Text),
    Column("comparator", Text),
    Column("period", Text),
    Column("period_earliest", Date),
    Column("period_latest", Date),
    Column("place", Text),
    Column("actor", Text),
    Column("in_table", Boolean, nullable=False),
    *_history(),
    _one_of("comparator", model.Comparator),
    Index(None, "unit"),
    Index(None, "period_earliest"),
)

indicators = Table(
    "indicators",
    metadata,
    *_fact(),
    Column("code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("text", Text, nullable=False),
    *_history(),
    CheckConstraint("status IN ('present', 'absent')", name="status"),
    Index(None, "code"),
)

treaty_actions = Table(
    "treaty_actions",
    metadata,
    *_fact(),
    Column("party", String(3), nullable=False),
    Column("treaty_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("edtf", Text),
    Column("earliest", Date),
    Column("latest", Date),
    *_history(),
    ForeignKeyConstraint(["version", "treaty_id"], ["instruments.version", "instruments.id"]),
    _one_of("action", model.ActionKind),
    CheckConstraint("earliest IS NULL OR latest >= earliest", name="order"),
    Index(None, "party"),
)

# `by` and `to` of the record, which are words of SQL.
recommendations = Table(
    "recommendations",
    metadata,
    *_fact(),
    Column("paragraph", Text),
    Column("made_by", Text),
    Column("made_to", String(3), nullable=False),
    Column("text", Text, nullable=False),
    *_history(),
    Index(None, "made_to"),
)

evidence_boxes = Table(
    "evidence_boxes",
    metadata,
    *_fact(),
    Column("ordinal", SmallInteger, primary_key=True),
    Column("page", Integer, nullable=False),
    Column("x0", Double, nullable=False),
    Column("top", Double, nullable=False),
    Column("x1", Double, nullable=False),
    Column("bottom", Double, nullable=False),
    *_history(),
)

TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
TABLE = {table.name: table for table in TABLES}

HISTORY = ("valid_from", "valid_until")
COLUMNS = {table.name: tuple(c.name for c in table.columns if c.name not in HISTORY) for table in TABLES}
"""The columns of each table's rows, in order, without the history."""

# Views in SQL that SQLite, PostgreSQL and DuckDB share.
VIEWS: dict[str, str] = {
    "current_facts": """
        SELECT f.version, f.id, f.report_id, r.symbol, r.country, v.name AS source, f.kind, f.section_id,
               s.title AS section_title, f.paragraph, f.page, f.quote, f.start_offset, f.end_offset, f.language,
               f.confidence, f.found_by, f.valid_from
        FROM facts f
        JOIN report_versions v ON v.version = f.version AND v.latest
        JOIN reports r ON r.id = f.report_id
        LEFT JOIN sections s ON s.version = f.version AND s.id = f.section_id
        WHERE f.valid_until IS NULL
    """,
    "penalties_by_article": """
        SELECT f.report_id, f.symbol, f.country, f.language, p.offence, s.sanction, s.min_months, s.max_months,
               s.min_duration, s.max_duration, s.min_amount, s.max_amount,
               CASE WHEN s.sanction = 'fine' THEN s.unit END AS currency, p.joined, p.imposed,
               a.unit AS provision, a.number AS article, a.number_to AS article_to, i.name AS instrument,
               i.year AS instrument_year, f.quote, f.page, f.paragraph, f.version, f.id AS fact_id
        FROM current_facts f
        JOIN penalties p ON p.version = f.version AND p.fact_id = f.id
        JOIN sanctions s ON s.version = f.version AND s.fact_id = f.id AND s.valid_until IS NULL
        LEFT JOIN penalty_articles pa ON pa.version = f.version AND pa.fact_id = f.id AND pa.valid_until IS NULL
        LEFT JOIN articles a ON a.version = pa.version AND a.fact_id = pa.article_id
        LEFT JOIN instruments i ON i.version = a.version AND i.id = a.instrument_id
    """,
    "figures_over_time": """
        SELECT f.country, g.measure, g.unit, g.period, g.period_earliest, g.period_latest, g.comparator,
               g.value, g.value_to, g.per, g.place, g.actor, g.in_table, f.report_id, f.symbol, f.language, f.quote,
               f.page, f.paragraph, f.version, f.id AS fact_id
        FROM current_facts f
        JOIN figures g ON g.version = f.version AND g.fact_id = f.id
    """,
    "indicators_by_country": """
        SELECT f.country, n.code, n.title, n.status, n.text, f.report_id, f.symbol, f.language, f.quote, f.page,
               f.version, f.id AS fact_id
        FROM current_facts f
        JOIN indicators n ON n.version = f.version AND n.fact_id = f.id
    """,
    "treaty_actions_by_country": """
        SELECT t.party, i.name AS treaty, i.year AS treaty_year, t.action, t.edtf, t.earliest, t.latest, f.report_id,
               f.symbol, f.language, f.quote, f.page, f.paragraph, f.found_by, f.version, f.id AS fact_id
        FROM current_facts f
        JOIN treaty_actions t ON t.version = f.version AND t.fact_id = f.id
        JOIN instruments i ON i.version = t.version AND i.id = t.treaty_id
    """,
    "recommendations_by_country": """
        SELECT n.made_to, n.made_by, n.paragraph, n.text, f.report_id, f.symbol, f.section_title, f.language, f.page,
               f.version, f.id AS fact_id
        FROM current_facts f
        JOIN recommendations n ON n.version = f.version AND n.fact_id = f.id
    """,
    # The last load that changed a fact. A fact of a new version that an older version has too is `kept`.
    "changes_since_last_load": """
        SELECT CASE WHEN f.valid_until IS NOT NULL THEN 'retired'
                    WHEN EXISTS (SELECT 1 FROM facts o WHERE o.report_id = f.report_id AND o.id = f.id
                                 AND o.version <> f.version AND o.valid_from < l.moment) THEN 'kept'
                    ELSE 'new' END AS change,
               f.report_id, f.kind, f.quote, f.page, f.paragraph, f.language, l.moment AS loaded,
               f.version, f.id AS fact_id
        FROM facts f
        CROSS JOIN (
            SELECT MAX(moment) AS moment FROM (
                SELECT MAX(valid_from) AS moment FROM facts
                UNION ALL SELECT MAX(valid_until) AS moment FROM facts) moments) l
        WHERE f.valid_until = l.moment OR (f.valid_until IS NULL AND f.valid_from = l.moment)
    """,
}
