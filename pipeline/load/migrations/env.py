"""Alembic's entry: runs the migrations over the connection that the load holds, in its transaction."""

from alembic import context

from pipeline.load.migrations import VERSION_TABLE
from pipeline.load.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
