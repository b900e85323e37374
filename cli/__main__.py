"""`python -m cli` is `cg`."""

from cli.main import main

if __name__ == "__main__":
    main()
