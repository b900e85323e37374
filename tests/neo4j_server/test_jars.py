"""The cache of program files: what the lock names is there with those bytes, or the start says why not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from graph.neo4j.server import default_cache
from graph.neo4j.server.errors import JarsUnavailable
from graph.neo4j.server.jars import COORDINATES, NEO4J_VERSION, ensure_jars, read_lock


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache of its own, linked to the files of the real one."""
    folder = tmp_path / "cache"
    folder.mkdir()
    for path in ensure_jars(default_cache() / f"neo4j-{NEO4J_VERSION}"):
        try:
            os.link(path, folder / path.name)
        except OSError:  # the temporary folder is on another disk
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_the_lock_holds_the_coordinates_that_are_asked_for_each_file_once() -> None:
    jars = read_lock()
    coordinates = [jar.coordinates for jar in jars]
    assert set(COORDINATES.split("+")) <= set(coordinates)
    assert coordinates == sorted(set(coordinates))
    assert len({jar.filename for jar in jars}) == len(jars)


def test_damaged_and_absent_files_are_fetched_again_and_only_those(cache: Path) -> None:
    jars = read_lock()
    small = sorted(cache.iterdir(), key=lambda path: path.stat().st_size)[:2]
    whole = {path.name: path.read_bytes() for path in small}
    damaged, absent = small
    damaged.unlink()
    damaged.write_bytes(whole[damaged.name][:-1])
    absent.unlink()
    untouched = {path.name: path.stat().st_mtime_ns for path in cache.iterdir() if path != damaged}

    paths = ensure_jars(cache)

    assert [path.name for path in paths] == [jar.filename for jar in jars]
    assert {path.name: path.read_bytes() for path in small} == whole
    assert {name: (cache / name).stat().st_mtime_ns for name in untouched} == untouched
    assert {path.name for path in cache.iterdir()} == {jar.filename for jar in jars}


def test_a_file_with_other_bytes_than_the_lock_says_is_refused_and_not_kept(tmp_path: Path) -> None:
    forged = replace(next(jar for jar in read_lock() if jar.artifact == "zstd-proxy"), sha256="0" * 64)
    with pytest.raises(JarsUnavailable, match=rf"cannot get {forged.coordinates} .* is not the one with SHA-256 0+"):
        ensure_jars(tmp_path, [forged])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_no_repository_has_is_named(tmp_path: Path) -> None:
    unknown = replace(read_lock()[0], group="org.example.nowhere")
    with pytest.raises(JarsUnavailable, match=r"cannot get org\.example\.nowhere:"):
        ensure_jars(tmp_path, [unknown])
