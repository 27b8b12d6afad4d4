"""The record: tables and every named read. SQLAlchemy, no Flask, no clock but the database's own for leases."""
