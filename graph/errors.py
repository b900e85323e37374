"""The tree of errors: each is built from values and says what, where, and what would be valid."""

from __future__ import annotations

from collections.abc import Sequence


class ComplianceGraphError(Exception):
    """Base of every error that a person is to read; `exit_code` is what the command line ends with."""

    exit_code = 1


class InputRefused(ComplianceGraphError):
    """What was given cannot be accepted."""


class UsageError(ComplianceGraphError):
    """The command was given wrongly."""

    exit_code = 2


class StoreUnreachable(ComplianceGraphError):
    """The store does not answer."""

    exit_code = 3


class ServerFailed(StoreUnreachable):
    """The Neo4j server did not start or did not stop."""


class BadFacts(InputRefused):
    """Facts that break the model; nothing of them is stored."""

    def __init__(self, sha256: str, breaches: Sequence[str]) -> None:
        super().__init__(f"facts of document {sha256[:12]} break the model:\n" + "\n".join(f"  {b}" for b in breaches))
        self.breaches = tuple(breaches)


class UnknownDocument(InputRefused):
    """No document of that hash is loaded."""

    def __init__(self, sha256: str, loaded: Sequence[str]) -> None:
        known = ", ".join(sorted(loaded)) or "none"
        super().__init__(f"no document {sha256} is loaded; loaded are: {known}")


class AmbiguousHash(InputRefused):
    """The start of a hash that several loaded documents have."""

    def __init__(self, given: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{given} begins the hash of several documents; give more digits: {', '.join(candidates)}")


class UnreadableDocument(InputRefused):
    """A file that cannot be read as a document at all."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where}: {why}; a document is UTF-8 text, a PDF with text, a web page, or exported facts (.jsonl)"
        )


class UnknownKind(InputRefused):
    """A document that no loader accepts; `failures` says which loaders could not answer."""

    def __init__(self, where: str, kinds: Sequence[str], failures: Sequence[str] = ()) -> None:
        told = "".join(f"\n  {failure}" for failure in failures)
        super().__init__(f"{where}: no loader accepts it; known kinds are {', '.join(dict.fromkeys(kinds))}{told}")


class LoaderFailed(InputRefused):
    """A loader of another package that cannot be used, or failed on a document."""

    def __init__(self, package: str, loader: str, why: str, valid: str) -> None:
        super().__init__(f"the loader {loader} of the package {package} failed: {why}; {valid}")


class BrokenDocument(InputRefused):
    """A document of a known kind that cannot be read to its end, such as one that was cut."""

    def __init__(self, where: str, line: int, why: str, valid: str) -> None:
        super().__init__(f"{where}, line {line}: {why}; {valid}")


class ForeignCursor(InputRefused):
    """A cursor that was not made by this list under this order."""

    def __init__(self, list_: str, why: str) -> None:
        super().__init__(f"the cursor cannot be used on {list_}: {why}; use a cursor of the same list and order")


class Ambiguous(InputRefused):
    """A look-up that several nodes answer."""

    def __init__(self, what: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{what} names several nodes; give the id of one of them: {', '.join(candidates)}")
        self.candidates = tuple(candidates)


class BadAddress(UsageError):
    """A text that is no address of a store."""

    def __init__(self, given: str, why: str) -> None:
        valid = "sqlite:///relative.db, sqlite:////absolute.db, neo4j://host:7687, bolt://host:7687, bolt+s://host:7687"
        super().__init__(f"store address {given}: {why}; an address looks like one of {valid}")


class MissingStore(StoreUnreachable):
    """A SQLite file that is not there."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address}: there is no such file; `cg load PATH --store {address}` makes it")


class PortInUse(InputRefused):
    """A port on which the server cannot listen."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"cannot listen on {host}:{port}: {why}; choose another with --port (make: PORT=)")


class QueryTimedOut(ComplianceGraphError):
    """The store stopped a query that took too long."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where}: the query took longer than is allowed and was stopped; ask for less at once")


