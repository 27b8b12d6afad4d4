"""The triggers that let a table only grow, in the words of each database."""


def append_only(table: str, dialect: str) -> tuple[str, ...]:
    """Return the statements after which ``UPDATE`` and ``DELETE`` on ``table`` fail."""
    words = f"rows of {table} are frozen"
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER frozen_{table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for verb in ("UPDATE", "DELETE")
        )
    function = (
        f"CREATE FUNCTION frozen_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    trigger = (
        f"CREATE TRIGGER frozen_{table} BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION frozen_{table}()"
    )
    return (function, trigger)
