"""The embedded store: one SQLite file, one table for each label and each relationship type."""