class BadQuery(InputRefused):
    """A SPARQL query that cannot be read, or asks for what is not offered; `line` and `column` where they are known."""

    def __init__(self, why: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(why if line is None else f"line {line}, column {column}: {why}")
        self.why = why
        self.line = line
        self.column = column


class AnswerTooLarge(ComplianceGraphError):
    """An answer of more bytes than are given."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the answer has more than {most} bytes, the most that are given; ask for less, as by LIMIT")
        self.most = most


class QueryFailed(ComplianceGraphError):
    """A query that brought down the process in which it ran."""

    def __init__(self, memory: int | None) -> None:
        most = "there is" if memory is None else f"the {memory >> 20} MiB that it may take"
        super().__init__(
            f"the query was stopped: it needed more memory than {most}, or is nested too deep; ask for less at once"
        )


class StoreChanging(StoreUnreachable):
    """A store that was written to each time that it was read as a whole."""

    def __init__(self, times: int = 1) -> None:
        often = f", {times} times" if times > 1 else ""
        super().__init__(f"the store was written to while it was read{often}; ask again when the load is done")


class LooseRelationships(ComplianceGraphError):
    """Relationships were to be written whose ends are not in the store; nothing was written."""

    def __init__(self, type_: str, missing: int) -> None:
        super().__init__(
            f"{missing} relationships {type_} have an end that is not in the store; "
            "nothing was written; a change puts both ends or finds them there"
        )


class BrokenLine(InputRefused):
    """A line of exported facts that cannot be read; nothing of the file is stored."""

    def __init__(self, where: str, line: int, why: str, valid: str) -> None:
        super().__init__(f"{where}, line {line}: {why}; {valid}")
        self.line = line


class NoDocuments(InputRefused):
    """A folder in which there is nothing to load."""

    def __init__(self, where: str, suffixes: Sequence[str]) -> None:
        super().__init__(f"{where}: the folder holds no documents; documents end in {' or '.join(suffixes)}")


class ManyReplacements(UsageError):
    """Several documents were to take the place of one."""

    def __init__(self, sha256: str, given: Sequence[str]) -> None:
        super().__init__(f"only one document can take the place of {sha256}; given are {', '.join(given)}")


class ForeignFile(StoreUnreachable):
    """A SQLite file that holds no graph, or another program's data."""

    def __init__(self, path: str) -> None:
        super().__init__(f"sqlite:///{path}: the file holds no graph; `cg load` makes a file of its own")


class NoKey(InputRefused):
    """A name from which no id can be made."""

    def __init__(self, label: str, parts: Sequence[str]) -> None:
        super().__init__(f"no id for {label} from {', '.join(map(repr, parts))}: each part needs a letter or a digit")


class TooWide(InputRefused):
    """A selection with more columns side by side than a store can answer."""

    def __init__(self, columns: int, most: int) -> None:
        super().__init__(f"{columns} fields are selected side by side; at most {most} are possible")


class BrokenShapes(ComplianceGraphError):
    """Data that were to be written break shapes; `first` is one of the breaches."""

    def __init__(self, breaches: int, first: str) -> None:
        self.breaches = breaches
        self.first = first
        super().__init__(
            f"{breaches} breaches of shapes, nothing is written; the first: {first} (cg validate tells all, "
            "--no-check gives it as it is)"
        )


class CannotWrite(InputRefused):
    """A file that cannot be written."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"cannot write {path}: {why}; name a file in a folder that is there and can be written")


class NothingToSearch(InputRefused):
    """A search text without a letter or a digit."""

    def __init__(self, text: str) -> None:
        super().__init__(f'there is nothing to search for in {text[:100]!r}; give words, a prefix* or a "phrase"')


class TooManyWords(InputRefused):
    """A search text of more words than a store is asked for."""

    def __init__(self, words: int, most: int) -> None:
        super().__init__(f"the search text has {words} words; at most {most} are possible")


class NoWords(StoreUnreachable):
    """A SQLite file that was filled before there was a search, and could not be written when it was opened."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"sqlite:///{path}: the file has no index of words; any command, such as `cg stats --store sqlite:///{path}`,"
            " makes it where the file can be written"
        )


class TooDeep(InputRefused):
    """Conditions that are nested deeper than the store can read."""

    def __init__(self, said: str) -> None:
        super().__init__(f"the conditions are nested too deep for this store ({said}); ask with fewer levels")
