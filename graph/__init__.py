"""The graph: its model, the records that fill it, and the stores that keep it."""
