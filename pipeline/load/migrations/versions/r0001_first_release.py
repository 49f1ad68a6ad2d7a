"""The tables of the first release."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KINDS = ("article", "penalty", "date", "figure", "indicator")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_reports_valid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_country"), "reports", ["country"], unique=False)
    op.create_table(
        "report_versions",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("repaired", sa.Text(), nullable=True),
        sa.Column("schema_version", sa.Text(), nullable=False),
        sa.Column("program_version", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh')", name=op.f("ck_report_versions_language")
        ),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_report_versions_valid")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_versions_report_id")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_report_versions")),
    )
    op.create_index(op.f("ix_report_versions_report_id"), "report_versions", ["report_id"], unique=False)
    op.create_table(
        "instruments",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('law', 'code', 'decree', 'constitution', 'regulation', 'treaty', 'bill', 'policy')",
            name=op.f("ck_instruments_kind"),
        ),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_instruments_valid")),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_instruments_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_instruments")),
    )
    op.create_index(op.f("ix_instruments_name"), "instruments", ["name"], unique=False)
    op.create_table(
        "languages",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh')", name=op.f("ck_languages_language")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_languages_valid")),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_languages_version")),
        sa.PrimaryKeyConstraint("version", "start_offset", name=op.f("pk_languages")),
    )
    op.create_table(
        "sections",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("start_offset >= 0 AND end_offset >= start_offset", name=op.f("ck_sections_span")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_sections_valid")),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_sections_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_sections")),
    )
    facts(KINDS)
    op.create_table(
        "instrument_aliases",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("instrument_id", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_instrument_aliases_valid")
        ),
        sa.ForeignKeyConstraint(
            ["version", "instrument_id"],
            ["instruments.version", "instruments.id"],
            name=op.f("fk_instrument_aliases_version_instrument_id"),
        ),
        sa.PrimaryKeyConstraint("version", "instrument_id", "alias", name=op.f("pk_instrument_aliases")),
    )
    op.create_table(
        "paragraphs",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_paragraphs_valid")),
        sa.ForeignKeyConstraint(
            ["version", "section_id"],
            ["sections.version", "sections.id"],
            name=op.f("fk_paragraphs_version_section_id"),
        ),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_paragraphs_version")),
        sa.PrimaryKeyConstraint("version", "start_offset", name=op.f("pk_paragraphs")),
    )
    details()


def facts(kinds: Sequence[str]) -> None:
    """The table of facts, for these kinds of them."""
    op.create_table(
        "facts",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=True),
        sa.Column("paragraph", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(f"kind IN ({', '.join(map(repr, kinds))})", name=op.f("ck_facts_kind")),
        sa.CheckConstraint("start_offset >= 0 AND end_offset >= start_offset", name=op.f("ck_facts_span")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_facts_valid")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_facts_report_id")),
        sa.ForeignKeyConstraint(
            ["version", "section_id"], ["sections.version", "sections.id"], name=op.f("fk_facts_version_section_id")
        ),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_facts_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_facts")),
    )
    op.create_index(op.f("ix_facts_kind"), "facts", ["kind"], unique=False)
    op.create_index(op.f("ix_facts_report_id_id"), "facts", ["report_id", "id"], unique=False)


def details() -> None:
    """The tables whose rows belong to a fact."""
    op.create_table(
        "articles",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_to", sa.Text(), nullable=True),
        sa.Column("subdivision", sa.Text(), nullable=True),
        sa.Column("instrument_id", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "unit IN ('article', 'section', 'paragraph', 'rule', 'chapter', 'regulation', 'schedule', 'part')",
            name=op.f("ck_articles_unit"),
        ),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_articles_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_articles_version_fact_id")
        ),
        sa.ForeignKeyConstraint(
            ["version", "instrument_id"],
            ["instruments.version", "instruments.id"],
            name=op.f("fk_articles_version_instrument_id"),
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", name=op.f("pk_articles")),
    )
    op.create_index(op.f("ix_articles_version_instrument_id"), "articles", ["version", "instrument_id"], unique=False)
    op.create_table(
        "dates",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("edtf", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("earliest IS NULL OR latest >= earliest", name=op.f("ck_dates_order")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_dates_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_dates_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", name=op.f("pk_dates")),
    )
    op.create_index(op.f("ix_dates_earliest"), "dates", ["earliest"], unique=False)
    op.create_table(
        "evidence_boxes",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("x0", sa.Double(), nullable=False),
        sa.Column("top", sa.Double(), nullable=False),
        sa.Column("x1", sa.Double(), nullable=False),
        sa.Column("bottom", sa.Double(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_evidence_boxes_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_evidence_boxes_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", "ordinal", name=op.f("pk_evidence_boxes")),
    )
    op.create_table(
        "figures",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("value_to", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("per", sa.Integer(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("period_earliest", sa.Date(), nullable=True),
        sa.Column("period_latest", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("in_table", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("comparator IN ('>', '>=', '<', '<=', '~')", name=op.f("ck_figures_comparator")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_figures_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_figures_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", name=op.f("pk_figures")),
    )
    op.create_index(op.f("ix_figures_period_earliest"), "figures", ["period_earliest"], unique=False)
    op.create_index(op.f("ix_figures_unit"), "figures", ["unit"], unique=False)
    op.create_table(
        "indicators",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("status IN ('present', 'absent')", name=op.f("ck_indicators_status")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_indicators_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_indicators_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", name=op.f("pk_indicators")),
    )
    op.create_index(op.f("ix_indicators_code"), "indicators", ["code"], unique=False)
    op.create_table(
        "penalties",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("offence", sa.Text(), nullable=True),
        sa.Column("joined", sa.Text(), nullable=True),
        sa.Column("imposed", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("joined IN ('and', 'or', 'and/or')", name=op.f("ck_penalties_joined")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_penalties_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_penalties_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", name=op.f("pk_penalties")),
    )
    op.create_table(
        "penalty_articles",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_penalty_articles_valid")),
        sa.ForeignKeyConstraint(
            ["version", "article_id"],
            ["facts.version", "facts.id"],
            name=op.f("fk_penalty_articles_version_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_penalty_articles_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", "article_id", name=op.f("pk_penalty_articles")),
    )
    op.create_table(
        "sanctions",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("sanction", sa.Text(), nullable=False),
        sa.Column("min_duration", sa.Text(), nullable=True),
        sa.Column("max_duration", sa.Text(), nullable=True),
        sa.Column("min_months", sa.Double(), nullable=True),
        sa.Column("max_months", sa.Double(), nullable=True),
        sa.Column("min_amount", sa.Double(), nullable=True),
        sa.Column("max_amount", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "sanction IN ('imprisonment', 'fine', 'death', 'confiscation', 're-education', 'warning', 'closure', 'licence', 'corporal', 'disciplinary', 'community-service', 'deportation', 'disqualification', 'other')",  # noqa: E501
            name=op.f("ck_sanctions_sanction"),
        ),
        sa.CheckConstraint("min_duration IS NULL OR min_amount IS NULL", name=op.f("ck_sanctions_term_or_fine")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_sanctions_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_sanctions_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", "ordinal", name=op.f("pk_sanctions")),
    )


def downgrade() -> None:
    op.drop_table("sanctions")
    op.drop_table("penalty_articles")
    op.drop_table("penalties")
    op.drop_index(op.f("ix_indicators_code"), table_name="indicators")
    op.drop_table("indicators")
    op.drop_index(op.f("ix_figures_unit"), table_name="figures")
    op.drop_index(op.f("ix_figures_period_earliest"), table_name="figures")
    op.drop_table("figures")
    op.drop_table("evidence_boxes")
    op.drop_index(op.f("ix_dates_earliest"), table_name="dates")
    op.drop_table("dates")
    op.drop_index(op.f("ix_articles_version_instrument_id"), table_name="articles")
    op.drop_table("articles")
    op.drop_table("paragraphs")
    op.drop_table("instrument_aliases")
    op.drop_index(op.f("ix_facts_report_id_id"), table_name="facts")
    op.drop_index(op.f("ix_facts_kind"), table_name="facts")
    op.drop_table("facts")
    op.drop_table("sections")
    op.drop_table("languages")
    op.drop_index(op.f("ix_instruments_name"), table_name="instruments")
    op.drop_table("instruments")
    op.drop_index(op.f("ix_report_versions_report_id"), table_name="report_versions")
    op.drop_table("report_versions")
    op.drop_index(op.f("ix_reports_country"), table_name="reports")
    op.drop_table("reports")
