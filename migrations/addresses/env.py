"""Runs migrations of the address store, on the engine that they bring."""

from alembic import context

from feedback.models.followers import AddressBase

config = context.config


def run() -> None:
    """Migrate over the connection in `config.attributes`."""
    connection = config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=AddressBase.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
