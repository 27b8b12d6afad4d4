"""The steps of the schema, oldest first; each is tested on data."""
