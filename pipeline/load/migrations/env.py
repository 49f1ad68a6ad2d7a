"""Alembic's entry: runs the migrations over the connection that the load holds, in its transaction."""

from alembic import context

from pipeline.load.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
