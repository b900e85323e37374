"""The command line: the `cg` command, one module a verb."""
