"""Documents become facts: recognised by content, read with their lines, names resolved, put into a store."""
