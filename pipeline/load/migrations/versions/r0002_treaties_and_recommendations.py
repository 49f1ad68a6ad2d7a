"""Two kinds of facts more: what States did about treaties, and what bodies recommend to them."""

import sqlalchemy as sa
from alembic import op

from pipeline.load.migrations.versions import r0001_first_release as first

revision = "0002"
down_revision = "0001"

KINDS = (*first.KINDS, "treaty_action", "recommendation")
DETAILS = (
    "articles",
    "dates",
    "evidence_boxes",
    "figures",
    "indicators",
    "penalties",
    "penalty_articles",
    "sanctions",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_facts_kind"), "facts", type_="check")
        op.create_check_constraint(op.f("ck_facts_kind"), "facts", f"kind IN ({', '.join(map(repr, KINDS))})")
    else:
        _rebuild()
    op.create_table(
        "treaty_actions",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("party", sa.String(length=3), nullable=False),
        sa.Column("treaty_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("edtf", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "action IN ('signed', 'ratified', 'acceded', 'adopted', 'succeeded', 'withdrew', 'reserved')",
            name=op.f("ck_treaty_actions_action"),
        ),
        sa.CheckConstraint("earliest IS NULL OR latest >= earliest", name=op.f("ck_treaty_actions_order")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_treaty_actions_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_treaty_actions_version_fact_id")
        ),
        sa.ForeignKeyConstraint(
            ["version", "treaty_id"],
            ["instruments.version", "instruments.id"],
            name=op.f("fk_treaty_actions_version_treaty_id"),
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", name=op.f("pk_treaty_actions")),
    )
    op.create_index(op.f("ix_treaty_actions_party"), "treaty_actions", ["party"], unique=False)
    op.create_table(
        "recommendations",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("made_to", sa.String(length=3), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_recommendations_valid")),
        sa.ForeignKeyConstraint(
            ["version", "fact_id"], ["facts.version", "facts.id"], name=op.f("fk_recommendations_version_fact_id")
        ),
        sa.PrimaryKeyConstraint("version", "fact_id", name=op.f("pk_recommendations")),
    )
    op.create_index(op.f("ix_recommendations_made_to"), "recommendations", ["made_to"], unique=False)


def _rebuild() -> None:
    """Facts and what belongs to them anew: SQLite and DuckDB cannot change a check of a table."""
    tables = ("facts", *DETAILS)
    for name in tables:
        op.execute(f"CREATE TEMPORARY TABLE kept_{name} AS SELECT * FROM {name}")
    for name in reversed(tables):
        op.drop_table(name)
    first.facts(KINDS)
    first.details()
    for name in tables:
        op.execute(f"INSERT INTO {name} SELECT * FROM kept_{name}")
        op.execute(f"DROP TABLE kept_{name}")


def downgrade() -> None:
    raise NotImplementedError("facts of the new kinds would have no place")
