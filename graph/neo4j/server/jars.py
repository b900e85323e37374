"""The server's program files: which jars Neo4j is made of, with their checksums, and where they are cached.

Run as a program it resolves the coordinates anew and prints the text of `jars.lock`:
`python -m graph.neo4j.server.jars > graph/neo4j/server/jars.lock`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jgo
from jgo.maven import MavenContext

from graph.neo4j.server.errors import JarsUnavailable

NEO4J_VERSION = "5.26.31"
BROWSER_VERSION = "5.24.0"
COORDINATES = f"org.neo4j:neo4j:{NEO4J_VERSION}+org.neo4j.client:neo4j-browser:{BROWSER_VERSION}"
LOCK = Path(__file__).with_name("jars.lock")

DOWNLOADS_AT_ONCE = 8
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Jar:
    """One file of the server: its Maven coordinates and the SHA-256 of its bytes."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def coordinates(self) -> str:
        return ":".join(part for part in (self.group, self.artifact, self.version, self.classifier) if part)

    @property
    def filename(self) -> str:
        return "-".join(part for part in (self.artifact, self.version, self.classifier) if part) + ".jar"


def read_lock(path: Path = LOCK) -> tuple[Jar, ...]:
    """The jars that the lock names, in its order."""
    lines = path.read_text(encoding="ascii").splitlines()
    return tuple(_jar(line) for line in lines if line and not line.startswith("#"))


def ensure_jars(cache: Path, jars: Sequence[Jar] | None = None) -> tuple[Path, ...]:
    """The paths of all jars, each with the bytes that the lock names; absent and damaged ones are downloaded.

    Raises JarsUnavailable when a download fails or brings other bytes than the lock says.
    """
    wanted = read_lock() if jars is None else tuple(jars)
    cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        intact = list(pool.map(partial(_is_intact, cache), wanted))
        missing = [jar for jar, good in zip(wanted, intact, strict=True) if not good]
        if missing:
            print(f"downloading {len(missing)} files of Neo4j {NEO4J_VERSION} into {cache}", file=sys.stderr)
            with tempfile.TemporaryDirectory(prefix="incoming-", dir=cache) as incoming:
                list(pool.map(partial(_download, cache, Path(incoming)), missing))
    return tuple(cache / jar.filename for jar in wanted)


def resolve_lock() -> str:
    """The text of the lock as Maven Central resolves the coordinates now."""
    rows = []
    for found in jgo.resolve(COORDINATES):
        group, artifact, version, classifier, _packaging = found.key
        rows.append(Jar(group, artifact, version, classifier, _sha256(found.resolve())))
    lines = [f"{jar.sha256}  {jar.coordinates}" for jar in sorted(rows, key=lambda jar: jar.coordinates)]
    header = f"# SHA-256 and Maven coordinates of every jar of {COORDINATES}"
    return "\n".join([header, *lines]) + "\n"


def _jar(line: str) -> Jar:
    sha256, coordinates = line.split()
    group, artifact, version, *classifier = coordinates.split(":")
    return Jar(group, artifact, version, "".join(classifier), sha256)


def _is_intact(cache: Path, jar: Jar) -> bool:
    path = cache / jar.filename
    return path.is_file() and _sha256(path) == jar.sha256


def _download(cache: Path, incoming: Path, jar: Jar) -> None:
    """Put one jar into the cache, whole or not at all, so that two starts at once spoil nothing."""
    reason = ""
    for attempt in range(ATTEMPTS):
        # A repository of its own for each attempt: jgo takes any file that is there for complete.
        maven = MavenContext(repo_cache=incoming / f"{jar.filename}.{attempt}")
        try:
            component = maven.project(jar.group, jar.artifact).at_version(jar.version)
            path = component.artifact(classifier=jar.classifier).resolve()
        except (OSError, RuntimeError) as error:  # jgo raises RuntimeError for what no repository has
            reason = str(error)
            continue
        if _sha256(path) == jar.sha256:
            os.replace(path, cache / jar.filename)
            return
        reason = f"the file that came is not the one with SHA-256 {jar.sha256}"
    raise JarsUnavailable(cache, jar.coordinates, reason)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.stdout.write(resolve_lock())
