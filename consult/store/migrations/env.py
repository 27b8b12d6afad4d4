"""Alembic's entry: the connection is handed in by ``consult.store.migrations``; there is no other way to run."""

from alembic import context

from consult.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
